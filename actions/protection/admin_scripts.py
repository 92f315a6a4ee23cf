"""The nonce of the page being rendered, for the few inline scripts that Wagtail's admin still writes.

Wagtail 8 starts date, time and chooser fields and inline panels by inline scripts. Their templates are overridden under
``templates/wagtailadmin`` to carry the nonce, so that the admin keeps a policy under which injected scripts do not run
(https://developer.mozilla.org/en-US/docs/Web/HTTP/Reference/Headers/Content-Security-Policy/script-src#nonces). Widgets
do not know the request, hence the context variable. Compare the overrides with the originals on every Wagtail upgrade.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from wagtail.admin.widgets.chooser import BaseChooser

_make_nonce: ContextVar[Callable[[], str] | None] = ContextVar("make_nonce", default=None)


@contextmanager
def nonce_for_this_request(make_nonce: Callable[[], str]) -> Iterator[None]:
    """Let inline scripts rendered inside ask ``make_nonce``; it is called only when there is such a script."""
    mark = _make_nonce.set(make_nonce)
    try:
        yield
    finally:
        _make_nonce.reset(mark)


def nonce_attribute() -> SafeString:
    """Return ``nonce="…"`` for a script tag, or nothing when no page is being rendered."""
    make_nonce = _make_nonce.get()
    return format_html('nonce="{}"', make_nonce()) if make_nonce else SafeString("")


def carry_nonce_in_choosers() -> None:
    """Make Wagtail's choosers write the nonce; the body is ``BaseChooser.render`` of Wagtail 8.0 plus the attribute."""
    BaseChooser.render = _render_chooser


def _render_chooser(
    self: BaseChooser, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
) -> SafeString:
    id_ = (attrs or {}).get("id")
    if not id_:
        raise TypeError("BaseChooser cannot be rendered without an 'id' attribute")
    value_data = self.get_value_data(value)
    widget_html = self.render_html(name, value_data, attrs)
    script = self.render_js_init(id_, name, value_data)
    return mark_safe(f"{widget_html}<script {nonce_attribute()}>{script}</script>")  # noqa: S308  # as Wagtail has it
