"""The demo's appeal for gifts, and the page on which it stands. Nothing in it is real, and no money moves."""

from __future__ import annotations

from achk_site.demo.content.shapes import DonationForm, Heading, PageContent, Words
from achk_site.demo.texts import Text

SLUG = "keep-the-lights-on"
NAME = "Keep the lights on"
GOAL_CENTS = 20_000_00
ONCE_DEFAULT = 50_00
MONTHLY_DEFAULT = 20_00
# Given by cheque before the demo began, so that the bar has something to show.
CHEQUES_CENTS = (250_00, 1_200_00, 75_00, 500_00, 3_000_00, 40_00, 1_800_00)

TITLE = Text("Keep the lights on", "Gardons la lumière allumée", "守住燈火")
TEXT = Text(
    en="""
    We take no money from governments or parties. **Every letter, every hearing and every webinar is paid for by people
    like you.** CA$20 a month lets one volunteer visit an MP's office each season.
    """,
    fr="""
    Nous n'acceptons l'argent d'aucun gouvernement ni d'aucun parti. **Chaque lettre, chaque audience, chaque webinaire
    est payé par des gens comme vous.** Avec 20 $ par mois, une personne bénévole peut se rendre chaque saison au bureau
    de sa députée ou de son député.
    """,
    zh="""
    我們不收政府或政黨分毫。**每封信、每次聽證、每場網上講座，都靠你我支持。**每月20加元，足夠讓一名義工每季親身拜訪
    議員辦事處一次。
    """,
)
BACKGROUND = Text(
    en="""
    Of each dollar, 62 cents go into campaigns, 23 into toolkits and webinars in three languages, and 15 into the
    office that keeps both going. The accounts are read by an accountant from outside and laid before the members each
    spring. We are a non-profit, not a registered charity: gifts are not tax deductible.
    """,
    fr="""
    Sur chaque dollar, 62 cents vont aux campagnes, 23 aux trousses d'outils et aux webinaires en trois langues, et 15
    au bureau qui fait tourner le tout. Les comptes sont examinés par un comptable externe et présentés aux membres
    chaque printemps. Nous sommes un organisme sans but lucratif, et non un organisme de bienfaisance enregistré : les
    dons ne donnent pas droit à un crédit d'impôt.
    """,
    zh="""
    每一元捐款，六角二分用於行動，兩角三分用於三語工具包和網上講座，一角五分用於維持辦公室運作。帳目由外聘會計師審閱，
    每年春季向成員交代。我們是非牟利團體，並非註冊慈善機構，捐款不可扣稅。
    """,
)
OTHER_WAYS = Text(
    en="""
    **Interac e-Transfer:** send it to give@achk.example from your own bank, with the word LIGHTS as the message. No
    security question is needed.

    **Cheque:** made out to Alliance Canada Hong Kong, to our postal address below. Put your e-mail on it if you want a
    receipt.
    """,
    fr="""
    **Virement Interac :** à give@achk.example depuis votre banque, avec le mot LIGHTS comme message. Aucune question
    de sécurité n'est nécessaire.

    **Chèque :** à l'ordre d'Alliance Canada Hong Kong, à notre adresse postale ci-dessous. Inscrivez-y votre courriel
    si vous voulez un reçu.
    """,
    zh="""
    **Interac電子轉帳：**從你的銀行轉帳至give@achk.example，附言寫LIGHTS，毋須設保安問題。

    **支票：**抬頭寫Alliance Canada Hong Kong，寄往頁底的郵寄地址。如需收據，請寫上電郵。
    """,
)
THANK_YOU = Text(
    en="Because of you the lights stay on. We tell you each spring what was done with your gift.",
    fr="Grâce à vous, la lumière reste allumée. Chaque printemps, nous vous dirons ce que votre don a permis.",
    zh="有你支持，燈火長明。每年春天，我們會告訴你這筆捐款做了甚麼。",
)
SHARE_TEXT = Text(
    en="No government money, no party money: people like us keep this going. Will you chip in?",
    fr="Ni gouvernements ni partis : ce sont des gens comme nous qui font vivre ce travail. Vous donnez aussi?",
    zh="不靠政府，不靠政黨，只靠你我。你也來出一分力？",
)

ACTION = PageContent(
    slug="donate",
    title=Text("Donate", "Faire un don", "捐款支持"),
    summary=Text(
        en="Independent work needs independent money. Give once or a little every month; you can stop at any time.",
        fr="Un travail indépendant demande un financement indépendant. Donnez une fois ou un peu chaque mois.",
        zh="要獨立行事，就要有獨立的經費。一次過捐款或每月小額支持均可，隨時可以停止。",
    ),
    pieces=(
        DonationForm(),
        Heading(Text("Where the money goes", "Où va l'argent", "善款去向")),
        Words(BACKGROUND),
        Heading(Text("Other ways to give", "Autres façons de donner", "其他捐款方法")),
        Words(OTHER_WAYS),
    ),
)
