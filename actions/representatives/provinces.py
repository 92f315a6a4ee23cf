"""The thirteen provinces and territories, and how a federal district number names its province.

The first two digits of a number are the province (Elections Canada, 2023 representation order):
https://open.canada.ca/data/en/dataset/18bf3ea7-1940-46ec-af52-9ba3f77ed708
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Province(models.TextChoices):
    """Two-letter codes as Canada Post writes them."""

    ALBERTA = "AB", _("Alberta")
    BRITISH_COLUMBIA = "BC", _("British Columbia")
    MANITOBA = "MB", _("Manitoba")
    NEW_BRUNSWICK = "NB", _("New Brunswick")
    NEWFOUNDLAND_AND_LABRADOR = "NL", _("Newfoundland and Labrador")
    NOVA_SCOTIA = "NS", _("Nova Scotia")
    NORTHWEST_TERRITORIES = "NT", _("Northwest Territories")
    NUNAVUT = "NU", _("Nunavut")
    ONTARIO = "ON", _("Ontario")
    PRINCE_EDWARD_ISLAND = "PE", _("Prince Edward Island")
    QUEBEC = "QC", _("Quebec")
    SASKATCHEWAN = "SK", _("Saskatchewan")
    YUKON = "YT", _("Yukon")


_BY_PREFIX = {
    10: Province.NEWFOUNDLAND_AND_LABRADOR,
    11: Province.PRINCE_EDWARD_ISLAND,
    12: Province.NOVA_SCOTIA,
    13: Province.NEW_BRUNSWICK,
    24: Province.QUEBEC,
    35: Province.ONTARIO,
    46: Province.MANITOBA,
    47: Province.SASKATCHEWAN,
    48: Province.ALBERTA,
    59: Province.BRITISH_COLUMBIA,
    60: Province.YUKON,
    61: Province.NORTHWEST_TERRITORIES,
    62: Province.NUNAVUT,
}


def province_of(fed_num: int) -> Province | None:
    """The province that a federal district number belongs to; None when it is no such number."""
    return _BY_PREFIX.get(fed_num // 1000) if 10_000 < fed_num < 100_000 and fed_num % 1000 else None
