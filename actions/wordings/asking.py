"""The question that a changed text raises: a typo, or something else than what people agreed to?"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Max
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail.admin.compare import diff_text

from actions.wordings.former import is_acted_on
from actions.wordings.models import Wording, WordingVersion
from actions.wordings.services import versions_of


@dataclass(frozen=True)
class Difference:
    """One field as it was and as it is now; ``marked`` is both in one, what is gone and what is new marked."""

    label: str
    marked: SafeString


class ChangeQuestion:
    """What is asked about one text as it stands in a form or in a draft. It reads only what it is asked for."""

    def __init__(self, wording: Wording) -> None:
        self.wording = wording

    @cached_property
    def newest(self) -> WordingVersion | None:
        return versions_of(self.wording).first() if self.wording.locale_id else None  # a preview may have no language

    @property
    def number(self) -> int:
        """The number of the version that is compared with; 0 where none was published."""
        return self.newest.number if self.newest else 0

    @cached_property
    def since(self) -> str:
        """What an answer was given before: this version, and what the languages asked for; changes with either."""
        live = type(self.wording)._default_manager.filter(translation_key=self.wording.translation_key, live=True)
        return f"{self.number}.{live.aggregate(most=Max('demand'))['most'] or 0}"

    @cached_property
    def key(self) -> str:
        return self.wording.answer_key(self.newest) if self.newest else ""

    @cached_property
    def before(self) -> dict[str, str]:
        return self.wording.ask_in(self.newest.content) if self.newest else {}

    @cached_property
    def now(self) -> dict[str, str]:
        return self.wording.ask()

    @property
    def differs(self) -> bool:
        return self.newest is not None and self.before != self.now

    @cached_property
    def is_required(self) -> bool:
        """Somebody has acted on a text of the record: publishing another one needs an answer."""
        return self.newest is not None and is_acted_on(self.wording)

    @cached_property
    def is_asked(self) -> bool:
        """Before the first action the answer only says whether the other languages are to follow."""
        others = type(self.wording)._default_manager.filter(translation_key=self.wording.translation_key, live=True)
        return self.newest is not None and (self.is_required or others.exclude(pk=self.wording.pk).exists())

    @property
    def answered(self) -> str:
        """What was said of just this difference; blank for none."""
        return self.wording.said_change if self.differs and self.wording.said_of == self.key else ""

    @property
    def fields(self) -> list[str]:
        """The fields that people act on, as the form calls them."""
        return [_label(self.wording, name) for name in self.wording.ask_fields]

    @property
    def differences(self) -> list[Difference]:
        changed = [name for name, text in self.now.items() if text != self.before.get(name, "")] if self.differs else []
        return [
            Difference(_label(self.wording, name), _marked(self.before.get(name, ""), self.now[name]))
            for name in changed
        ]


def _label(wording: Wording, name: str) -> str:
    label = str(getattr(wording._meta.get_field(name), "verbose_name", name))
    return label[:1].upper() + label[1:]


def _marked(before: str, now: str) -> SafeString:
    parts = [
        format_html({"addition": "<ins>{}</ins>", "deletion": "<del>{}</del>"}.get(kind, "{}"), text)
        for kind, text in diff_text(before, now).changes
    ]
    return SafeString("".join(parts))
