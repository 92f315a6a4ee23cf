"""The letter about the invented bill. Greeting, riding, closing, name and address are added to it: no text has them.

In Chinese the letter is a reading copy: what is sent is the English or the French one.
"""

from __future__ import annotations

from dataclasses import dataclass

from achk_site.demo.texts import Text


@dataclass(frozen=True)
class OtherText:
    """The letter to everybody with the attribute ``fits``, in place of the main text."""

    fits: str
    subject: Text
    body: Text


@dataclass(frozen=True)
class OtherScript:
    """What to say on the phone to an MP with the attribute ``fits``, in place of the main script."""

    fits: str
    script: Text


TITLE = Text(
    en="Ask your MP to support a safe harbour",
    fr="Demandez à votre députée ou député d'appuyer un havre sûr",
    zh="去信國會議員，請支持港人避風港",
)

INTRODUCTION = Text(
    en="""
    The House of Commons will soon vote on Bill C-987 at second reading. If it passes, a committee will hear from the
    people it is meant to protect. **Your MP has one vote, and you are one of the people they answer to.**
    """,
    fr="""
    La Chambre des communes votera bientôt sur le projet de loi C-987 en deuxième lecture. S'il est adopté à cette
    étape, un comité entendra les personnes qu'il doit protéger. **Votre députée ou député dispose d'un vote, et c'est
    à vous qu'elle ou il rend des comptes.**
    """,
    zh="""
    國會下議院即將就C-987號法案進行二讀表決。若獲通過，委員會便會聽取法案所保障的人作供。**你的選區議員手握一票，而議
    員要向你交代。**
    """,
)

# One idea in each.
TALKING_POINTS = (
    Text(
        en="How long have you lived in the riding, and what do you do there?",
        fr="Depuis quand vivez-vous dans la circonscription, et qu'y faites-vous?",
        zh="你在這個選區住了多久？從事甚麼工作，參與甚麼活動？",
    ),
    Text(
        en="Whom do you know who is waiting for permanent residence? You need not name them.",
        fr="Connaissez-vous quelqu'un qui attend sa résidence permanente? Inutile de donner son nom.",
        zh="你認識的人當中，有誰仍在等候永久居留？毋須寫出姓名。",
    ),
    Text(
        en="Would you feel safe asking the Hong Kong police for a certificate today?",
        fr="Auriez-vous l'esprit tranquille si vous deviez demander un certificat à la police de Hong Kong?",
        zh="今天要你向香港警方申請良民證，你會放心嗎？",
    ),
    Text(
        en="If someone threatened you from abroad, would you know whom to call?",
        fr="Si quelqu'un vous menaçait depuis l'étranger, sauriez-vous à qui vous adresser?",
        zh="若有人從境外威嚇你，你知道可以找誰嗎？",
    ),
)

SUBJECTS = (
    Text(
        en="Please support Bill {bill_number} at second reading",
        fr="Je vous demande d'appuyer le projet de loi {bill_number} en deuxième lecture",
        zh="請在二讀時支持{bill_number}號法案",
    ),
    Text(
        en="A constituent in {riding} on safe harbour for Hong Kongers",
        fr="Un havre sûr pour les Hongkongais : lettre de votre circonscription ({riding})",
        zh="{riding}選民談港人避風港",
    ),
    Text(
        en="Bill {bill_number}: please let the committee hear from us",
        fr="Projet de loi {bill_number} : laissez le comité nous entendre",
        zh="{bill_number}號法案：請讓委員會聽聽我們的聲音",
    ),
)

