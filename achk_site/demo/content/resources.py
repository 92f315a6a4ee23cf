"""Four invented resources: a toolkit, two guides and a recording."""

from __future__ import annotations

from achk_site.demo.content.shapes import Call, Heading, LetterForm, PageContent, Recording, Resource, Words
from achk_site.demo.texts import Text

RESOURCE_INDEX = PageContent(
    slug="resources",
    title=Text("Resources", "Ressources", "資源"),
    summary=Text(
        en="Toolkits, guides and recordings to use, copy and pass on. Everything in this demo is invented.",
        fr="Trousses, guides et enregistrements à utiliser, à copier et à transmettre. Ici, tout est inventé.",
        zh="工具包、指南和錄影，歡迎使用、複製和轉發。示範網站內容純屬虛構。",
    ),
)

TOOLKIT = Resource(
    slug="letter-evening-toolkit",
    kind="toolkit",
    days_ago=9,
    topics=("community", "parliament"),
    version=2,
    version_note=Text(
        en="The timetable is shorter, and there is a list of what to bring.",
        fr="L'horaire est plus court, et une liste dit quoi apporter.",
        zh="縮短流程，並加入物資清單。",
    ),
    title=Text("Hold a letter evening", "Organiser une soirée de lettres", "舉辦寫信夜"),
    summary=Text(
        en="For local groups: how ten people write ten letters in ninety minutes, with texts to invite them.",
        fr="Pour les groupes locaux : dix personnes, dix lettres, une heure et demie, et des textes d'invitation.",
        zh="給地區團體：十個人、九十分鐘、十封信，附邀請文字。",
    ),
    pieces=(
        Heading(Text("Before the evening", "Avant la soirée", "事前準備")),
        Words(
            Text(
                en="""
                - Choose a room without steps and say so in the invitation.
                - Ask who needs interpretation. English, French and Cantonese in one room works with three tables.
                - Agree that nobody takes photos. Put a sign on the door.
                """,
                fr="""
                - Choisissez une salle sans marches et dites-le dans l'invitation.
                - Demandez qui a besoin d'interprétation. Trois tables suffisent pour l'anglais, le français et le
                cantonais.
                - Convenez que personne ne prend de photos. Affichez-le à la porte.
                """,
                zh="""
                - 選擇無梯級的場地，並在邀請中註明。
                - 查詢誰需要傳譯。英語、法語、廣東話各設一桌即可。
                - 約定全程不拍照，並在門口貼出告示。
                """,
            )
        ),
        Heading(Text("The evening itself", "La soirée même", "當晚流程")),
        Words(
            Text(
                en="""
                Ten minutes to arrive, ten to tell what the bill does, fifty to write, twenty for tea. Each person
                writes one line of their own above the text: that line is what an office reads first.
                """,
                fr="""
                Dix minutes d'accueil, dix pour expliquer le projet de loi, cinquante pour écrire, vingt pour le thé.
                Chaque personne ajoute une phrase à elle au-dessus du texte : c'est ce qu'un bureau lit d'abord.
                """,
                zh="""
                十分鐘入座，十分鐘講解法案，五十分鐘寫信，二十分鐘茶敘。每人在信首寫一句自己的話：議員辦事處最先讀的，就是這句。
                """,
            )
        ),
    ),
    texts=Text(
        en="""
        We write letters on Thursday evening: ten people, ten letters, tea included. No photos, and any name will do.

        You need no legal language and no account. Bring your postal code and one sentence of your own.
        """,
        fr="""
        Jeudi soir, nous écrivons des lettres : dix personnes, dix lettres, et du thé. Pas de photos, et n'importe quel
        nom convient.

        Pas besoin de langage juridique ni de compte. Apportez votre code postal et une phrase bien à vous.
        """,
        zh="""
        星期四晚一起寫信：十個人、十封信，備有清茶。不拍照，用甚麼名字都可以。

        不必懂法律用語，也不用開帳戶。帶上你的郵政編碼和一句心底話。
        """,
    ),
    action=LetterForm(),
    file=(
        Text("What to bring (checklist)", "Quoi apporter (aide-mémoire)", "物資清單"),
        Text(
            en="""
            - Pens, paper, tea
            - A phone to look up postal codes
            - The sign: no photos, please
            """,
            fr="""
            - Stylos, papier, thé
            - Un téléphone pour chercher les codes postaux
            - L'affiche : pas de photos, s'il vous plaît
            """,
            zh="""
            - 筆、紙、茶
            - 手提電話，用來查郵政編碼
            - 告示：請勿拍照
            """,
        ),
    ),
)

