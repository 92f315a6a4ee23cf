"""What a page says of itself to search engines, as JSON-LD.

https://developers.google.com/search/docs/appearance/structured-data
"""

from __future__ import annotations

import json
from typing import Any

from django.templatetags.static import static
from django.utils.safestring import SafeString, mark_safe

from home.alternates import full_address
from home.languages import html_language
from home.site_settings import SiteSettings

# As django.utils.html.json_script does, whose element is of another type.
NOT_IN_SCRIPT = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}

CONTEXT = "https://schema.org"


def data_block(data: dict[str, Any]) -> SafeString:
    """Return ``data`` as a data block, which no browser runs: a strict policy lets it be."""
    text = json.dumps(data, ensure_ascii=False).translate(NOT_IN_SCRIPT)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308 - escaped above


def organisation(site: SiteSettings) -> dict[str, Any]:
    """Return who stands behind all of it, in the active language."""
    return {"@type": "Organization", "name": site.organisation_name, "url": full_address("/")}


def as_website(site: SiteSettings, language: str) -> dict[str, Any]:
    """Return who stands behind the site and where it is searched, for the front page of a language."""
    home = full_address(f"/{language}/")
    ours = {
        **organisation(site),
        "@id": full_address("/#organisation"),
        "logo": full_address(static("img/share.png")),
    }
    target = {"@type": "EntryPoint", "urlTemplate": f"{home}search/?q={{search_term_string}}"}
    website = {
        "@type": "WebSite",
        "name": site.organisation_name,
        "url": home,
        "inLanguage": html_language(language),
        "publisher": {"@id": ours["@id"]},
        "potentialAction": {
            "@type": "SearchAction",
            "target": target,
            "query-input": "required name=search_term_string",
        },
    }
    return {"@context": CONTEXT, "@graph": [ours, website]}
