"""The signatures of a petition as a file that names nobody and in which nobody can be found.

A riding, a language and a day can point at one household, so the file is made of numbers: how many signatures of a
month share a riding and a language. Where fewer than ten do, the riding's languages are told together, then those of
the province, then of everywhere; what is left out of a row is told in none. The order says nothing either.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from django import forms
from django.db import models
from django.db.models import Count, Func, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from actions.exports.definitions import Choice, Export, Extent, Row
from actions.exports.forms import ExportForm
from actions.petitions.models import Petition, Signature
from actions.petitions.numbers import SMALL_CELL
from actions.petitions.states import Place, SignatureState
from actions.representatives.models import Riding
from home.languages import current_language, own_name

NOT_TOLD = _("not told: fewer than ten")


class Which(models.TextChoices):
    COUNTED = "counted", _("those that count")
    ALL = "all", _("all, with what became of them")


class SignaturesForm(ExportForm):
    petition = forms.ModelChoiceField(label=_("Petition"), queryset=Petition.objects.order_by("name"))
    which = forms.ChoiceField(
        label=_("Which signatures"), choices=Which.choices, initial=Which.COUNTED, widget=forms.RadioSelect
    )


class MonthOf(Func):
    """The month of a time, by UTC, as something whose text begins with "2026-05"."""

    output_field = models.CharField()

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        return super().as_sql(compiler, connection, template="date_trunc('month', %(expressions)s, 'UTC')", **extra)

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        return super().as_sql(compiler, connection, template="substr(%(expressions)s, 1, 7)", **extra)


class Spot(NamedTuple):
    """What the signatures of one cell have in common."""

    where: str
    riding: str
    language: str


class SignaturesExport(Export):
    name = "signatures"
    label = _("Signatures of a petition")
    explanation = _(
        "One row for each signature, without any name or address: month, state, province, riding, language. What fewer "
        "than ten signatures of a month have in common is not told, so that nobody can be found in the file."
    )
    permission = "actions.export_signature"
    is_personal = False
    form_class = SignaturesForm

    def headings(self) -> Sequence[str]:
        return (
            gettext("No."), gettext("Month"), gettext("State"), gettext("Province or territory"), gettext("Riding"),
            gettext("Language"), gettext("On paper"),
        )  # fmt: skip

    def measure(self, choice: Choice) -> Extent:
        return Extent(signatures(choice).count() + choice["petition"].paper_signatures)

    def rows(self, choice: Choice, extent: Extent) -> Iterator[Row]:
        states, yes, no = dict(SignatureState.choices), gettext("yes"), gettext("no")
        # All of them before the first leaves, so that the database does not wait for a slow reader: they are few.
        for state, month, spot, count in list(cells_of(signatures(choice))):
            yield Row((month, str(states[state]), spot.where, spot.riding, spot.language, no), count)
        if on_paper := choice["petition"].paper_signatures:
            yield Row(("", "", "", "", "", yes), on_paper)

    def in_words(self, choice: Choice) -> str:
        return f"petition {choice['petition'].pk}, {choice['which']}"


def signatures(choice: Choice) -> QuerySet[Any]:
    found = Signature.objects.filter(petition=choice["petition"])
    return found if choice["which"] == Which.ALL else found.filter(state=SignatureState.CONFIRMED)


def cells_of(rows: QuerySet[Any]) -> Iterator[tuple[str, str, Spot, int]]:
    """Yield state, month, what is told of the place and the language, and how many signatures that is; two queries."""
    language, not_known = current_language(), gettext("not known")
    ridings = {
        riding.pk: (str(riding.get_province_display()), riding.localized_name(language))
        for riding in Riding.objects.all()
    }
    elsewhere = {Place.ABROAD: (gettext("outside Canada"), "")}
    counted = (
        rows.annotate(month=MonthOf(Coalesce("confirmed_at", "signed_at")))
        .values_list("state", "month", "place", "riding", "language")
        .annotate(count=Count("pk"))
        .order_by()
    )
    # Neither sorted there nor read by a cursor, for which PostgreSQL would use one process and its disk.
    cells = [(state, str(month)[:7], *rest) for state, month, *rest in counted]
    cells.sort(key=itemgetter(0, 1))
    for (state, month), group in groupby(cells, key=itemgetter(0, 1)):
        spots = Counter[Spot]()
        for _state, _month, place, riding, code, count in group:
            where = ridings.get(riding) or elsewhere.get(place) or (not_known, "")
            spots[Spot(*where, own_name(code))] += count
        for spot, count in told(spots):
            yield state, month, spot, count


def told(spots: Counter[Spot]) -> Iterator[tuple[Spot, int]]:
    """Yield what may be told: each spot of at least ten, the others with their like, less each time."""
    hidden = str(NOT_TOLD)
    for less in ({"language": hidden}, {"riding": hidden}, {"where": hidden}):
        small = Counter[Spot]()
        for spot, count in sorted(spots.items()):
            if count >= SMALL_CELL:
                yield spot, count
            else:
                small[spot._replace(**less)] += count
        spots = small
    yield from spots.items()
