"""``{% load protection_tags %}``: hidden fields and challenge of public forms, the nonce of the admin's scripts."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.translation import get_language

from actions.protection.admin_scripts import nonce_attribute
from actions.protection.challenge import recaptcha
from actions.protection.challenge.looking import uses_recaptcha
from actions.protection.challenge.policy import PROOF_FIELD, Challenge
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


@register.inclusion_tag("includes/challenge.html", takes_context=True)
def challenge(
    context: dict[str, Any], asked: Challenge | None, *, error: str = "", without_script: str = ""
) -> dict[str, Any]:
    """Render the challenge inside a form that asks for it, nothing where ``asked`` is None.

    ``without_script`` says what happens to a form that is sent without JavaScript. Only with reCAPTCHA it opens the
    page's Content-Security-Policy, for Google's hosts.
    """
    shown: dict[str, Any] = {"asked": asked, "error": error, "without_script": without_script, "field": PROOF_FIELD}
    if asked and uses_recaptcha():
        shown["recaptcha"] = recaptcha.widget(get_language() or "")
        if "request" in context:
            context["request"].csp_additions = recaptcha.what_pages_need()
    return shown


register.simple_tag(nonce_attribute, name="csp_nonce_attribute")
