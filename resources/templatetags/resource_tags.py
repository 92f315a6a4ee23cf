"""``{% load resource_tags %}``: in which languages a resource exists, in words."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext as _

from home.languages import CODES

register = template.Library()


@register.filter
def in_languages(codes: list[str]) -> str:
    """One language alone is said as such: whoever cannot read it need not follow the link."""
    if codes == ["en"]:
        return _("In English only")
    if codes == ["fr"]:
        return _("In French only")
    if codes == ["zh-hant"]:
        return _("In Chinese only")
    if codes == ["en", "fr"]:
        return _("In English and French")
    if codes == ["en", "zh-hant"]:
        return _("In English and Chinese")
    if codes == ["fr", "zh-hant"]:
        return _("In French and Chinese")
    return _("In English, French and Chinese") if codes == list(CODES) else ""
