"""The front page, the site's settings and the way around."""

from __future__ import annotations

from achk_site.demo.texts import Text

TITLE = Text("Alliance Canada Hong Kong", "Alliance Canada Hong Kong", "Alliance Canada Hong Kong")

MISSION = Text(
    en="Hong Kongers across Canada, changing the law together.",
    fr="D'un océan à l'autre, ensemble pour changer les lois.",
    zh="全加港人齊心，推動國會立法。",
)

INTRODUCTION = Text(
    en="""
    Alliance Canada Hong Kong is a national, non-partisan campaign plan of pro-democracy Hong Kongers in Canada. We
    work for laws that defend democracy and human rights in Hong Kong, and we help local groups do the same from where
    they live.
    """,
    fr="""
    Alliance Canada Hong Kong est un plan de campagne national et non partisan, porté par des Hongkongaises et
    Hongkongais prodémocratie du Canada. Nous voulons des lois canadiennes qui défendent la démocratie et les droits
    de la personne à Hong Kong, et nous aidons les groupes locaux à se faire entendre là où ils sont.
    """,
    zh="""
    Alliance Canada Hong Kong（ACHK）由一群身在加拿大、支持民主的香港人發起，是不分黨派的全國行動計劃。我們爭取加拿大
    立法，捍衞香港的民主與人權，並協助各地港人團體在所屬社區發聲。
    """,
)

# (name, one sentence); the page on principles says more.
PRINCIPLES = (
    (
        Text("Community-First", "La communauté d'abord", "社群為先"),
        Text(
            en="Hong Kongers of every background set our course, and each campaign begins with what they ask for.",
            fr="""
            Le cap est fixé par les Hongkongaises et Hongkongais de toutes origines, et chaque campagne part de ce que
            la communauté demande.
            """,
            zh="方向由港人訂定，不問背景；每項行動，都由社群的訴求出發。",
        ),
    ),
    (
        Text("Solidarity", "Solidarité", "並肩同行"),
        Text(
            en="We stand beside everyone who defends freedom and dignity, in Canada and abroad.",
            fr="Nous nous tenons aux côtés de quiconque défend la liberté et la dignité, ici comme ailleurs.",
            zh="無論在加拿大抑或海外，凡捍衞自由與尊嚴的人，我們都與他們同行。",
        ),
    ),
    (
        Text("Equity, Diversity & Inclusion", "Équité, diversité et inclusion", "平等、多元、共融"),
        Text(
            en="How we work matters as much as what we win: there is room for every age, language, gender and ability.",
            fr="""
            Notre façon de travailler compte autant que nos gains : tout le monde a sa place, peu importe l'âge, la
            langue, le genre ou les capacités.
            """,
            zh="怎樣做，與做成甚麼同樣重要。不分年齡、語言、性別或傷健，人人都有位置。",
        ),
    ),
    (
        Text("Multi-Partisan", "Ouverture à tous les partis", "跨黨派"),
        Text(
            en="""
            Human rights belong to no party. We talk to all of them, campaign for none, and judge bills on what they
            do.
            """,
            fr="""
            Les droits de la personne n'appartiennent à aucun parti. Nous parlons à tous, ne faisons campagne pour
            aucun et jugeons un projet de loi à ses effets.
            """,
            zh="人權不屬於任何一黨。我們與各黨對話，不為任何政黨助選，只看法案的實效。",
        ),
    ),
)

JOIN_HEADING = Text("Join the alliance", "Joignez-vous à l'alliance", "加入聯盟")
JOIN_TEXT = Text(
    en="""
    Do you run a local group? Keep your name and your independence. Share the toolkits, the webinars and the calendar.
    """,
    fr="""
    Vous animez un groupe dans votre région? Gardez votre nom et votre indépendance; profitez de nos trousses
    d'outils, de nos webinaires et d'un calendrier commun.
    """,
    zh="你的團體在社區耕耘？歡迎加入：名稱與獨立性不變，工具包、網上講座和行動日程與各地團體共享。",
)
JOIN_LABEL = Text("How to join", "Comment adhérer", "如何加入")
ACT_LABEL = Text("Write to your MP", "Écrire à ma députée ou mon député", "去信國會議員")
ACT_NOTE = Text("about one minute", "environ une minute", "約需一分鐘")

PICTURE_ALT = Text(
    en="Drawing: the ridge line of a harbour rises to the right into snowy mountains, under a yellow sun.",
    fr="Dessin : les crêtes d'un port s'élèvent vers la droite en montagnes enneigées, sous un soleil jaune.",
    zh="圖畫：海港兩岸的山脊向右延伸，漸成白雪覆蓋的群山，天上一輪黃日。",
)

MENU = (
    ("take-action", Text("Take action", "Agir", "立即行動")),
    ("news", Text("News", "Nouvelles", "最新消息")),
    ("join", Text("Join the alliance", "Se joindre à l'alliance", "加入聯盟")),
)
# The privacy notice has a place of its own in the footer.
FOOTER_MENU = (
    ("mission", Text("Our mission", "Notre mission", "我們的使命")),
    ("principles", Text("Principles", "Principes", "原則")),
    ("resources", Text("Resources", "Ressources", "資源")),
    ("events", Text("Events", "Événements", "活動")),
    ("contact", Text("Contact", "Nous joindre", "聯絡我們")),
)
