"""Who we are: mission, principles, contact."""

from __future__ import annotations

from achk_site.demo.content.home import PICTURE_ALT, PRINCIPLES
from achk_site.demo.content.shapes import Call, Heading, Notice, PageContent, Picture, Words
from achk_site.demo.texts import Text

ACT_CALL = Call(
    heading=Text("One minute, one letter", "Une minute, une lettre", "一分鐘，一封信"),
    text=Text(
        en="Bill C-987 is close to a vote. Your MP would rather hear about it from you than from us.",
        fr="Le vote sur le projet de loi C-987 approche. Votre députée ou député préfère en entendre parler par vous.",
        zh="C-987號法案即將表決。與其聽我們說，議員更想聽你說。",
    ),
    label=Text("Write to your MP", "Écrire à ma députée ou mon député", "去信國會議員"),
    target="safe-harbour",
)

MISSION = PageContent(
    slug="mission",
    title=Text("Our mission", "Notre mission", "我們的使命"),
    summary=Text(
        en="Laws in Canada that stand up for democracy and human rights in Hong Kong. Three things get us there.",
        fr="""
        Des lois canadiennes qui défendent la démocratie et les droits de la personne à Hong Kong. Pour y arriver,
        nous misons sur trois choses.
        """,
        zh="推動加拿大立法，捍衞香港的民主與人權。要走到這一步，靠的是三件事。",
    ),
    pieces=(
        Picture(
            alt=PICTURE_ALT,
            caption=Text("From one harbour to another", "D'un port à l'autre", "從一個海港，到另一個海港"),
        ),
        Heading(Text("Collective Power", "La force du nombre", "凝聚力量")),
        Words(
            Text(
                en="""
                One letter from one city is easy to set aside. The same request, in the same week, from ridings on
                both coasts is not. We bring local groups into one plan with one calendar, so that each voice is heard
                when it counts.
                """,
                fr="""
                Une lettre venue d'une seule ville se range facilement dans un tiroir. La même demande, la même
                semaine, dans des circonscriptions d'un bout à l'autre du pays, beaucoup moins. Nous réunissons les
                groupes locaux autour d'un plan et d'un calendrier communs, pour que chaque voix porte au bon moment.
                """,
                zh="""
                一封信來自一個城市，不難束之高閣；同一星期，全國各選區提出同一訴求，就不能視而不見。我們把各地團體連繫
                起來，按同一計劃、同一日程行動，讓每把聲音都在關鍵時刻傳到國會。
                """,
            )
        ),
        Heading(Text("Community Empowerment", "Outiller la communauté", "社群充權")),
        Words(
            Text(
                en="""
                Nobody is born knowing how a bill becomes law. Our toolkits, webinars and online resources say in
                plain words how to reach an MP, speak before a committee, hold an event and stay safe online. They
                come in three languages, cost nothing, and member groups may adapt them.
                """,
                fr="""
                Personne ne naît en sachant comment un projet de loi devient loi. Nos trousses d'outils, webinaires et
                ressources en ligne expliquent simplement comment joindre une députée ou un député, témoigner devant
                un comité, organiser une activité et se protéger en ligne. Le tout est gratuit, offert en trois
                langues, et les groupes membres peuvent l'adapter.
                """,
                zh="""
                法案怎樣變成法律，沒有人天生就懂。我們的工具包、網上講座和網上資源，以淺白文字講解怎樣聯絡議員、出席委
                員會作供、籌辦活動，以及保障網上安全。三種語言，費用全免，成員團體可按需要改編。
                """,
            )
        ),
        Heading(Text("Legislative Agenda", "Un programme législatif", "立法議程")),
        Words(
            Text(
                en="""
                Statements fade; laws stay. We read bills, propose amendments, meet MPs of every party and tell our
                members when a vote is near. What we ask of Parliament we publish here, so that anyone can hold us to
                it.
                """,
                fr="""
                Les déclarations passent, les lois restent. Nous lisons les projets de loi, proposons des amendements,
                rencontrons des élues et élus de tous les partis et prévenons nos membres à l'approche d'un vote. Ce
                que nous demandons au Parlement, nous le publions ici, pour que tout le monde puisse nous
                demander des comptes.
                """,
                zh="""
                聲明會被遺忘，法律卻能留下。我們研讀法案、提出修訂、會見各黨議員，表決臨近，即通知成員。我們向國會提出
                甚麼要求，都在這裏公開，任人監察。
                """,
            )
        ),
        ACT_CALL,
    ),
)

