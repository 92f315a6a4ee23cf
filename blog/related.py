"""Which other articles or resources stand below one: those of the same topics."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, Model, OuterRef, QuerySet

RELATED = 3


def related_to(page: Any, others: QuerySet[Any], *, through: type[Model], fills_up: bool) -> list[Any]:
    """Return up to three of ``others`` in their order, those that share a topic with the page first; one query.

    ``through`` says which page has which topic; a topic has the same short name in all languages. With ``fills_up``
    others follow where too few share one, else there are fewer.
    """
    slugs = [topic.slug for topic in page.topics]
    if not slugs and not fills_up:
        return []
    others = others.exclude(translation_key=page.translation_key)
    if slugs:
        named = through._default_manager.filter(page=OuterRef("pk"), topic__slug__in=slugs, topic__live=True)
        others = others.annotate(shares_topic=Exists(named)).order_by("-shares_topic", *others.query.order_by)
        others = others if fills_up else others.filter(shares_topic=True)
    return list(others[:RELATED])
