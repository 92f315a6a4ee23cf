"""Four invented articles about groups, evenings and staying safe."""

from __future__ import annotations

from achk_site.demo.content.shapes import Article, Call, Notice, Quote, SubscribeForm, Words
from achk_site.demo.content.updates import FORM_HEADING, FORM_TEXT
from achk_site.demo.texts import Text

LANTERNS_ALT = Text(
    en="Drawing: a row of yellow lanterns above dark water.",
    fr="Dessin : une rangée de lanternes jaunes au-dessus d'une eau sombre.",
    zh="圖畫：一排黃色燈籠映照在深色水面上。",
)
UMBRELLA_ALT = Text(
    en="Drawing: a large open yellow umbrella in the rain.",
    fr="Dessin : un grand parapluie jaune ouvert sous la pluie.",
    zh="圖畫：雨中撐起的一把黃色大傘。",
)

FROM_THE_COMMUNITY = (
    Article(
        slug="lantern-evenings",
        kind="news",
        days_ago=5,
        topics=("community",),
        authors=Text("Mei Sample\n\nAndré Exemple", "Mei Sample\n\nAndré Exemple", "林美樣\n\n安德烈例"),
        picture="lanterns",
        alt=LANTERNS_ALT,
        title=Text(
            en="Lantern evenings in five cities",
            fr="Des soirées aux lanternes dans cinq villes",
            zh="五個城市同辦提燈晚會",
        ),
        summary=Text(
            en="Invented groups from Halifax to Vancouver invite their neighbours for soup, songs and letters.",
            fr="De Halifax à Vancouver, des groupes inventés invitent leurs voisins : soupe, chansons et lettres.",
            zh="由哈利法斯到溫哥華，多個虛構團體邀請鄰里喝湯、唱歌、寫信。",
        ),
        pieces=(
            Words(
                Text(
                    en="""
                    No stage, no speeches: a long table, paper and pens. Whoever comes may write to a member of
                    Parliament, or only eat. Photos are taken from behind, and only of those who want it.
                    """,
                    fr="""
                    Ni scène ni discours : une longue table, du papier et des stylos. On peut écrire à une députée ou à
                    un député, ou simplement manger. Les photos sont prises de dos, et seulement avec votre accord.
                    """,
                    zh="""
                    沒有台，也沒有演講，只有一張長枱、紙和筆。你可以給國會議員寫信，也可以只來吃飯。拍照只拍背影，而且必先
                    徵得同意。
                    """,
                )
            ),
            Call(
                heading=Text("Host one yourself", "Organisez la vôtre", "你也可以辦一場"),
                text=Text(
                    en="A checklist and a letter table in a box.",
                    fr="Une liste de tâches et tout pour une table d'écriture.",
                    zh="一份清單，加一套寫信工具。",
                ),
                label=Text("How to join", "Comment adhérer", "如何加入"),
                target="join",
            ),
        ),
    ),
    Article(
        slug="speaking-up-safely",
        kind="news",
        days_ago=12,
        topics=("safety", "community"),
        picture="umbrella",
        alt=UMBRELLA_ALT,
        title=Text(
            en="Speaking up safely: a short guide",
            fr="S'exprimer en sécurité : un petit guide",
            zh="安全發聲：簡明指引",
        ),
        summary=Text(
            en="What a member of Parliament sees of you, what nobody sees, and what to think of before you post.",
            fr="""
            Ce qu'une députée ou un député voit de vous, ce que personne ne voit, et à quoi penser avant de publier.
            """,
            zh="議員會看到你的甚麼資料？甚麼無人看到？發帖前要想清楚甚麼？",
        ),
        pieces=(
            Words(
                Text(
                    en="""
                    - A **letter** goes to the member whom you choose, with your name and postal code.
                    - A **signature** is counted. Your name is shown only if you ask for it.
                    - A **post** in a public network is seen by everyone, and kept by others.

                    Nobody at the alliance can read the list of who wrote.
                    """,
                    fr="""
                    - Une **lettre** va à la personne élue que vous choisissez, avec votre nom et votre code postal.
                    - Une **signature** est comptée. Votre nom ne paraît que si vous le demandez.
                    - Une **publication** dans un réseau public est vue de tout le monde et conservée par d'autres.

                    À l'alliance, personne ne peut lire la liste des gens qui ont écrit.
                    """,
                    zh="""
                    - **信件**會連同你的姓名和郵政編碼，寄給你所選的議員。
                    - **聯署**只計人數；除非你要求，否則不顯示姓名。
                    - 在公開社交平台**發帖**，人人可見，也可能被人保存。

                    聯盟內無人可以閱讀寫信者名單。
                    """,
                )
            ),
            Notice(
                Text("If you have family in Hong Kong", "Si vous avez des proches à Hong Kong", "如果你有家人在香港"),
                Text(
                    en="Decide together. It is all right to help quietly.",
                    fr="Décidez ensemble. On peut très bien aider en silence.",
                    zh="一起商量再決定。默默支持，同樣是支持。",
                ),
            ),
        ),
    ),
    Article(
        slug="statement-threats",
        kind="statement",
        days_ago=21,
        topics=("safety",),
        title=Text(
            en="Threats made abroad are felt here",
            fr="Les menaces faites à l'étranger se vivent ici",
            zh="境外的威嚇，在這裏也感受得到",
        ),
        summary=Text(
            en="Our statement: one place to report them, in a language that people speak, with an answer.",
            fr="Notre déclaration : un seul guichet, dans une langue que les gens parlent, et une réponse.",
            zh="我們的聲明：設立單一舉報渠道，以市民的語言受理，並有回覆。",
        ),
        pieces=(
            Words(
                Text(
                    en="""
                    Whoever is threatened today is sent from one office to the next. We ask for **one desk**, in
                    English, French and Cantonese, and for a yearly report to Parliament.

                    This is not aimed at any community. It protects everyone who speaks freely in Canada.
                    """,
                    fr="""
                    Aujourd'hui, une personne menacée est renvoyée d'un bureau à l'autre. Nous demandons **un seul
                    guichet**, en français, en anglais et en cantonais, et un rapport annuel au Parlement.

                    Cela ne vise aucune communauté. Cela protège quiconque s'exprime librement au Canada.
                    """,
                    zh="""
                    現時受威嚇的人，往往被各部門推來推去。我們要求設立**單一窗口**，以英語、法語和廣東話受理，並每年向國會
                    提交報告。

                    這並非針對任何族群，而是保障所有在加拿大自由發言的人。
                    """,
                )
            ),
            Quote(
                Text(
                    en="I wanted somebody to write it down. That was all.",
                    fr="Je voulais que quelqu'un le note. Rien de plus.",
                    zh="我只想有人把事情記錄下來，僅此而已。",
                ),
                Text("From an invented witness", "D'un témoignage fictif", "摘自虛構證詞"),
            ),
        ),
    ),
    Article(
        slug="three-languages-one-count",
        kind="press-release",
        days_ago=45,
        topics=("community",),
        title=Text(
            en="Three languages, one count: our new site",
            fr="Trois langues, un seul compte : notre nouveau site",
            zh="三種語言，一個總數：全新網站",
        ),
        summary=Text(
            en="Whoever signs in Chinese counts as much as in English or French, and the site follows nobody.",
            fr="Signer en chinois compte autant qu'en français ou en anglais, et le site ne suit personne.",
            zh="以中文聯署，與英文、法文同樣計算；網站不追蹤任何人。",
        ),
        pieces=(
            Words(
                Text(
                    en="""
                    OTTAWA (invented) – The alliance's new site is written in English, French and Chinese, works without
                    JavaScript, sets no cookie and loads nothing from other companies.
                    """,
                    fr="""
                    OTTAWA (dépêche inventée) – Rédigé en français, en anglais et en chinois, le nouveau site de
                    l'alliance fonctionne sans JavaScript, ne dépose aucun témoin et ne charge rien d'ailleurs.
                    """,
                    zh="""
                    （渥太華，虛構新聞稿）聯盟全新網站備有英文、法文和中文版本，停用JavaScript亦可使用，不設cookie，也不載入
                    其他公司的內容。
                    """,
                )
            ),
            SubscribeForm(FORM_HEADING, FORM_TEXT),
        ),
    ),
)
