"""News: articles, statements and press releases, with topics and feeds."""

from django.apps import AppConfig


class BlogConfig(AppConfig):
    name = "blog"
    verbose_name = "News"

    def ready(self) -> None:
        from actions import registry
        from blog.articles import NewsPage
        from blog.readiness import about_article

        registry.register_readiness(NewsPage._meta.label, about_article)
