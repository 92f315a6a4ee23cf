"""The letters that follow once the invented bill is in committee; until they open, pages say from when.

As in ``letters``: nothing of greeting, closing and address, and the Chinese text is a reading copy.
"""

from __future__ import annotations

from achk_site.demo.texts import Text

SLUG = "safe-harbour-committee"
NAME = "A safe harbour for Hong Kongers: in committee"
# Days from the day when the demo is loaded: after the vote that the first letters are for.
OPENS_IN_DAYS = 31

TITLE = Text(
    en="Ask your MP to let Hong Kongers be heard in committee",
    fr="Demandez que les gens de Hong Kong soient entendus en comité",
    zh="去信國會議員，讓港人在委員會發聲",
)

INTRODUCTION = Text(
    en="""
    Once Bill C-987 is in committee, its members choose whom they hear. **Your MP can ask that people who came from
    Hong Kong are among them.**
    """,
    fr="""
    Quand le projet de loi C-987 sera en comité, les membres choisiront les personnes à entendre. **Votre députée ou
    député peut demander que des gens venus de Hong Kong en fassent partie.**
    """,
    zh="""
    C-987號法案交付委員會後，委員會成員會決定聽取誰的意見。**你的選區議員可以要求邀請來自香港的人作供。**
    """,
)

TALKING_POINTS = (
    Text(
        en="What should a member of the committee know that is in no report?",
        fr="Que devraient savoir les membres du comité qui n'est dans aucun rapport?",
        zh="有甚麼是報告沒有寫、而委員會成員應該知道的？",
    ),
    Text(
        en="Which part of the bill would have helped you or somebody you know?",
        fr="Quelle partie du projet de loi aurait été utile pour vous ou pour quelqu'un que vous connaissez?",
        zh="法案哪一部分本來可以幫到你，或你認識的人？",
    ),
)

SUBJECTS = (
    Text(
        en="Bill {bill_number}: please hear from Hong Kongers in committee",
        fr="Projet de loi {bill_number} : entendez les gens de Hong Kong en comité",
        zh="{bill_number}號法案：請委員會聽取港人意見",
    ),
    Text(
        en="A constituent in {riding} on the study of Bill {bill_number}",
        fr="L'étude du projet de loi {bill_number} : lettre de votre circonscription ({riding})",
        zh="{riding}選民談{bill_number}號法案的審議",
    ),
)

BODY = Text(
    en="""
    Bill {bill_number} is now before a committee of the House. I am writing to ask for your help with its study.

    Please ask the members of the committee to hear from people who came to Canada from Hong Kong, and to let them
    speak without giving their names where they or their families could be harmed.

    I would be grateful if you told me whether you will raise this with your colleagues on the committee.
    """,
    fr="""
    Le projet de loi {bill_number} est maintenant devant un comité de la Chambre. Je vous écris pour demander votre
    appui pendant cette étude.

    Je vous prie de demander aux membres du comité d'entendre des personnes venues de Hong Kong, et de leur permettre
    de témoigner sans donner leur nom lorsqu'elles ou leurs proches pourraient être en danger.

    Je vous saurais gré de me dire si vous en parlerez à vos collègues du comité.
    """,
    zh="""
    {bill_number}號法案現正由國會下議院委員會審議，謹此去信，盼得閣下協助。

    懇請閣下要求委員會成員聽取來自香港的人的意見；若證人或其家人可能因此受害，請容許不具名作供。

    盼望閣下賜覆，告知會否向委員會的同僚提出此事。
    """,
)

PHONE_SCRIPT = Text(
    en="""
    Hello, my name is … and I live in {riding}; my postal code is …

    I am calling about the study of Bill {bill_number} in committee. Please ask {mp_name} to propose that the committee
    hear from people who came from Hong Kong.

    Can you tell me whether {mp_name} will do so? Thank you for passing this on.
    """,
    fr="""
    Bonjour, je m'appelle … et je vis dans la circonscription fédérale suivante : {riding}. Mon code postal est le …

    Je vous appelle au sujet de l'étude du projet de loi {bill_number} en comité. Je demande à {mp_name} de proposer
    que le comité entende des personnes venues de Hong Kong.

    Pouvez-vous me dire si {mp_name} le fera? Merci de transmettre mon message.
    """,
    zh="""
    你好，我叫……，住在{riding}，郵政編碼是……

    我來電是想談委員會審議{bill_number}號法案一事。請轉告{mp_name}，望議員建議委員會邀請來自香港的人作供。

    請問{mp_name}會不會這樣做？多謝轉達。
    """,
)

OTHER_TEXTS = ()
OTHER_SCRIPTS = ()

THANK_YOU = Text(
    en="Committees publish whom they hear. Look in a few weeks who was invited.",
    fr="Les comités publient la liste des témoins. Dans quelques semaines, voyez qui a reçu une invitation.",
    zh="委員會會公布證人名單。數星期後，不妨看看有誰獲邀。",
)

SHARE_TEXT = Text(
    en="I asked my MP to let Hong Kongers be heard in committee. Will you ask yours?",
    fr="J'ai demandé que les gens de Hong Kong soient entendus en comité. À votre tour!",
    zh="我已去信議員，要求委員會聽取港人意見。你也寫一封好嗎？",
)
