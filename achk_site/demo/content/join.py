"""How a local group joins, and the groups that have: every one of them is invented."""

from __future__ import annotations

from achk_site.demo.content.shapes import Call, Group, Groups, Heading, NextEvents, PageContent, SubscribeForm, Words
from achk_site.demo.content.updates import FORM_HEADING, FORM_TEXT
from achk_site.demo.texts import Text

_GROUPS = Groups(
    (
        Group(
            Text("Rideau Lantern Circle", "Cercle des lanternes du Rideau", "麗都河燈會"),
            Text("Ottawa, Ontario", "Ottawa (Ontario)", "安大略省渥太華"),
            Text(
                en="Visits MPs' offices in pairs and keeps notes that every group can use.",
                fr="Visite en duo les bureaux de parlementaires et prend des notes utiles à tous les groupes.",
                zh="成員兩人一組拜訪議員辦事處，筆記供各團體參考。",
            ),
        ),
        Group(
            Text("Kitchen Table Hong Kong", "La Table de cuisine, amis de Hong Kong", "港味飯桌"),
            Text("Markham, Ontario", "Markham (Ontario)", "安大略省萬錦"),
            Text(
                en="Writes letters together once a month, over supper.",
                fr="Se réunit une fois par mois pour écrire des lettres, autour d'un souper.",
                zh="每月一聚，同枱食飯，同枱寫信。",
            ),
        ),
        Group(
            Text("Fleuve–Victoria", "Fleuve–Victoria", "聖羅倫河畔維港人"),
            Text("Montréal, Quebec", "Montréal (Québec)", "魁北克省滿地可"),
            Text(
                en="Brings Hong Kongers and Quebecers together in French, with films and talks.",
                fr="Rapproche gens de Hong Kong et gens du Québec, en français, par le cinéma et la discussion.",
                zh="以電影和對談，用法語連繫港人與魁北克人。",
            ),
        ),
        Group(
            Text("Salt Water Neighbours", "Voisins d'eau salée", "鹹水街坊"),
            Text("Richmond, British Columbia", "Richmond (Colombie-Britannique)", "卑詩省列治文"),
            Text(
                en="Helps newcomers find a doctor, a school and their MP's office.",
                fr="""
                Aide les personnes nouvellement arrivées à trouver une clinique, une école et le bureau de leur
                députée ou député.
                """,
                zh="協助新來者找醫生、找學校，也找到議員辦事處。",
            ),
        ),
        Group(
            Text("Foothills Umbrella Society", "Société du Parapluie des contreforts", "山麓雨傘會"),
            Text("Calgary, Alberta", "Calgary (Alberta)", "亞伯達省卡加利"),
            Text(
                en="Runs a Sunday school of civics, for all ages and without homework.",
                fr="Anime le dimanche une école civique pour tous les âges, sans devoirs.",
                zh="星期日開辦公民學堂，老少咸宜，不設功課。",
            ),
        ),
        Group(
            Text("Ferry Pier Readers", "Lectures du quai", "碼頭讀書會"),
            Text("Halifax, Nova Scotia", "Halifax (Nouvelle-Écosse)", "新斯科舍省哈利法斯"),
            Text(
                en="Reads books that are hard to find in Hong Kong, and lends them out.",
                fr="Lit et prête des livres devenus difficiles à trouver à Hong Kong.",
                zh="選讀在香港已難以買到的書，也借書給人。",
            ),
        ),
    )
)

JOIN = PageContent(
    slug="join",
    title=Text("Join the alliance", "Se joindre à l'alliance", "加入聯盟"),
    summary=Text(
        en="For groups of any size that work for Hong Kong from somewhere in Canada. You stay who you are.",
        fr="""
        Pour les groupes de toutes tailles qui, quelque part au Canada, agissent pour Hong Kong. Vous gardez votre
        identité.
        """,
        zh="凡在加拿大為香港出力的團體，不論大小，都可加入；團體本色，一概不變。",
    ),
    pieces=(
        Heading(Text("What a group gets", "Ce qu'un groupe y gagne", "團體可得到甚麼")),
        Words(
            Text(
                en="""
                - Toolkits in three languages that you may adapt and print under your own name
                - Webinars on Parliament, the media and digital safety, with time for questions
                - A calendar of votes and committee dates, so that your letters arrive when they matter
                - A say in what the alliance asks for: one group, one voice
                """,
                fr="""
                - Des trousses d'outils en trois langues, que vous pouvez adapter et imprimer sous votre nom
                - Des webinaires sur le Parlement, les médias et la sécurité numérique, avec une période de questions
                - Un calendrier des votes et des comités, pour que vos lettres arrivent au bon moment
                - Un mot à dire sur les demandes de l'alliance : un groupe, une voix
                """,
                zh="""
                - 三種語言的工具包，可自行改編，以貴團體名義印發
                - 有關國會、傳媒和網絡安全的網上講座，設答問時間
                - 表決與委員會日程，令信件來得及時
                - 聯盟提出甚麼訴求，團體有份決定：一團體，一票
                """,
            )
        ),
        Heading(Text("How to join", "Comment se joindre à nous", "如何加入")),
        Words(
            Text(
                en="""
                1. Write to [contact@achk.test](mailto:contact@achk.test) and tell us in a few lines who you are and
                where.
                2. We call you, usually within a week, and you ask us everything.
                3. Your group says yes to the [four principles](page:principles) and names one contact person, whom we
                never publish.
                """,
                fr="""
                1. Écrivez à [contact@achk.test](mailto:contact@achk.test) et dites-nous en quelques lignes qui vous
                êtes, et où.
                2. Nous vous appelons, d'ordinaire dans la semaine, et vous nous posez toutes vos questions.
                3. Votre groupe adhère aux [quatre principes](page:principles) et désigne une personne-ressource, dont
                nous ne publions jamais le nom.
                """,
                zh="""
                1. 電郵至[contact@achk.test](mailto:contact@achk.test)，略述團體背景及所在城市。
                2. 我們通常在一星期內致電，有甚麼想知道，儘管問。
                3. 團體認同[四項原則](page:principles)，並指定一名聯絡人；聯絡人姓名絕不公開。
                """,
            )
        ),
        NextEvents(Text("Come and see first", "Venez voir d'abord", "先來看看")),
        Heading(Text("Groups in the alliance", "Les groupes de l'alliance", "成員團體")),
        Words(
            Text(
                en="""
                Only groups that asked to be listed stand here. A group may belong to the alliance without being
                named.
                """,
                fr="""
                Seuls les groupes qui l'ont demandé figurent ici. Un groupe peut faire partie de l'alliance
                sans être nommé.
                """,
                zh="此處只列出要求刊登名稱的團體。團體亦可加入而不具名。",
            )
        ),
        _GROUPS,
        SubscribeForm(FORM_HEADING, FORM_TEXT),
        Call(
            heading=Text("Is your city missing?", "Votre ville n'y est pas?", "未見你的城市？"),
            text=Text(
                en="Three people and a kitchen table are enough to begin.",
                fr="Trois personnes et une table de cuisine suffisent pour commencer.",
                zh="三個人、一張飯桌，已可開始。",
            ),
            label=Text("Write to us", "Nous écrire", "聯絡我們"),
            target="contact",
        ),
    ),
)
