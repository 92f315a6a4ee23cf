"""Changing a text by test, as an editor's revision does it."""

from __future__ import annotations

from typing import Any

from wagtail.models import Revision

from actions.wordings.models import WordingVersion
from actions.wordings.services import versions_of


def text_in(record: Any, language: str = "en") -> Any:
    return record.wordings.select_related("locale").get(locale__language_code=language)


def drafted(record: Any, language: str = "en", *, said: str = "", by: Any = None, **columns: Any) -> Revision:
    """A draft with other words, and with its editor's answer where there is one."""
    wording = text_in(record, language)
    for name, value in columns.items():
        setattr(wording, name, value)
    if said:
        newest = versions_of(wording).first()
        wording.said_change, wording.said_of, wording.said_by = said, wording.answer_key(newest), by
    return wording.save_revision(user=by)


def changed(record: Any, language: str = "en", *, said: str = "", by: Any = None, **columns: Any) -> Any:
    """Publish other words and return the text as it stands then."""
    drafted(record, language, said=said, by=by, **columns).publish()
    return text_in(record, language)


def newest(record: Any, language: str = "en") -> WordingVersion:
    version = versions_of(text_in(record, language)).first()
    assert version is not None
    return version
