"""The demo's petition for the invented bill, and the page on which it stands."""

from __future__ import annotations

from dataclasses import dataclass

from achk_site.demo.content.shapes import Heading, PageContent, PetitionForm, Words
from achk_site.demo.texts import Text


@dataclass(frozen=True)
class Voice:
    """Somebody invented who left a comment: ``name`` where it is to be shown, ``state`` what staff made of it."""

    comment: str
    language: str
    state: str
    name: str = ""


SLUG = "keep-the-door-open"
NAME = "Keep the door open"
GOAL = 500
PAPER_SIGNATURES = 37
CLOSES_IN_DAYS = 60
# By riding: what the bar of a petition that has been open for two weeks may show.
SIGNED = {35079: 88, 35081: 41, 35100: 126, 35058: 143, 24068: 9, 59028: 61, 48004: 17}
SIGNED_ABROAD = 24
VOICES = (
    Voice("My neighbours came two years ago. They deserve an answer.", "en", "approved", "Robin Example"),
    Voice("Une famille ne devrait pas attendre trois ans pour savoir si elle peut rester.", "fr", "approved"),
    Voice("等了三年仍未有答覆，孩子已經在這裏讀完小學。", "zh-hant", "approved", "陳例子"),
    Voice("I teach newcomers. Uncertainty is the hardest part of their week.", "en", "hidden"),
    Voice("請部長盡快處理積壓的申請。", "zh-hant", "hidden"),
    Voice("Cheap watches at our shop!", "en", "refused"),
)
# Held for a person: why, in which riding (none: abroad), how many hours ago the signer pressed the button.
HELD = (("limit", 35058, 50), ("domain-burst", 35100, 20), ("honeypot", None, 3))
# Where their mailboxes are, over and over; and a flood that was held, for the page "Where signatures come from".
MAIL_DOMAINS = (*("gmail.com",) * 6, "outlook.com", "yahoo.ca", "icloud.com", "utoronto.ca")
FLOOD_DOMAIN = "fast-inbox.example"
FLOOD_HELD = 64

TITLE = Text("Keep the door open", "Gardons la porte ouverte", "大門不可關上")
TARGET = Text("The Minister of Immigration", "Ministre de l'Immigration", "移民部長")
TEXT = Text(
    en="""
    We ask the Minister to **keep the pathway to permanent residence for Hong Kongers open** until Bill C-987 has been
    voted on, and to decide the applications that wait within six months.
    """,
    fr="""
    Nous demandons au ministère de **garder ouverte la voie vers la résidence permanente pour les Hongkongais** jusqu'au
    vote sur le projet de loi C-987, et de trancher dans les six mois les demandes en attente.
    """,
    zh="我們促請部長在C-987號法案表決前，**維持港人申請永久居留的途徑**，並在六個月內就積壓的申請作出決定。",
)
# What it asked for in its first days; whoever signed then has signed this.
FORMER_TEXT = Text(
    en="""
    We ask the Minister to **keep the pathway to permanent residence for Hong Kongers open** until Bill C-987 has been
    voted on.
    """,
    fr="""
    Nous demandons au ministère de **garder ouverte la voie vers la résidence permanente pour les Hongkongais** jusqu'au
    vote sur le projet de loi C-987.
    """,
    zh="我們促請部長在C-987號法案表決前，**維持港人申請永久居留的途徑**。",
)
OPEN_FOR_DAYS = 14
CHANGED_DAYS_AGO = 9
SIGNED_BEFORE = 140
BACKGROUND = Text(
    en="""
    The pathway is a public policy. It ends on a date that nobody has voted on, and thousands of families still wait
    for an answer. They work, study and pay taxes here, and cannot plan beyond the next season.
    """,
    fr="""
    Cette voie est une politique d'intérêt public. Elle prend fin à une date sur laquelle personne n'a voté, et des
    milliers de familles attendent encore une réponse. Elles travaillent, étudient et paient des impôts ici, sans
    pouvoir faire de projets au-delà de la saison prochaine.
    """,
    zh="""
    這條途徑只是一項公共政策，到期日從未經國會表決，數以千計的家庭仍在等候答覆。他們在這裏工作、讀書、納稅，卻無法作長遠打算。
    """,
)
AT_THE_GOAL = Text(
    en="At 1,000 signatures we hand it over in Ottawa.",
    fr="À 1000 signatures, nous la remettons à Ottawa.",
    zh="滿1,000人聯署，我們便到渥太華遞交。",
)
THANK_YOU = Text(
    en="You have helped. The numbers by riding go to every office that can decide.",
    fr="Merci de votre appui. Les chiffres par circonscription iront à chaque bureau qui peut décider.",
    zh="多謝支持。我們會把各選區的聯署數字交給每個有權決定的辦公室。",
)
SHARE_TEXT = Text(
    en="Hong Kongers need a door that stays open. Will you sign?",
    fr="Les gens de Hong Kong ont besoin d'une porte ouverte. Signez-vous?",
    zh="港人需要一條出路。請你也來聯署！",
)

# The sheet to the House: English and French only, as the House wants it.
HOUSE = {
    "grievances_en": (
        "the pathway to permanent residence for Hong Kongers is a public policy that ends on a day on which nobody has "
        "voted;\nthousands of families still wait for an answer and cannot plan beyond the next season; and\n"
        "Bill C-987 is before the House."
    ),
    "request_en": (
        "keep the pathway to permanent residence for Hong Kongers open until Bill C-987 has been voted on; and\n"
        "have the applications that wait decided within six months."
    ),
    "grievances_fr": (
        "la voie vers la résidence permanente pour les Hongkongais est une politique d’intérêt public qui prend fin à "
        "une date sur laquelle personne n’a voté;\ndes milliers de familles attendent encore une réponse et ne peuvent "
        "faire de projets au-delà de la saison prochaine;\nle projet de loi C-987 est à l’étude à la Chambre."
    ),
    "request_fr": (
        "garder ouverte la voie vers la résidence permanente pour les Hongkongais jusqu’au vote sur le projet de loi "
        "C-987;\nfaire trancher dans les six mois les demandes en attente."
    ),
}
# An invented petition has no number: the link leads to the page that lists them all.
E_PETITION_URL = "https://www.ourcommons.ca/petitions/en/Home/Index"
E_PETITION_DAYS = 9

ACTION = PageContent(
    slug=SLUG,
    title=TITLE,
    summary=Text(
        en="Families from Hong Kong wait for an answer. Ask that the pathway stays open until they have one.",
        fr="Des familles de Hong Kong attendent une réponse. Demandez que la voie reste ouverte jusque-là.",
        zh="來自香港的家庭仍在等候答覆。請聯署，要求在他們得到答覆前維持這條途徑。",
    ),
    pieces=(
        PetitionForm(),
        Words(BACKGROUND),
        Heading(Text("What becomes of your name", "Ce que devient votre nom", "你的姓名如何處理")),
        Words(
            Text(
                en="""
                We hand over numbers, never names. Your signature counts once you have confirmed it by mail, and the
                same link removes it again.
                """,
                fr="""
                Nous remettons des chiffres, jamais de noms. Votre signature compte une fois confirmée par courriel, et
                le même lien permet de la retirer.
                """,
                zh="我們只遞交數字，絕不交出姓名。經電郵確認後，聯署才計算在內；同一連結亦可用來撤回。",
            )
        ),
    ),
)
