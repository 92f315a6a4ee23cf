"""Four invented articles about the invented bill; no party is named and no real vote is told."""

from __future__ import annotations

from achk_site.demo.content.shapes import Article, Call, Fact, Facts, Heading, LetterForm, PetitionForm, Quote, Words
from achk_site.demo.texts import Text

HARBOUR_ALT = Text(
    en="Drawing: a small red-sailed boat in a harbour below snowy mountains.",
    fr="Dessin : un petit bateau à voiles rouges dans un port, au pied de montagnes enneigées.",
    zh="圖畫：雪山下的海港，一艘紅帆小船。",
)
LETTERS_ALT = Text(
    en="Drawing: three envelopes with red seals on a wooden table.",
    fr="Dessin : trois enveloppes aux sceaux rouges sur une table de bois.",
    zh="圖畫：木桌上三個蓋上紅色封蠟的信封。",
)
POLICY_TEAM = Text("Policy working group", "Groupe de travail sur les politiques", "政策小組")

FROM_PARLIAMENT = (
    Article(
        slug="second-reading-date",
        kind="news",
        days_ago=2,
        topics=("parliament",),
        authors=POLICY_TEAM,
        picture="letters",
        alt=LETTERS_ALT,
        title=Text(
            en="Second reading of Bill C-987 is in four weeks",
            fr="Projet de loi C-987 : la deuxième lecture dans quatre semaines",
            zh="C-987號法案四周後二讀",
        ),
        summary=Text(
            en="""
            The vote decides whether a committee will study the invented bill. Letters
            that arrive before it count.
            """,
            fr="""
            Ce vote décidera si un comité étudie le projet de loi inventé. Les lettres
            reçues avant auront du poids.
            """,
            zh="表決將決定這項虛構法案能否交付委員會審議。表決前寄到的信最有分量。",
        ),
        pieces=(
            Words(
                Text(
                    en="""
                    The House has put the second reading of Bill C-987 on its calendar. Until then, every member decides
                    how to vote, and most of them listen first to the people who live in their riding.

                    You need no account and no legal language. Your postal code finds your member; one line of your own
                    goes above a text that you may change.
                    """,
                    fr="""
                    La Chambre a inscrit la deuxième lecture du projet de loi C-987 à son calendrier. D'ici là, chaque
                    membre décide de son vote, et la plupart écoutent d'abord les gens de leur circonscription.

                    Pas de compte à créer, pas de langage juridique. Votre code postal trouve votre députée ou député;
                    une phrase de vous précède un texte que vous pouvez modifier.
                    """,
                    zh="""
                    國會下議院已排定C-987號法案的二讀日期。在此之前，每位議員都要決定如何投票，而大多數議員最先聽取的，是
                    選區居民的意見。

                    毋須開設帳戶，也不必用法律字眼。輸入郵政編碼便可找到你的議員，在可修改的範文之上，加一句自己的話即可。
                    """,
                )
            ),
            LetterForm(),
        ),
    ),
    Article(
        slug="statement-pathway",
        kind="statement",
        days_ago=9,
        topics=("parliament", "community"),
        title=Text(
            en="A promise that can end overnight is not a home",
            fr="Une promesse qui peut finir du jour au lendemain n'est pas un chez-soi",
            zh="隨時可以收回的承諾，不是家",
        ),
        summary=Text(
            en="Our statement on the pathway to permanent residence: write it into law, and decide what waits.",
            fr="""
            Notre déclaration sur la voie vers la résidence permanente : l'inscrire dans
            la loi et traiter l'attente.
            """,
            zh="我們就永久居留途徑的聲明：寫入法律，並盡快處理積壓的申請。",
        ),
        pieces=(
            Words(
                Text(
                    en="""
                    Families have rented flats, enrolled children and learned two new languages on the strength of a
                    policy. A policy can be withdrawn by a signature. **We ask Parliament to make it law.**

                    We ask this of all parties alike. We campaign for none of them, and we will thank every member who
                    helps.
                    """,
                    fr="""
                    Des familles ont loué un logement, inscrit leurs enfants à l'école et appris deux langues sur la foi
                    d'une politique. Une signature suffit à l'abolir. **Nous demandons au Parlement d'en faire une
                    loi.**

                    Nous le demandons à tous les partis. Nous ne faisons campagne pour aucun d'eux et remercierons
                    quiconque y contribue.
                    """,
                    zh="""
                    不少家庭憑一項政策在這裏租屋、安排子女入學、學習兩種新語言；但政策一紙公文便可取消。**我們促請國會
                    立法。**

                    我們對各黨的要求一致，不為任何政黨助選；每一位出力的議員，我們都衷心感謝。
                    """,
                )
            ),
            PetitionForm(),
        ),
    ),
    Article(
        slug="petition-five-hundred",
        kind="press-release",
        days_ago=16,
        topics=("parliament",),
        picture="harbour",
        alt=HARBOUR_ALT,
        title=Text(
            en="Petition for an open door passes its first goal",
            fr="La pétition pour une porte ouverte dépasse son premier objectif",
            zh="「大門不可關上」聯署達到首個目標",
        ),
        summary=Text(
            en="People in seven ridings have signed the invented petition. It stays open until the vote.",
            fr="Des gens de sept circonscriptions ont signé la pétition inventée, ouverte jusqu'au vote.",
            zh="七個選區的居民參與這項虛構的聯署，聯署持續至表決當日。",
        ),
        pieces=(
            Facts(
                (
                    Fact(Text("7", "7", "7"), Text("ridings reached", "circonscriptions", "個選區有人聯署")),
                    Fact(Text("40 s", "40 s", "40秒"), Text("to sign", "pour signer", "便可完成")),
                )
            ),
            Words(
                Text(
                    en="""
                    OTTAWA (invented) – Two weeks after its start, the petition “Keep the door open” has passed its
                    first goal. Each signature was confirmed by e-mail, and no name is shown without its owner's wish.
                    """,
                    fr="""
                    OTTAWA (dépêche inventée) – Deux semaines après son lancement, la pétition « Gardons la porte
                    ouverte » dépasse son premier objectif. Chaque signature a été confirmée par courriel, et aucun nom
                    ne paraît sans l'accord de la personne.
                    """,
                    zh="""
                    （渥太華，虛構新聞稿）「大門不可關上」聯署展開兩星期，已達到首個目標。每個聯署均經電郵確認；未經本人同意，
                    姓名不會公開。
                    """,
                )
            ),
            Quote(
                Text(
                    en="People do not ask for a favour. They ask to know where they stand.",
                    fr="Les gens ne demandent pas une faveur. Ils veulent savoir à quoi s'en tenir.",
                    zh="大家不是求人施捨，只想知道前路如何。",
                ),
                Text(
                    "Robin Example, spokesperson (invented)",
                    "Robin Exemple, porte-parole (fictif)",
                    "陳例子，發言人（虛構）",
                ),
            ),
        ),
    ),
    Article(
        slug="how-a-bill-becomes-law",
        kind="news",
        days_ago=30,
        topics=("parliament",),
        authors=POLICY_TEAM,
        title=Text(
            en="How a bill becomes law, in five steps",
            fr="D'un projet de loi à une loi, en cinq étapes",
            zh="法案如何成為法律：五個步驟",
        ),
        summary=Text(
            en="Three readings, a committee and the Senate: where your voice helps most along the way.",
            fr="Trois lectures, un comité et le Sénat : là où votre voix aide le plus.",
            zh="三讀、委員會和參議院：在哪一步發聲最有用。",
        ),
        pieces=(
            Words(
                Text(
                    en="""
                    1. **First reading.** The bill is printed. Nobody speaks yet.
                    2. **Second reading.** Members debate its idea and vote. Letters from the riding help most here.
                    3. **Committee.** Witnesses are heard, words are changed. Stories help here.
                    4. **Third reading.** The last vote of the House.
                    5. **The Senate and Royal Assent.** The same again, and then it is law.
                    """,
                    fr="""
                    1. **Première lecture.** Le texte est imprimé; personne ne prend encore la parole.
                    2. **Deuxième lecture.** On débat du principe, puis on vote. C'est ici qu'une lettre aide le plus.
                    3. **Étude en comité.** On entend des témoins et on modifie le texte. Les récits y comptent.
                    4. **Troisième lecture.** Le dernier vote de la Chambre.
                    5. **Le Sénat et la sanction royale.** Le même chemin, puis c'est la loi.
                    """,
                    zh="""
                    1. **首讀。**法案付印，未有辯論。
                    2. **二讀。**議員辯論法案原則並表決。選民來信在這一步最有用。
                    3. **委員會審議。**聽取證人陳詞，修訂條文。親身經歷在這裏最有力。
                    4. **三讀。**下議院最後一次表決。
                    5. **參議院與御准。**再走一遍，然後成為法律。
                    """,
                )
            ),
            Heading(Text("And now?", "Et maintenant?", "現在怎樣？")),
            Call(
                heading=Text("It is your turn", "À vous de jouer", "輪到你了"),
                text=Text(
                    en="The bill waits for its second reading.",
                    fr="Le projet de loi attend sa deuxième lecture.",
                    zh="法案正等候二讀。",
                ),
                label=Text("Write to your MP", "Écrire à ma députée ou mon député", "去信國會議員"),
                target="safe-harbour",
            ),
        ),
    ),
)
