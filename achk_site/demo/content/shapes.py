"""The shapes that the demo's content is written in; the loader turns them into Wagtail's blocks."""

from __future__ import annotations

from dataclasses import dataclass, field

from achk_site.demo.texts import Text


@dataclass(frozen=True)
class Heading:
    text: Text


@dataclass(frozen=True)
class Words:
    """Paragraphs and lists, with the marks of :mod:`achk_site.demo.texts`."""

    text: Text


@dataclass(frozen=True)
class Quote:
    text: Text
    source: Text


@dataclass(frozen=True)
class Call:
    """A way on: ``target`` is the slug of a page of the demo."""

    heading: Text
    text: Text
    label: Text
    target: str


@dataclass(frozen=True)
class Fact:
    figure: Text
    meaning: Text
    source: Text | None = None
    source_url: str = ""


@dataclass(frozen=True)
class Facts:
    items: tuple[Fact, ...]


@dataclass(frozen=True)
class Notice:
    heading: Text
    text: Text


@dataclass(frozen=True)
class Group:
    """A member group; invented, like all of them."""

    name: Text
    city: Text
    work: Text


@dataclass(frozen=True)
class Groups:
    items: tuple[Group, ...]


@dataclass(frozen=True)
class Picture:
    """The drawn harbour; ``alt`` says what it shows."""

    alt: Text
    caption: Text


@dataclass(frozen=True)
class LetterForm:
    """Where the demo's letter campaign stands on a page."""


@dataclass(frozen=True)
class PetitionForm:
    """Where the demo's petition stands on a page."""


@dataclass(frozen=True)
class DonationForm:
    """Where the demo's appeal stands on a page."""


@dataclass(frozen=True)
class SubscribeForm:
    """The sign-up for updates."""

    heading: Text
    text: Text


@dataclass(frozen=True)
class NextEvents:
    """What comes next, by itself."""

    heading: Text


Piece = (
    Heading
    | Words
    | Quote
    | Call
    | Facts
    | Notice
    | Groups
    | Picture
    | LetterForm
    | PetitionForm
    | DonationForm
    | SubscribeForm
    | NextEvents
)


@dataclass(frozen=True)
class PageContent:
    slug: str
    title: Text
    summary: Text
    pieces: tuple[Piece, ...] = field(default=())


@dataclass(frozen=True, kw_only=True)
class Article(PageContent):
    """An article of the news: ``picture`` names one of the demo's drawings, and ``alt`` says what it shows."""

    kind: str
    days_ago: int
    topics: tuple[str, ...]
    authors: Text | None = None
    picture: str = ""
    alt: Text | None = None


@dataclass(frozen=True)
class Recording:
    """Where a webinar can be seen again: an invented address."""

    url: str
    minutes: int
    days_ago: int
    captions: Text
    transcript: Text


@dataclass(frozen=True, kw_only=True)
class Resource(PageContent):
    """A toolkit, guide or recording; ``file`` is the text of a file to download, ``texts`` are to be passed on."""

    kind: str
    days_ago: int
    topics: tuple[str, ...]
    version: int = 1
    version_note: Text | None = None
    texts: Text | None = None
    action: Piece | None = None
    recording: Recording | None = None
    file: tuple[Text, Text] | None = None
