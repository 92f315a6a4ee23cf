"""Where rooms meet without importing each other.

A room hands in what it offers when the app is ready; the general rooms (confirmations, outbox, privacy) look it up by
name. Everything here is filled once per process and never changes afterwards.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from django.db.models import Model, QuerySet
    from django.http import HttpRequest

    from actions.exports.definitions import Export
    from actions.outbox.queues import Queue


@dataclass(frozen=True)
class PeriodicJob:
    """Work that is due every ``every``; it runs exactly once per due time, whatever the number of workers."""

    name: str
    every: timedelta
    run: Callable[[datetime], None]


@dataclass(frozen=True)
class Chore:
    """Work that every worker looks for in each round, about once a second; ``run`` returns whether there was any.

    Looking must cost next to nothing, and several workers may run it at once.
    """

    name: str
    run: Callable[[datetime], bool]


@dataclass(frozen=True)
class ConfirmPage:
    """What the page behind a mailed link shows; ``action`` is the form's ``data-action``.

    ``is_done`` means that the POST has already acted: the page then says so and offers no button.
    """

    template: str
    context: dict[str, Any] = field(default_factory=dict)
    is_done: bool = False


class ConfirmHandler(Protocol):
    """What a mailed link does. ``show`` never writes; ``act`` is idempotent and called for a POST only."""

    purpose: str

    def show(self, object_id: int, request: HttpRequest) -> ConfirmPage | None: ...

    def act(self, object_id: int, request: HttpRequest) -> None: ...


@dataclass(frozen=True)
class PersonalDataSource:
    """A model that holds personal data, and how it is found, told and forgotten.

    ``find(email)`` yields the rows of one person, ``tell(row)`` returns what is held as plain text by label,
    ``erase(row)`` blanks it, ``retire(now)`` carries out the declared retention and returns how many rows it blanked.
    """

    name: str
    model: type[Model]
    find: Callable[[str], Iterator[Any]]
    tell: Callable[[Any], dict[str, str]]
    erase: Callable[[Any], None]
    retire: Callable[[datetime], int]


@dataclass(frozen=True)
class PublicPage:
    """A public address of a room's own by language (path from the root), for the sitemap; each with its last change."""

    paths: Mapping[str, str]
    changed_at: Mapping[str, datetime | None] = field(default_factory=dict)


@dataclass(frozen=True)
class OpenAction:
    """Something that can be done now for a campaign; ``language`` is the title's, ``call`` what its button says."""

    title: str
    language: str
    call: str
    url: str


@dataclass(frozen=True)
class Finding:
    """What an editor should know before publishing; it warns and never blocks. ``url`` is where it can be mended."""

    text: str
    url: str = ""


@dataclass(frozen=True)
class Attachment:
    """A file to go with a mail; ``name`` is ASCII."""

    name: str
    content: bytes
    mimetype: str


@dataclass(frozen=True)
class Acts:
    """The actions that refer to a kind of wording by ``wording_version``.

    ``standing`` are those that have not ended, ``counted`` those that the public number holds.
    """

    standing: Callable[[], QuerySet[Any]]
    counted: Callable[[], QuerySet[Any]]


_confirm_handlers: dict[str, ConfirmHandler] = {}
_queues: dict[str, Queue[Any]] = {}
_jobs: dict[str, PeriodicJob] = {}
_chores: dict[str, Chore] = {}
_sources: dict[str, PersonalDataSource] = {}
_wanted: dict[str, Callable[[int], bool]] = {}
_public_pages: dict[str, Callable[[], Iterable[PublicPage]]] = {}
_open_actions: dict[str, Callable[[int, str], Iterable[OpenAction]]] = {}
_readiness: dict[str, Callable[[Any], Iterable[Finding]]] = {}
_exports: dict[str, Export] = {}
_attachments: dict[str, Callable[[dict[str, Any]], Attachment]] = {}
_acts: dict[str, Acts] = {}


def _add(shelf: dict[str, Any], name: str, thing: Any) -> None:
    if name in shelf and shelf[name] is not thing:
        raise RuntimeError(f"'{name}' is registered twice.")
    shelf[name] = thing


def register_confirm_handler(handler: ConfirmHandler) -> None:
    _add(_confirm_handlers, handler.purpose, handler)


def confirm_handler(purpose: str) -> ConfirmHandler | None:
    return _confirm_handlers.get(purpose)


def register_queue(queue: Queue[Any]) -> None:
    _add(_queues, queue.name, queue)


def queues() -> list[Queue[Any]]:
    return list(_queues.values())


def register_job(job: PeriodicJob) -> None:
    _add(_jobs, job.name, job)


def jobs() -> list[PeriodicJob]:
    return list(_jobs.values())


def register_chore(chore: Chore) -> None:
    _add(_chores, chore.name, chore)


def chores() -> list[Chore]:
    return list(_chores.values())


def register_wanted(kind: str, is_wanted: Callable[[int], bool]) -> None:
    """Ask ``is_wanted`` with the number that ``enqueue`` was given as ``about``, just before such a mail leaves."""
    _add(_wanted, kind, is_wanted)


def is_wanted(kind: str, about: int) -> bool:
    """Return whether anybody still waits for the mail; a kind that nobody registered always is."""
    return kind not in _wanted or _wanted[kind](about)


def register_attachment(kind: str, build: Callable[[dict[str, Any]], Attachment]) -> None:
    """Call ``build`` with the data that ``enqueue`` was given, just before the mail leaves: no file is stored."""
    _add(_attachments, kind, build)


def attachment(kind: str, data: dict[str, Any]) -> Attachment:
    """Build an attachment. Raises KeyError for a kind that nobody registered, and whatever its builder raises."""
    return _attachments[kind](data)


def register_source(source: PersonalDataSource) -> None:
    _add(_sources, source.name, source)


def sources() -> list[PersonalDataSource]:
    return list(_sources.values())


def register_public_pages(name: str, pages: Callable[[], Iterable[PublicPage]]) -> None:
    _add(_public_pages, name, pages)


def public_pages() -> Iterator[PublicPage]:
    """Yield the addresses of all rooms that search engines should know now."""
    for pages in _public_pages.values():
        yield from pages()


def register_open_actions(name: str, find: Callable[[int, str], Iterable[OpenAction]]) -> None:
    """``find`` yields a room's open actions of the campaign of that number, for readers of that language."""
    _add(_open_actions, name, find)


def open_actions(campaign_id: int, language: str) -> Iterator[OpenAction]:
    """Yield what else can be done now for a campaign, room by room; texts are in the active language."""
    for find in _open_actions.values():
        yield from find(campaign_id, language)


def register_readiness(label: str, find: Callable[[Any], Iterable[Finding]]) -> None:
    """``find`` yields what is to be said about a record, text or page of the model before it is published."""
    _add(_readiness, label, find)


def findings_about(record: Any) -> Iterator[Finding]:
    """Yield what its room says about a record, text or page; nothing for a model that no room speaks for."""
    if find := _readiness.get(record._meta.label):
        yield from find(record)


def register_acts(kind: str, acts: Acts) -> None:
    """Say who acts on a wording's texts; ``kind`` is the wording model's label, such as ``actions.PetitionWording``."""
    _add(_acts, kind, acts)


def acts_on(kind: str) -> Acts | None:
    return _acts.get(kind)


def register_export(export: Export) -> None:
    _add(_exports, export.name, export)


def exports() -> list[Export]:
    return list(_exports.values())
