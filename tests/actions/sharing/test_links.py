"""What a shared link says: the action's address, its text and where it was shared; nothing about the person."""

from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from actions.sharing.links import NETWORKS, ShareKit

KIT = ShareKit(url="https://achk.example/zh-hant/act/letters/safe-harbour/", text="救生艇 & 100 % ? #去信")


@pytest.mark.parametrize("link", KIT.links, ids=lambda link: link.source)
def test_each_link_carries_address_and_source_and_no_sign_breaks_out(link):
    said = unquote(link.href)
    assert f"{KIT.url}?from={link.source}" in said
    assert "#" not in link.href
    query = parse_qs(urlsplit(link.href).query)
    assert all(KIT.text in value for name in ("text", "subject", "body") for value in query.get(name, []))


def test_a_network_that_takes_a_text_gets_it_once():
    hrefs = {link.source: unquote(link.href) for link in KIT.links}
    assert hrefs["whatsapp"] == f"https://wa.me/?text={KIT.text}\n{KIT.url}?from=whatsapp"
    assert hrefs["x"].count(KIT.text) == 1
    assert KIT.text not in hrefs["facebook"]


def test_every_link_leads_over_https_or_to_the_mail_program():
    assert {network.address.partition(":")[0] for network in NETWORKS} == {"https", "mailto"}


def test_the_sheet_and_the_copied_link_have_tags_of_their_own():
    assert (KIT.for_sheet, KIT.for_copying) == (f"{KIT.url}?from=share", f"{KIT.url}?from=copy")
