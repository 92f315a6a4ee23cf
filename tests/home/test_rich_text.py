"""What the editor of rich text sends is text, whatever its JSON says; the page with it can be read."""

from __future__ import annotations

import json
from urllib.parse import urlencode

import pytest
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from tests.factories.pages import SiteTree

NO_TEXT = ["a\ud83d", "a\udc80\ud800", "a\x00", "a\x0b\x1b", "a\uffff\ufffe"]
NO_COMMENTS = {f"comments-{name}_FORMS": "0" for name in ("TOTAL", "INITIAL", "MIN_NUM", "MAX_NUM")}


def written(text: str) -> str:
    """What the editor's own script sends of one paragraph."""
    sent = json.loads(rich_text("<p>here</p>"))
    sent["blocks"][0]["text"] = text
    return json.dumps(sent)


@pytest.mark.parametrize("text", NO_TEXT)
@pytest.mark.parametrize("title", ["About us", "𠝹𨋢 \u202e\U000e0041"])
def test_a_page_with_what_is_no_text_goes_out_without_it(admin_client, text, title):
    page = SiteTree().add_page()["en"]
    fields = {
        "title": title,
        "slug": "about",
        "introduction": "Here.",
        "body": streamfield([("paragraph", written(text))]),
    }
    data = {**nested_form_data(fields), **NO_COMMENTS, "action-publish": "1"}
    posted = admin_client.post(
        f"/admin/pages/{page.pk}/edit/", urlencode(data), content_type="application/x-www-form-urlencoded"
    )
    assert posted.status_code == 302
    for address in ("/en/about/", f"/en/act/cards/{page.pk}.png", f"/admin/pages/{page.pk}/edit/", "/sitemap.xml"):
        assert admin_client.get(address).status_code == 200, address
    assert ">a</p>" in admin_client.get("/en/about/").content.decode()