BODY = Text(
    en="""
    I am writing to ask you to vote for Bill {bill_number}, An Act respecting safe harbour for Hong Kongers, at second
    reading.

    The bill does three things. It puts the pathway to permanent residence for Hong Kongers into law, so that families
    can plan their lives without fearing that it may close overnight. It lets officers accept other proof where asking
    for a police certificate or a passport would put applicants or their relatives in danger. And it gives people in
    Canada who are threatened from abroad one place to turn to, in English, French or Cantonese, with a report to
    Parliament each year.

    None of this belongs to one party. A vote at second reading is not yet a vote on every line; it lets a committee
    hear from the people whom the bill concerns and improve it.

    I would be grateful if you told me:
    1. whether you will vote for Bill {bill_number} at second reading;
    2. what, if anything, you would want to see changed in committee.

    Thank you for reading this, and for your work for the people of our riding.
    """,
    fr="""
    Je vous écris pour vous demander de voter en faveur du projet de loi {bill_number}, Loi concernant un havre sûr
    pour les Hongkongais, à l'étape de la deuxième lecture.

    Ce projet de loi fait trois choses. Il inscrit dans la loi la voie vers la résidence permanente offerte aux
    Hongkongaises et Hongkongais, afin que les familles puissent bâtir leur vie sans craindre qu'elle disparaisse du
    jour au lendemain. Il permet d'accepter d'autres preuves lorsque demander un certificat de police ou un
    passeport mettrait en danger une personne ou ses proches. Enfin, il offre aux gens qui, au Canada, sont menacés
    depuis l'étranger un guichet unique en français, en anglais et en cantonais, et prévoit un rapport annuel au
    Parlement.

    Rien de tout cela n'appartient à un seul parti. Voter en deuxième lecture, ce n'est pas encore se prononcer sur
    chaque article : c'est permettre à un comité d'entendre les personnes concernées et d'améliorer le texte.

    Je vous saurais gré de me dire :
    1. si vous comptez voter en faveur du projet de loi {bill_number} en deuxième lecture;
    2. ce que vous souhaiteriez, le cas échéant, voir modifié en comité.

    Je vous remercie de votre attention et de votre travail au service de notre circonscription.
    """,
    zh="""
    謹此來信，懇請閣下在二讀時投票支持{bill_number}號法案，即《香港人避風港法案》。

    法案要做三件事。其一，把香港人申請永久居留的途徑寫進法律，讓家庭可以安心籌劃未來，不必擔憂政策一夜叫停。其二，若申
    請良民證或護照會令申請人或親屬陷於險境，官員可接納其他證明。其三，凡在加拿大受境外勢力威嚇的人，可以英語、法語或廣
    東話，向同一專責單位求助，政府並須每年向國會提交報告。

    此事不屬於任何一黨。二讀表決並非逐條定案，而是讓委員會聽取有關人士的意見，使法案更臻完善。

    盼望閣下賜覆：
    1. 閣下會否在二讀時投票支持{bill_number}號法案；
    2. 如須在委員會階段修訂，閣下認為應修訂甚麼。

    多謝閣下撥冗閱讀此信，亦感謝閣下為本選區居民服務。
    """,
)

PHONE_SCRIPT = Text(
    en="""
    Hello, my name is … and I live in {riding}; my postal code is …

    I am calling about Bill {bill_number}, a safe harbour for Hong Kongers. Please ask {mp_name} to vote for it at
    second reading, so that a committee can hear from the people it protects.

    Can you tell me how {mp_name} will vote? Thank you for passing this on.
    """,
    fr="""
    Bonjour, je m'appelle … et je vis dans la circonscription fédérale suivante : {riding}. Mon code postal est le …

    Je vous appelle au sujet du projet de loi {bill_number}, un havre sûr pour les Hongkongais. Je demande à {mp_name}
    de l'appuyer en deuxième lecture, afin qu'un comité puisse entendre les personnes qu'il protège.

    Pouvez-vous me dire dans quel sens {mp_name} votera? Merci de transmettre mon message.
    """,
    zh="""
    你好，我叫……，住在{riding}，郵政編碼是……

    我來電是想談{bill_number}號法案，即港人避風港法案。請轉告{mp_name}，望議員在二讀時投票支持，讓委員會聽聽法案所保障
    的人怎樣說。

    請問{mp_name}會怎樣投票？多謝轉達。
    """,
)

