"""``{% load protection_tags %}``: the hidden fields of public forms, and the nonce of the admin's inline scripts."""

from __future__ import annotations

from typing import Any

from django import template

from actions.protection.admin_scripts import nonce_attribute
from actions.protection.verdicts import HONEYPOT_FIELD, TOKEN_FIELD

register = template.Library()


@register.inclusion_tag("includes/protection_fields.html", takes_context=True)
def protection_fields(context: dict[str, Any], action: str) -> dict[str, Any]:
    """Render the honeypot and the token field of a form whose ``data-action`` is ``action``.

    A page that is never stored may put ``form_token`` into its context; on all others the script fills the field.
    """
    return {
        "action": action,
        "honeypot_field": HONEYPOT_FIELD,
        "token_field": TOKEN_FIELD,
        "form_token": context.get("form_token", ""),
    }


register.simple_tag(nonce_attribute, name="csp_nonce_attribute")
