"""An update to subscribers as a draft: staff can test it on themselves and send it to whoever signs up in the demo."""

from __future__ import annotations

from achk_site.demo.texts import Text

NAME = "The vote is near (draft of the demo)"
SUBJECT = Text(
    en="Bill C-987: the vote is near",
    fr="Projet de loi C-987 : le vote approche",
    zh="C-987號法案：表決在即",
)
BODY = Text(
    en="""
    The House votes on the invented Bill C-987 soon. If you have not written to your MP yet, one minute is enough.

    Ask one more person. Two letters from one street are read twice.
    """,
    fr="""
    La Chambre se prononcera bientôt sur le projet de loi inventé C-987. Si vous n'avez pas encore écrit à votre
    députée ou député, une minute suffit.

    Parlez-en à une autre personne. Deux lettres de la même rue sont lues deux fois.
    """,
    zh="""
    國會下議院即將就虛構的C-987號法案表決。如果你還未去信選區議員，一分鐘就夠。

    請再邀請一個人。同一條街寄來兩封信，會有人讀兩次。
    """,
)
FORM_HEADING = Text("Hear what comes next", "Restez au courant", "掌握最新消息")
FORM_TEXT = Text(
    en="When a vote is near, we write to you with what you can do about it.",
    fr="Quand un vote approche, nous vous écrivons pour vous dire ce que vous pouvez faire.",
    zh="表決臨近時，我們會寫信告訴你可以做甚麼。",
)