SAFETY_GUIDE = Resource(
    slug="guide-to-speaking-up",
    kind="guide",
    days_ago=30,
    topics=("safety",),
    title=Text("Speak up and stay safe", "S'exprimer sans se mettre en danger", "發聲之餘保護自己"),
    summary=Text(
        en="What to weigh before you sign, write or come, when you have family in Hong Kong.",
        fr="Ce qu'il faut peser avant de signer, d'écrire ou de venir, quand on a de la famille à Hong Kong.",
        zh="家人身在香港，聯署、寫信、出席活動之前要考慮甚麼。",
    ),
    pieces=(
        Words(
            Text(
                en="""
                - **Your name:** our petitions and events take any name. A letter to an MP carries yours.
                - **Your device:** write from your own phone, not from one that an employer manages.
                - **Your chats:** what you post in a public group stays there. Copy the link into Signal instead.
                """,
                fr="""
                - **Votre nom :** nos pétitions et nos événements acceptent tout nom. Une lettre à un membre du
                Parlement porte le vôtre.
                - **Votre appareil :** écrivez de votre propre téléphone, pas d'un appareil géré par un employeur.
                - **Vos conversations :** ce que vous publiez dans un groupe public y reste. Copiez plutôt le lien dans
                Signal.
                """,
                zh="""
                - **名字：**聯署和活動可用任何名字；寫給議員的信，則附有你的名字。
                - **裝置：**請用自己的電話，不要用僱主管理的裝置。
                - **聊天：**在公開羣組發布的內容會留下紀錄，宜把連結複製到Signal。
                """,
            )
        ),
        Call(
            Text("What we keep", "Ce que nous gardons", "我們保存甚麼"),
            Text(
                en="The privacy notice says what is kept about you, for how long, and how to have it deleted.",
                fr="L'avis dit ce que nous gardons, pour combien de temps, et comment le faire supprimer.",
                zh="私隱聲明說明我們保存甚麼資料、保存多久，以及如何要求刪除。",
            ),
            Text("Read the privacy notice", "Lire l'avis de confidentialité", "閱讀私隱聲明"),
            "privacy",
        ),
    ),
)

MEETING_GUIDE = Resource(
    slug="meet-your-mp",
    kind="guide",
    days_ago=45,
    topics=("parliament",),
    title=Text("Meet your MP", "Rencontrer votre députée ou député", "約見國會議員"),
    summary=Text(
        en="Fifteen minutes in a riding office: how to ask for them, what to say, what to send afterwards.",
        fr="Quinze minutes au bureau de circonscription : comment les obtenir, quoi dire, quoi envoyer après.",
        zh="在選區辦事處會面十五分鐘：如何預約、說甚麼、會後跟進甚麼。",
    ),
    pieces=(
        Words(
            Text(
                en="""
                1. Write to the riding office, name your postal code and offer three dates.
                2. Go as two or three. One tells a story, one asks, one takes notes.
                3. Ask one question that can be answered with yes or no.
                4. Say thank you within a day, and repeat in one line what was promised.
                """,
                fr="""
                1. Écrivez au bureau de circonscription, donnez votre code postal et proposez trois dates.
                2. Allez-y à deux ou trois. Une personne raconte, une demande, une prend des notes.
                3. Posez une question à laquelle on peut répondre par oui ou non.
                4. Remerciez dans la journée, et rappelez en une ligne ce qui a été promis.
                """,
                zh="""
                1. 去信選區辦事處，寫明郵政編碼，提出三個日期。
                2. 兩三人同行：一人講故事，一人提問，一人記錄。
                3. 問一條可用「是」或「否」回答的問題。
                4. 一天內致謝，並用一句話重申對方的承諾。
                """,
            )
        ),
    ),
)

WEBINAR = Resource(
    slug="webinar-how-a-bill-becomes-law",
    kind="recording",
    days_ago=20,
    topics=("parliament",),
    title=Text("How a bill becomes law", "Comment un projet de loi devient loi", "法案如何成為法律"),
    summary=Text(
        en="A webinar for beginners: the readings, the committee, the Senate, and when a letter counts most.",
        fr="Un webinaire pour débuter : les lectures, le comité, le Sénat, et le moment où une lettre compte le plus.",
        zh="入門網上講座：三讀、委員會、參議院，以及何時寫信最有分量。",
    ),
    recording=Recording(
        url="https://video.example/how-a-bill-becomes-law",
        minutes=42,
        days_ago=24,
        captions=Text("English, French and Chinese", "anglais, français et chinois", "英文、法文和中文"),
        transcript=Text(
            en="""
            Welcome. Tonight is about the way of a bill: two houses, three readings in each, and a committee between.

            When do letters count most? Before second reading, when members decide whether to study the bill at all, and
            again while the committee sits.

            Thank you for coming. The guide on meeting your MP takes up where we stop.
            """,
            fr="""
            Bienvenue. Ce soir, nous suivons un projet de loi : deux chambres, trois lectures dans chacune, et un comité
            entre les deux.

            Quand les lettres comptent-elles le plus? Avant la deuxième lecture, quand les membres décident s'ils
            étudient le projet, puis de nouveau pendant les travaux du comité.

            Merci de votre présence. Le guide sur la rencontre avec votre députée ou député prend la suite.
            """,
            zh="""
            歡迎各位。今晚談的是法案之路：兩院，各三讀，中間經過委員會。

            何時寫信最有分量？二讀之前，議員要決定是否審議法案；其次是委員會開會期間。

            多謝各位。約見議員的指南會接着談下去。
            """,
        ),
    ),
)

RESOURCES = (TOOLKIT, SAFETY_GUIDE, MEETING_GUIDE, WEBINAR)
