"""Errors have a page of their own, in the visitor's language, that asks nothing of the database."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import RequestFactory

from achk_site import errors
from tests.home.reading import Reading

HTML_LANG = {"en": "en-CA", "fr": "fr-CA", "zh-hant": "zh-Hant-HK"}


@pytest.mark.parametrize("code", list(HTML_LANG))
@pytest.mark.parametrize(("handler", "status"), [(errors.not_found, 404), (errors.forbidden, 403)])
def test_an_error_speaks_the_language_of_the_address(code, handler, status):
    """No database fixture: a query would fail the test."""
    response = handler(RequestFactory().get(f"/{code}/nowhere/"), PermissionDenied("secret reason"))
    assert response.status_code == status
    html = response.content.decode()
    page = Reading(html)
    assert page.one("html")["lang"] == HTML_LANG[code]
    assert page.one("meta", name="robots")["content"] == "noindex"
    assert page.forbidden_by_policy() == []
    assert {link["href"] for link in page.all("a")} >= {f"/{other}/" for other in HTML_LANG}
    assert "secret reason" not in html


def test_without_a_language_in_the_address_the_browser_decides():
    request = RequestFactory().get("/nowhere/", headers={"accept-language": "zh-HK,zh;q=0.9,en;q=0.5"})
    assert Reading(errors.not_found(request).content.decode()).one("html")["lang"] == "zh-Hant-HK"


def test_the_address_is_not_repeated_to_the_visitor():
    request = RequestFactory().get('/en/"><script>alert(1)</script>/')
    assert "alert" not in errors.not_found(request).content.decode()


def test_a_broken_server_answers_in_all_three_languages():
    response = errors.server_error(RequestFactory().get("/fr/"))
    assert response.status_code == 500
    page = Reading(response.content.decode())
    assert page.forbidden_by_policy() == []
    assert {section.get("lang") for section in page.all("section")} == {None, "fr-CA", "zh-Hant-HK"}


def test_an_unknown_address_gets_the_page(client, db):
    response = client.get("/fr/nulle-part/")
    assert response.status_code == 404
    assert 'lang="fr-CA"' in response.content.decode()
    assert not response.cookies
