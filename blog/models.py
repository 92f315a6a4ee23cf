"""Re-exports what Django must find; each model lives in the file that names it."""

from blog.articles import NewsPage, NewsPageTopic
from blog.index_page import NewsIndexPage
from blog.topics import Topic

__all__ = ["NewsIndexPage", "NewsPage", "NewsPageTopic", "Topic"]
