"""What visitors can find: one entry a public page and language, and its words."""

from __future__ import annotations

from django.db import models


class SearchEntry(models.Model):
    """A live page, or the published text of an action that stands on no page: public texts, nothing else.

    ``page`` is null for an action's own address, which is then in ``path``.
    """

    holds_no_personal_data = "published texts of the organisation"

    page = models.OneToOneField("wagtailcore.Page", on_delete=models.CASCADE, null=True, related_name="+")
    path = models.CharField(max_length=200, unique=True, null=True)
    language = models.CharField(max_length=12)
    title = models.CharField(max_length=300)
    text = models.TextField()
    changed_at = models.DateTimeField()

    wagtail_reference_index_ignore = True

    def __str__(self) -> str:
        return self.title


class SearchWord(models.Model):
    """A word of an entry. ``weight`` is high for a word of the title, low for one of the text."""

    holds_no_personal_data = "published texts of the organisation"

    entry = models.ForeignKey(SearchEntry, on_delete=models.CASCADE, related_name="words")
    language = models.CharField(max_length=12)
    word = models.CharField(max_length=40)
    weight = models.PositiveSmallIntegerField()

    wagtail_reference_index_ignore = True

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "word"], name="search_word_once")]
        indexes = [models.Index(fields=["language", "word", "entry", "weight"], name="search_words")]

    def __str__(self) -> str:
        return self.word
