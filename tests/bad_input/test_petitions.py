"""What people type, programs send and scanners open, at a petition: an answer each time, and nothing that acts."""

from __future__ import annotations

import itertools
import secrets

import pytest

from actions.outbox.models import OutboxMessage
from actions.outbox.supporter_mail import OutboxQueue
from actions.petitions import services
from actions.petitions.models import Signature
from actions.protection.tokens import issue_token
from tests.bad_input import corpus
from tests.bad_input.conftest import INBOX
from tests.bad_input.reading import dangers, holds, sent, shape
from tests.factories.pages import CODES
from tests.factories.petitions import PetitionFactory, confirmed, signed
from tests.factories.postal import load_postal_codes
from tests.factories.representatives import RidingFactory

pytestmark = pytest.mark.django_db
PAGE = "/en/act/petitions/open-door/"
SIGN = f"{PAGE}sign/"
SIGNER = {
    "name": "陳大文",
    "email": "tai-man@signer.example",
    "postal_code": "K1A 0A6",
    "comment": "我的家人在香港。",
    "show_name": "on",
}


@pytest.fixture
def petition(db):
    RidingFactory(fed_num=35079)
    load_postal_codes(("K1A0A6", 35079, 10))
    return PetitionFactory(slug="open-door")


def sign(stranger, **changes):
    """Post the form with ``changes``; None leaves a field out."""
    return stranger.post(SIGN, {name: value for name, value in {**SIGNER, **changes}.items() if value is not None})


def refused(stranger, field: str, values: list[str]) -> list[str]:
    """The values to which the form did not answer with an error at the field and everything else kept."""
    wrong = []
    for value in values:
        response = sign(stranger, **{field: value})
        html = response.content.decode()
        is_kept = field == "comment" or holds(html, SIGNER["comment"])
        if response.status_code != 422 or not is_kept or "error-summary" not in html or dangers(html):
            wrong.append(f"{value!r}: {response.status_code} kept={is_kept} {dangers(html)}")
    assert not Signature.objects.exists()
    return wrong


def stored(stranger, field: str, typed: dict[str, str]) -> dict[str, str]:
    found = {}
    for number, value in enumerate(typed):
        response = sign(stranger, **{"email": f"signer{number}@signer{number}.example", field: value})
        last = Signature.objects.order_by("-pk").first()
        found[value] = getattr(last, field) if response.status_code == 303 else response.status_code
    return found


def test_names_of_all_kinds_are_accepted_as_typed_and_cleaned(stranger, petition):
    typed = {**{name: name for name in corpus.NAMES_KEPT}, **corpus.NAMES_CLEANED}
    assert stored(stranger, "name", typed) == typed


def test_addresses_are_read_as_meant(stranger, petition):
    assert stored(stranger, "email", corpus.EMAILS_KEPT) == corpus.EMAILS_KEPT


def test_postal_codes_are_read_as_meant(stranger, petition):
    typed = {code: kept.replace(" ", "") for code, kept in corpus.POSTAL_CODES_KEPT.items()}
    assert stored(stranger, "postal_code", typed) == typed


def test_what_is_no_name_address_or_code_is_refused_with_all_kept(stranger, petition, settings):
    domain = settings.SENDER_DOMAIN
    ours = [text.format(domain=domain, DOMAIN=domain.upper()) for text in corpus.EMAILS_OURS]
    assert refused(stranger, "name", corpus.NAMES_REFUSED) == []
    assert refused(stranger, "email", [*corpus.EMAILS_REFUSED, *ours]) == []
    assert refused(stranger, "postal_code", corpus.POSTAL_CODES_REFUSED) == []
    assert refused(stranger, "comment", ["x" * 501, "香" * 9_000]) == []


def test_text_that_a_machine_might_run_is_text(stranger, petition):
    """Shown again, in the warning, in the mail, behind the link, and on the page when a name is shown."""
    plain = shape(sign(stranger, is_at_risk="on").content.decode())
    texts = [text for text in corpus.TEXTS if "\n" not in text]
    for number, text in enumerate(texts):
        html = sign(stranger, comment=text, email="no address").content.decode()
        assert dangers(html) == [], text
        assert holds(html, text), text
        warning = sign(stranger, comment=text, is_at_risk="on").content.decode()
        assert (dangers(warning), shape(warning)) == ([], plain), text
        assert sign(stranger, comment=text, email=f"s{number}@s{number}.example").status_code == 303
    assert Signature.objects.count() == len(texts)


def test_a_shown_name_is_text(stranger, petition):
    for number, text in enumerate(["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{7*7}}"]):
        confirmed(petition, name=text, email=f"s{number}@signer.example", show_name=True)
    html = stranger.get(PAGE).content.decode()
    assert dangers(html) == []
    assert "<script>alert" not in html
    assert "{{7*7}}" in html


