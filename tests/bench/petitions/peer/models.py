"""What one would write down first: Wagtail's own form page, and a typed table of signatures that staff can list."""

from django.db import models
from django.utils import timezone
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.contrib.forms.models import AbstractEmailForm, AbstractFormField


class FormField(AbstractFormField):
    page = ParentalKey("FormPage", on_delete=models.CASCADE, related_name="form_fields")


class FormPage(AbstractEmailForm):
    """https://docs.wagtail.org/en/stable/reference/contrib/forms/index.html"""

    template = "peer/form_page.html"
    landing_page_template = "peer/form_page_landing.html"
    content_panels = [*AbstractEmailForm.content_panels, InlinePanel("form_fields"), FieldPanel("to_address")]


class PeerSignature(models.Model):
    name = models.CharField(max_length=100)
    email = models.EmailField()
    postal_code = models.CharField(max_length=7)
    riding = models.CharField(max_length=100)
    language = models.CharField(max_length=7, choices=[("en", "English"), ("fr", "French"), ("zh-hant", "Chinese")])
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.name
