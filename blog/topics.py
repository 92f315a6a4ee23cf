"""What an article is about, in each language a snippet of its own."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import DraftStateMixin, LockableMixin, RevisionMixin, TranslatableMixin, WorkflowMixin
from wagtail_localize.fields import SynchronizedField

from home.translations.guarded import PublishedTranslated


class Topic(
    PublishedTranslated, WorkflowMixin, DraftStateMixin, LockableMixin, RevisionMixin, TranslatableMixin, models.Model
):
    """A translation is a draft until somebody publishes it, so that no English name shows among French articles."""

    holds_no_personal_data = "published texts of the organisation"

    name = models.CharField(_("name"), max_length=60, help_text=_("One to three words, as readers should see them."))
    slug = models.SlugField(
        _("short name"),
        max_length=60,
        help_text=_("The end of the topic's address, the same in all languages. Changing it breaks links to it."),
    )
    introduction = models.TextField(
        _("introduction"),
        max_length=300,
        blank=True,
        help_text=_("One or two sentences above the topic's articles. Search engines show them, too."),
    )

    override_translatable_fields = [SynchronizedField("slug", overridable=False)]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        constraints = [models.UniqueConstraint(fields=["locale", "slug"], name="one_topic_of_a_short_name")]

    def __str__(self) -> str:
        return self.name
