"""The paper page as the browser prints it (Ctrl+P): the letters of the PDF, with what stands in the form.

What the writer types is not known here before it is posted; the page's script puts it into its places when it prints.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.forms import Form

from actions.letters.compose import lives_in
from actions.letters.draft_sheets import on_paper, text_of, words_to
from actions.letters.pdf import PaperLetter
from actions.letters.wizard import Draft
from actions.representatives.postal_codes import format_postal_code, normalise_postal_code

TYPED = ("name", "street_address", "own_words", "subject", "body")


@dataclass(frozen=True)
class PrintedPage:
    """One letter on paper: ``paper`` without its texts, which stand beside it as the form has them.

    ``is_writers_text``: subject and body are those of the form; else another text fits the person better.
    """

    paper: PaperLetter
    postal_code: str
    lives_in: str
    own_words: str
    body: str
    is_writers_text: bool


def printed_pages(draft: Draft, form: Form) -> list[PrintedPage]:
    """Return one page per person who can be written to at Parliament Hill; the form may be blank or not valid."""
    typed = {name: form[name].value() or "" if name in form.fields else "" for name in TYPED}
    typed["postal_code"] = _code(draft.postal_code)
    riding_name = draft.riding.localized_name(draft.language) if draft.riding else ""
    first = lives_in(text_of(typed), riding_name=riding_name, language=draft.language)
    pages = []
    for meant, paper in zip(draft.on_paper, on_paper(draft, typed), strict=True):
        body = words_to(draft, meant, typed)[1]
        code = format_postal_code(typed["postal_code"])
        pages.append(PrintedPage(paper, code, first, typed["own_words"], body, body == typed["body"]))
    return pages


def _code(typed: str) -> str:
    try:
        return normalise_postal_code(typed)
    except ValidationError:
        return ""
