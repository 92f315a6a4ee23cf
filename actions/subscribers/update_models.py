"""An update as staff write it, its way to the list, and each mail of it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actions.outbox.models import Dispatch
from actions.representatives.provinces import Province
from actions.subscribers.audience import Audience

SUBJECT_LENGTH, BODY_LENGTH = 150, 20_000
BODY_HELP = _("Plain text. An empty line begins a new paragraph; links are written out and are never tracked.")
NOT_PERSONAL = "texts of the organisation, and numbers"


class Update(models.Model):
    """One mail to the list in up to three languages, and to whom; before it is sent it can be changed at will.

    What is blank among ``campaign``, ``language``, ``province`` and ``riding`` narrows nothing down.
    """

    holds_no_personal_data = NOT_PERSONAL

    name = models.CharField(_("name for staff"), max_length=120, help_text=_("Only staff see this name."))
    subject_en = models.CharField(
        _("subject (English)"),
        max_length=SUBJECT_LENGTH,
        blank=True,
        help_text=_("What stands in the inbox. Plain words; no capitals, no exclamation marks."),
    )
    body_en = models.TextField(_("text (English)"), max_length=BODY_LENGTH, blank=True, help_text=BODY_HELP)
    subject_fr = models.CharField(
        _("subject (French)"),
        max_length=SUBJECT_LENGTH,
        blank=True,
        help_text=_("What stands in the inbox of who reads French."),
    )
    body_fr = models.TextField(
        _("text (French)"),
        max_length=BODY_LENGTH,
        blank=True,
        help_text=_("Subject and text belong together: write both or neither."),
    )
    subject_zh = models.CharField(
        _("subject (Chinese)"),
        max_length=SUBJECT_LENGTH,
        blank=True,
        help_text=_("What stands in the inbox of who reads Chinese."),
    )
    body_zh = models.TextField(
        _("text (Chinese)"),
        max_length=BODY_LENGTH,
        blank=True,
        help_text=_("Subject and text belong together: write both or neither."),
    )
    campaign = models.ForeignKey(
        "actions.Campaign",
        verbose_name=_("campaign"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Only those who asked for updates on an action of this campaign. Empty: everybody on the list."),
    )
    language = models.CharField(
        _("their language"),
        max_length=12,
        choices=settings.LANGUAGES,
        blank=True,
        help_text=_("Only those who read this language. Empty: everybody."),
    )
    province = models.CharField(
        _("province or territory"),
        max_length=2,
        choices=Province.choices,
        blank=True,
        help_text=_("Only those who live there. Empty: everybody."),
    )
    riding = models.ForeignKey(
        "actions.Riding",
        verbose_name=_("riding"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Only those who live there. Empty: everybody."),
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("update")
        verbose_name_plural = _("updates")
        ordering = ["-created_at"]
        permissions = [("send_update", "Can send updates to subscribers")]

    def __str__(self) -> str:
        return self.name

    @property
    def audience(self) -> Audience:
        return Audience(self.campaign_id, self.language, self.province, self.riding_id)


class RunState(models.TextChoices):
    """``sending <-> stopped``, and ``sending -> done`` when nothing waits any more."""

    SENDING = "sending", _("being sent")
    STOPPED = "stopped", _("stopped")
    DONE = "done", _("sent")


class Missing(models.TextChoices):
    """What becomes of those in whose language nothing is written."""

    FALLBACK = "fallback", _("They get it in another language, with a note")
    LEAVE_OUT = "leave-out", _("They are left out")


class UpdateRun(models.Model):
    """An update on its way: text and audience frozen as they were when somebody pressed the button.

    ``content`` is ``{language: {"subject": …, "body": …}}``; ``expected`` the number that was shown before. Rows are
    made in the order of the subscribers' numbers; ``last_subscriber_id`` is how far, ``are_all_made`` that it is done.
    """

    State = RunState

    holds_no_personal_data = NOT_PERSONAL
    wagtail_reference_index_ignore = True

    update = models.OneToOneField(Update, on_delete=models.PROTECT, primary_key=True, related_name="run")
    state = models.CharField(max_length=8, choices=RunState.choices, default=RunState.SENDING)
    content = models.JSONField()
    campaign_id = models.BigIntegerField(null=True)
    language = models.CharField(max_length=12, blank=True)
    province = models.CharField(max_length=2, blank=True)
    riding_id = models.BigIntegerField(null=True)
    missing = models.CharField(max_length=10, choices=Missing.choices)
    expected = models.PositiveIntegerField()
    last_subscriber_id = models.BigIntegerField(default=0)
    are_all_made = models.BooleanField(default=False)
    started_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"Run {self.pk}"

    @property
    def audience(self) -> Audience:
        return Audience(self.campaign_id, self.language, self.province, self.riding_id)


class UpdateDelivery(Dispatch):
    """One update to one subscriber; the unique pair is what keeps a killed worker from doubling anybody.

    ``language`` is the language of the text that they get. No address and no text is kept here.
    """

    holds_no_personal_data = "row numbers; the subscriber's row holds the address"
    wagtail_reference_index_ignore = True

    run = models.ForeignKey(UpdateRun, on_delete=models.PROTECT, related_name="deliveries")
    subscriber = models.ForeignKey("actions.Subscriber", on_delete=models.PROTECT, related_name="+")
    language = models.CharField(max_length=12)

    class Meta(Dispatch.Meta):
        constraints = [models.UniqueConstraint(fields=["run", "subscriber"], name="one_update_each")]
        indexes = [
            models.Index(fields=["state", "next_attempt_at"], name="updatedelivery_due"),
            models.Index(fields=["run", "state"], name="updatedelivery_progress"),
        ]

    def __str__(self) -> str:
        return f"Update delivery {self.pk}"
