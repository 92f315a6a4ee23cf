"""What editors are told about an article before it goes out."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from actions.registry import Finding
from blog.articles import NewsPage


def about_article(article: NewsPage) -> Iterator[Finding]:
    """Yield what its form asks for and a draft may lack: whoever publishes from a list never sees the form."""
    if article.lead_image_id and not article.lead_alt.strip():
        yield Finding(_("Say what the picture shows, or take the picture away."))
