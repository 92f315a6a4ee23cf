"""Web addresses in the text of a mail are links in every language, and nothing else is."""

import pytest

from actions.outbox.shown_links import with_links

URL = "https://achk.example/zh-hant/subscribe/leave/abc/"


@pytest.mark.parametrize("host", ["achk.ca", "www.achk.org"])
@pytest.mark.parametrize(
    "sentence",
    [
        "To leave: {url}",
        "Pour partir : {url}",
        "如不想再收到，即時生效：{url}",
        "詳情：{url}。謝謝",
        "（見{url}）",
        "See ({url}).",
    ],
)
def test_the_address_alone_is_the_link(sentence, host):
    url = URL.replace("achk.example", host)
    assert f'<a href="{url}">{url}</a>' in with_links(sentence.format(url=url))


def test_nothing_else_becomes_markup():
    shown = with_links('<b>x</b> javascript:alert(1) https://a.example/?q="><script> & more')
    assert "<b>" not in shown
    assert "<script" not in shown
    assert shown.count("<a ") == 1
    assert "&amp; more" in shown
