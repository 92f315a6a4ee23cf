"""Personal models that exist in these tests only: their app is not installed, so no other test meets them."""

from datetime import timedelta

from django.db import models

from actions.privacy.fields import EncryptedJSONField, EncryptedTextField, SealedTextField
from actions.privacy.models import PersonalModel
from actions.privacy.retention import RetentionRule


class SampleLetter(PersonalModel):
    """Shaped like a letter; ``is_stuck`` rows break a constraint when they are blanked."""

    name = EncryptedTextField(blank=True)
    email = EncryptedTextField(blank=True)
    note = EncryptedTextField(null=True)
    payload = EncryptedJSONField(default=dict, blank=True)
    nick = models.CharField(max_length=20, blank=True)
    email_fingerprint = models.CharField(max_length=64, blank=True)
    campaign_id = models.IntegerField(default=1)
    is_held = models.BooleanField(default=False)
    is_stuck = models.BooleanField(default=False)
    written_at = models.DateTimeField(null=True)

    plain_columns = {"nick": "an invented word", "email_fingerprint": "HMAC under the record's key"}
    retention = (
        RetentionRule(
            name="after 28 days",
            due=lambda now: SampleLetter.objects.filter(written_at__lt=now - timedelta(days=28), is_held=False),
            columns=("name", "email", "note", "payload", "nick"),
            sentence="Letters are kept for 28 days.",
        ),
    )

    class Meta:
        app_label = "privacy_samples"
        constraints = [models.CheckConstraint(condition=~models.Q(is_stuck=True, nick=""), name="stuck_keeps_nick")]


class SampleSigner(PersonalModel):
    contact = SealedTextField(blank=True)
    retention = (
        RetentionRule(
            name="at the end",
            due=lambda now: SampleSigner.objects.none(),
            columns=("contact",),
            sentence="Contacts are kept until the petition ends.",
        ),
    )

    class Meta:
        app_label = "privacy_samples"


class SampleForgetful(PersonalModel):
    """Declares nothing: the negative control."""

    name = EncryptedTextField(blank=True)
    city = models.CharField(max_length=20)

    class Meta:
        app_label = "privacy_samples"


class SampleSilent(models.Model):
    """Says nothing at all about the data it holds."""

    class Meta:
        app_label = "privacy_samples"
