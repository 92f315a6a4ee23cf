"""The demo's news: the list, its topics and who wrote what. People, groups, meetings and numbers are invented."""

from __future__ import annotations

from achk_site.demo.content.news_from_parliament import FROM_PARLIAMENT
from achk_site.demo.content.news_from_the_community import FROM_THE_COMMUNITY
from achk_site.demo.content.shapes import PageContent
from achk_site.demo.texts import Text

NEWS_INDEX = PageContent(
    slug="news",
    title=Text("News", "Nouvelles", "最新消息"),
    summary=Text(
        en="What happened, where we stand, and what comes next. Everything in this demo is invented.",
        fr="Ce qui s'est passé, notre position et la suite. Dans cette démonstration, tout est inventé.",
        zh="發生了甚麼、我們的立場、下一步怎樣走。示範網站內容純屬虛構。",
    ),
)
# Short name -> name and introduction.
TOPICS = {
    "parliament": (
        Text("Parliament", "Parlement", "國會"),
        Text(
            en="Bills, committees and votes, and what a letter can change about them.",
            fr="Projets de loi, comités et votes, et ce qu'une lettre peut y changer.",
            zh="法案、委員會和表決，以及一封信可以帶來的改變。",
        ),
    ),
    "community": (
        Text("Community", "Communauté", "社區"),
        Text(
            en="Local groups, their evenings and their ideas.",
            fr="Les groupes locaux, leurs soirées et leurs idées.",
            zh="各地團體的聚會和構思。",
        ),
    ),
    "safety": (
        Text("Staying safe", "Sécurité", "保護自己"),
        Text(
            en="How to speak up without putting yourself or your family at risk.",
            fr="Comment s'exprimer sans mettre ses proches ni soi-même en danger.",
            zh="發聲之餘，如何保障自己和家人。",
        ),
    ),
}
ARTICLES = (*FROM_PARLIAMENT, *FROM_THE_COMMUNITY)
