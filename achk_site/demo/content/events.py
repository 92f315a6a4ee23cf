"""One invented event in two weeks."""

from __future__ import annotations

from datetime import time

from achk_site.demo.content.shapes import Heading, PageContent, Words
from achk_site.demo.texts import Text

EVENT_INDEX = PageContent(
    slug="events",
    title=Text("Events", "Événements", "活動"),
    summary=Text(
        en="Evenings and webinars, to come to under any name. Everything in this demo is invented.",
        fr="Soirées et webinaires, où l'on vient sous le nom de son choix. Ici, tout est inventé.",
        zh="聚會和網上講座，用甚麼名字參加都可以。示範網站內容純屬虛構。",
    ),
)

SLUG = "questions-about-the-bill"
IN_DAYS, BEGINS, ENDS, ZONE, SEATS = 14, time(19, 0), time(20, 15), "America/Toronto", 80
LINK = "https://meet.example/questions-about-the-bill"
NAME = Text("Questions about the bill", "Vos questions sur le projet de loi", "法案問與答")

EVENT = PageContent(
    slug=SLUG,
    title=Text(
        "Webinar: your questions about the bill",
        "Webinaire : vos questions sur le projet de loi",
        "網上講座：法案問與答",
    ),
    summary=Text(
        en="Before second reading: what the invented bill says, what it does not, and what a letter can change.",
        fr="""
        Avant la deuxième lecture : ce que dit le projet de loi inventé, ce qu'il ne dit pas, et ce qu'une lettre peut
        changer.
        """,
        zh="二讀之前：這項虛構法案說了甚麼、沒說甚麼，一封信又能改變甚麼。",
    ),
    pieces=(
        Heading(Text("How it goes", "Le déroulement", "流程")),
        Words(
            Text(
                en="""
                Half an hour of explanation in English, with interpretation into French and Cantonese, then your
                questions. You ask in writing, so nobody needs to be heard or seen. It is recorded without those who
                take part.
                """,
                fr="""
                Une demi-heure d'explications en anglais, avec interprétation en français et en cantonais, puis vos
                questions. Vous les posez par écrit : nul besoin d'être entendu ni vu. L'enregistrement ne montre pas
                les personnes présentes.
                """,
                zh="""
                先以英語講解半小時，設法語和廣東話傳譯，然後答問。提問以文字進行，不必開聲或露面。錄影不會收錄參加者。
                """,
            )
        ),
    ),
)
