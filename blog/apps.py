"""News: articles, statements and press releases, with topics and feeds."""

from django.apps import AppConfig

# What the templates of an article, its card and its feed ask for; tests/blog/test_pictures.py holds the two together.
LEAD_SIZES = "width-{480,800,1200}|format-{avif,webp,jpeg}"
CARD_SIZES = "fill-800x450|width-{480,800}|format-{avif,webp,jpeg}"
FEED_SIZE = "width-1200|format-webp"


class BlogConfig(AppConfig):
    name = "blog"
    verbose_name = "News"

    def ready(self) -> None:
        from actions import registry
        from blog.articles import NewsPage
        from blog.readiness import about_article
        from blog.sharing import SHARE_FILTER
        from home import pictures

        registry.register_readiness(NewsPage._meta.label, about_article)
        pictures.show_in(LEAD_SIZES, CARD_SIZES, FEED_SIZE, SHARE_FILTER)