_PRINCIPLES_AT_LENGTH = (
    Text(
        en="""
        This is a campaign for Hong Kongers, by Hong Kongers, whatever their origin and whatever language they speak
        at home. Before we take a position we ask the groups of the alliance, and we say in public when they disagree.
        """,
        fr="""
        Cette campagne est menée pour les Hongkongaises et Hongkongais, et par eux, quelles que soient leur origine et
        la langue qu'ils parlent à la maison. Avant de prendre position, nous consultons les groupes de l'alliance;
        s'ils ne s'entendent pas, nous le disons publiquement.
        """,
        zh="""
        這是港人為港人做的事；不問出身，不論在家說甚麼語言，都是香港人。定下立場之前，我們先徵詢各成員團體；若有分歧，
        亦會公開說明。
        """,
    ),
    Text(
        en="""
        Other communities know what it is to be watched, silenced or driven out, and we learned much of what we know
        from them. We lend a hand when they ask, and we follow their lead on what is theirs to say.
        """,
        fr="""
        D'autres communautés savent ce que c'est que d'être surveillées, réduites au silence ou chassées. Elles nous
        ont beaucoup appris. Nous leur prêtons main-forte quand elles le demandent et leur laissons la parole sur ce
        qui les concerne.
        """,
        zh="""
        受監視、被噤聲、遭驅逐，其他社群同樣經歷過；我們懂得的，有不少是向他們學的。他們需要援手，我們出力；關乎他們的
        事，由他們開口。
        """,
    ),
    Text(
        en="""
        A meeting nobody can follow excludes people as surely as a locked door. We plan for interpretation, step-free
        rooms, evening hours and people who cannot show their face, and we ask afterwards what we missed.
        """,
        fr="""
        Une rencontre que personne ne peut suivre exclut autant qu'une porte verrouillée. Nous prévoyons
        l'interprétation, des salles accessibles, des heures en soirée et une place pour celles et ceux qui ne peuvent
        pas se montrer. Après, nous demandons ce qui a manqué.
        """,
        zh="""
        會議若有人聽不懂，與鎖上大門無異。我們安排傳譯、無障礙場地、晚間時段，也顧及不能露面的人；會後再問一句：還有甚
        麼做得不足？
        """,
    ),
    Text(
        en="""
        We ask every party the same questions and publish the answers side by side. We endorse no candidate and take
        no money from a party. When an MP votes for human rights we say thank you, whatever the colour of the sign on
        the lawn.
        """,
        fr="""
        Nous posons les mêmes questions à tous les partis et publions les réponses côte à côte. Nous n'appuyons aucune
        candidature et n'acceptons d'argent d'aucun parti. Quand une députée ou un député vote pour les droits de la
        personne, nous disons merci, peu importe la couleur de sa pancarte.
        """,
        zh="""
        對每個政黨，我們提出同樣的問題，並列刊出答覆。我們不支持任何候選人，也不收取政黨款項。議員投票支持人權，無論屬
        於哪一黨，我們都會道謝。
        """,
    ),
)

PRINCIPLES_PAGE = PageContent(
    slug="principles",
    title=Text("Four principles", "Quatre principes", "四項原則"),
    summary=Text(
        en="They decide what we take on, whom we work with and what we turn down.",
        fr="Ils décident de ce que nous entreprenons, de nos alliances et de ce que nous refusons.",
        zh="做甚麼、與誰合作、拒絕甚麼，都以此為準。",
    ),
    pieces=tuple(
        piece
        for (name, _sentence), words in zip(PRINCIPLES, _PRINCIPLES_AT_LENGTH, strict=True)
        for piece in (Heading(name), Words(words))
    ),
)

CONTACT = PageContent(
    slug="contact",
    title=Text("Contact", "Nous joindre", "聯絡我們"),
    summary=Text(
        en="We are a small team and answer within three working days, in the language you write in.",
        fr="Nous sommes une petite équipe et répondons en trois jours ouvrables, dans votre langue.",
        zh="我們人手不多，會在三個工作天內，以你來信所用的語言回覆。",
    ),
    pieces=(
        Words(
            Text(
                en="""
                - **General questions and local groups:** [contact@achk.test](mailto:contact@achk.test)
                - **Your personal data:** [privacy@achk.test](mailto:privacy@achk.test), Noor Tam, Privacy Officer
                - **A security problem on this site:** [security@achk.test](mailto:security@achk.test)
                - **By post:** Alliance Canada Hong Kong, 100 Example Street, Ottawa, Ontario
                """,
                fr="""
                - **Questions générales et groupes locaux :** [contact@achk.test](mailto:contact@achk.test)
                - **Vos renseignements personnels :** [privacy@achk.test](mailto:privacy@achk.test), Noor Tam,
                responsable de la protection des renseignements personnels
                - **Une faille de sécurité sur ce site :** [security@achk.test](mailto:security@achk.test)
                - **Par la poste :** Alliance Canada Hong Kong, 100, rue de l'Exemple, Ottawa (Ontario)
                """,
                zh="""
                - **一般查詢及地區團體：**[contact@achk.test](mailto:contact@achk.test)
                - **個人資料事宜：**[privacy@achk.test](mailto:privacy@achk.test)，私隱主任譚諾兒
                - **網站保安漏洞：**[security@achk.test](mailto:security@achk.test)
                - **郵寄：**Alliance Canada Hong Kong, 100 Example Street, Ottawa, Ontario
                """,
            )
        ),
        Notice(
            Text("Before you write", "Avant d'écrire", "來信之前"),
            Text(
                en="""
                E-mail is not a safe place for secrets. Please send us no names, photos or documents of people in Hong
                Kong. We cannot advise on a person's immigration file; a licensed consultant or a lawyer can.
                """,
                fr="""
                Le courriel n'est pas un endroit sûr pour les secrets. Ne nous envoyez ni nom, ni photo, ni document
                concernant des gens à Hong Kong. Nous ne pouvons pas vous conseiller sur un dossier d'immigration;
                adressez-vous à un cabinet d'avocats ou à une consultante ou un consultant réglementé.
                """,
                zh="""
                電郵並非保密的途徑。請勿寄來香港親友的姓名、相片或文件。個別移民個案，我們未能提供意見，請向律師或持牌
                移民顧問查詢。
                """,
            ),
        ),
    ),
)