# The narrower one stands first.
OTHER_TEXTS = (
    OtherText(
        "as:stand_in",
        Text(
            en="A riding without a Member of Parliament asks you to support Bill {bill_number}",
            fr="Une circonscription sans voix vous demande d'appuyer le projet de loi {bill_number}",
            zh="本選區議席懸空，懇請閣下支持{bill_number}號法案",
        ),
        Text(
            en="""
            Nobody sits for {riding} at the moment, so I am writing to you and to members of other parties.

            Please vote for Bill {bill_number} at second reading, so that a committee can hear from the people whom it
            concerns. We have nobody in the House to ask this for us.
            """,
            fr="""
            Personne ne siège actuellement pour {riding}; c'est pourquoi je vous écris, ainsi qu'à des membres d'autres
            partis.

            Je vous demande de voter pour le projet de loi {bill_number} en deuxième lecture, afin qu'un comité puisse
            entendre les personnes concernées. Nous n'avons personne à la Chambre pour le demander en notre nom.
            """,
            zh="""
            {riding}選區的議席目前懸空，因此本人去信閣下，以及其他政黨的議員。

            懇請閣下在二讀時投票支持{bill_number}號法案，讓委員會聽取有關人士的意見。國會下議院內，目前並無議員為我們發聲。
            """,
        ),
    ),
    OtherText(
        "position:supports",
        Text(
            en="Thank you for supporting Bill {bill_number}",
            fr="Merci d'appuyer le projet de loi {bill_number}",
            zh="多謝閣下支持{bill_number}號法案",
        ),
        Text(
            en="""
            Thank you for saying in public that you support Bill {bill_number}. It matters to people in {riding} who
            have made a home here.

            Please speak for it at second reading as well, and ask a colleague who has not decided yet to let a
            committee hear from the people whom it concerns.
            """,
            fr="""
            Merci d'avoir dit publiquement que vous appuyez le projet de loi {bill_number}. Cela compte pour celles et
            ceux qui, dans {riding}, ont trouvé un chez-soi.

            Je vous invite à prendre la parole à l'étape de la deuxième lecture et à demander à une personne encore
            indécise de laisser un comité entendre les gens concernés.
            """,
            zh="""
            多謝閣下公開表態支持{bill_number}號法案。對於在{riding}安家的人，這份支持十分重要。

            懇請閣下在二讀時發言，並游說尚未決定的議員，讓委員會聽取有關人士的意見。
            """,
        ),
    ),
)

# Instead of the request, for an MP who supports the bill already.
OTHER_SCRIPTS = (
    OtherScript(
        "position:supports",
        Text(
            en="""
            Hello, my name is … and I live in {riding}; my postal code is …

            I am calling to thank {mp_name} for supporting Bill {bill_number}, a safe harbour for Hong Kongers. It means
            a lot to people in our riding.

            Could {mp_name} also speak for the bill at second reading? Thank you for passing this on.
            """,
            fr="""
            Bonjour, je m'appelle … et je vis dans la circonscription fédérale suivante : {riding}. Mon code postal est
            le …

            Je vous appelle pour remercier {mp_name} d'appuyer le projet de loi {bill_number}, un havre sûr pour les
            Hongkongais. Cela compte beaucoup pour des gens de notre circonscription.

            Je l'invite à prendre aussi la parole à l'étape de la deuxième lecture. Merci de transmettre mon message.
            """,
            zh="""
            你好，我叫……，住在{riding}，郵政編碼是……

            我來電是想多謝{mp_name}支持{bill_number}號法案，即港人避風港法案。這份支持對本選區的居民十分重要。

            請問{mp_name}能否在二讀時也為法案發言？多謝轉達。
            """,
        ),
    ),
)

THANK_YOU = Text(
    en="""
    If the office replies, read the answer closely: does it say how your MP will vote?
    """,
    fr="""
    Si le bureau vous répond, lisez bien : dit-on comment votre députée ou député votera?
    """,
    zh="""
    若收到議員辦事處回覆，請細看一遍：對方有沒有說會怎樣投票？
    """,
)

SHARE_TEXT = Text(
    en="I wrote to my MP about a safe harbour for Hong Kongers. It took a minute. Will you write to yours?",
    fr="J'ai écrit à ma députée ou mon député pour un havre sûr. Une minute suffit. À votre tour!",
    zh="我已去信選區議員，爭取港人避風港，只花了一分鐘。你也寫一封好嗎？",
)