def test_mails_to_odd_names_are_one_plain_mail(stranger, petition):
    for number, text in enumerate(corpus.HEADER_BREAKS):
        sign(stranger, name=text[:100], email=f"s{number}@s{number}.example")
    assert OutboxMessage.objects.count() > 10
    for row in OutboxMessage.objects.all():
        mail = sent(OutboxQueue().prepare(row))
        assert mail["Subject"] == "Please confirm: your signature is waiting"
        assert dangers(mail.get_body(("html",)).get_content().replace(" style=", " class=")) == []


def test_any_field_may_be_missing_or_come_twice(stranger, petition):
    for field in (*SIGNER, "wording", "intent"):
        expected = 422 if field in ("name", "email", "postal_code") else 303
        changes = {"email": f"{field}@signer.example", field: None}
        assert sign(stranger, **changes).status_code == expected, field
    assert stranger.post(SIGN, {}).status_code == 422
    for intent in ("page-language", "edit", "knows-the-risk", "x" * 5_000):
        assert stranger.post(SIGN, {"intent": intent}).status_code in (200, 422)
    data = {name: ["https://evil.example", value] for name, value in SIGNER.items()}
    assert stranger.post(SIGN, data).status_code == 303


def test_an_odd_number_of_the_text_is_the_newest_text(stranger, petition):
    odd = ["", "0", "-1", "1e9", "9" * 18, "9" * 5_000, "１２", "²", "x", "1 OR 1=1", *corpus.TEXTS[:9]]
    for number, wording in enumerate(odd):
        assert sign(stranger, wording=wording, email=f"s{number}@s{number}.example").status_code == 303, wording
    assert Signature.objects.values("wording_version").distinct().count() == 1


def test_programs_get_an_answer(stranger, petition):
    for kind, body in corpus.BODIES:
        response = stranger.client.generic("POST", SIGN, body, content_type=kind, HTTP_ORIGIN="http://testserver")
        assert response.status_code in (400, 403, 413, 415, 422), (kind, body[:40])
    for method, path in itertools.product(corpus.METHODS_REFUSED, (PAGE, SIGN, "/act/petitions/open-door/count.json")):
        assert stranger.client.generic(method, path).status_code == 405, (method, path)
    assert stranger.client.post(PAGE, SIGNER, HTTP_ORIGIN="http://testserver").status_code in (403, 405)
    for path in ("/act/petitions/", "/act/petitions/x/count.json", "/en/act/petitions/", f"{PAGE}count.json"):
        assert stranger.get(path).status_code in (301, 302, 404), path
    assert not Signature.objects.exists()


def test_an_odd_query_does_not_change_the_page(stranger, petition):
    plain = stranger.get(PAGE).content
    count = stranger.get("/act/petitions/open-door/count.json").content
    for query in corpus.QUERIES:
        for path, expected in ((PAGE, plain), ("/act/petitions/open-door/count.json", count)):
            response = stranger.get(f"{path}?{query}")
            assert response.status_code < 500
            assert response.status_code != 200 or response.content == expected, query


def test_other_pages_cannot_post_the_form(stranger, petition):
    for name in ("Origin", "Referer", "Sec-Fetch-Site"):
        for value in [*corpus.HEADERS[name], ""]:
            assert stranger.client.post(SIGN, SIGNER, headers={name: value}).status_code == 403
    assert not Signature.objects.exists()


def test_no_page_tells_whether_an_address_has_signed(stranger, petition):
    paths = [PAGE, f"/zh-hant{PAGE[3:]}", INBOX, "/act/petitions/open-door/count.json"]
    before = [stranger.get(path).content for path in paths]
    services.confirm(signature_id=signed(petition).pk)
    for _ in range(5):
        answer = sign(stranger, show_name=None, comment="")
        assert (answer.status_code, answer["Location"], answer.content) == (303, INBOX, b"")
    assert [stranger.get(path).content for path in paths] == before
    wrong = sign(stranger, name="").content.decode()
    assert "already" not in wrong


def test_a_token_of_another_form_or_none_changes_nothing_for_the_signer(stranger, petition):
    token = issue_token("petition")
    for number, raw in enumerate([issue_token("letter"), token[:-1], token.upper(), "x" * 60_000, "陳"]):
        assert sign(stranger, form_token=raw, email=f"s{number}@s{number}.example").status_code == 303
    assert Signature.objects.count() == 5


def test_guessed_and_foreign_links_find_nothing(stranger, petition):
    from actions.confirmations import services as confirmations

    signature = signed(petition)
    tokens = [
        *(secrets.token_hex(32) for _ in range(20)),
        confirmations.issue(purpose="letter", object_id=signature.pk),
        confirmations.issue(purpose="petition", object_id=2**62),
    ]
    for code, token in zip(itertools.cycle(CODES), tokens, strict=False):
        path = f"/{code}/act/confirm/{token}/"
        for response in (stranger.get(path), stranger.post(path, {}), stranger.post(path, {"intent": "withdraw"})):
            assert response.status_code == 404
    signature.refresh_from_db()
    assert signature.state == "pending"
