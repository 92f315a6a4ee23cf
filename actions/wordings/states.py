"""How one published text differs from the one before it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Change(models.TextChoices):
    """Editors choose between the two that are asked; the others are found out by comparing.

    ::

        published --the ask is the same--> around
                  --it differs, nobody has acted yet, nothing was said--> unasked
                  --it differs, its editor said so--> typo | material
                  --it differs, nothing was said--> material
    """

    FIRST = "first", _("first text")
    AROUND = "around", _("only what stands around it")
    UNASKED = "unasked", _("changed before anybody acted on it")
    TYPO = "typo", _("Typo or small fix")
    MATERIAL = "material", _("Changes what people sign")
