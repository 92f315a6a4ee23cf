"""News: articles, statements and press releases, with topics and feeds."""

from django.apps import AppConfig


class BlogConfig(AppConfig):
    name = "blog"
    verbose_name = "News"
