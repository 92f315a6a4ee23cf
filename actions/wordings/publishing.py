"""A wording was published: freeze its text, judge the change, and note where that leaves it and the other languages.

A demand is what the texts of one record ask for, whatever their language. A material change raises it, so that the
other languages are behind; a text that follows takes over the number and leads nobody.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Max
from wagtail.log_actions import log

from actions.wordings.former import former_texts, how_many_acted_before, is_acted_on
from actions.wordings.models import ANSWER, STANDING, Wording, WordingVersion
from actions.wordings.services import current_version, freeze, versions_of
from actions.wordings.states import Change
from home.translations.missing import translation_of

LOGGED = {Change.TYPO: "wordings.typo", Change.MATERIAL: "wordings.material"}


@dataclass(frozen=True)
class Verdict:
    """How a text changed, whether its editor said so, and whether it follows the change of another language."""

    change: Change
    is_said: bool = False
    follows: bool = False


def note_publication(wording: Wording, revision: Any = None) -> WordingVersion | None:
    """Freeze the text that has just gone live and return its version; None while it is only scheduled.

    The texts of the record are locked first: two languages that change at once must not both get the same number.
    """
    if not wording.live:
        return None
    with transaction.atomic():
        texts = locked_texts(wording)
        newest = versions_of(wording).first()
        verdict = judge(wording, newest)
        others = [text for text in texts if text.live]
        for text in others if verdict.change == Change.MATERIAL else ():
            current_version(text)  # an imported text may have none yet, and what comes after it has to be compared
        demand, follows = _next_demand(wording, verdict.change, newest, others)
        if follows and verdict.change != Change.AROUND and newest is not None:
            verdict = Verdict(Change.MATERIAL, follows=True)
        version = freeze(wording, change=verdict.change, demand=demand)
        if verdict.change != Change.MATERIAL:
            carry(version, demand)
        elif newest is not None and not follows and demand > newest.demand:
            _rejoin(wording, version, newest)
        _log(wording, version, newest, verdict, revision)
        settle(wording, demand)
        return version


def locked_texts(wording: Wording) -> list[Any]:
    """Lock the record's texts in all languages and return the others, in a transaction."""
    rows = type(wording)._default_manager.select_for_update(of=("self",)).select_related("locale")
    found = rows.filter(translation_key=wording.translation_key).order_by("pk")
    return [text for text in found if text.pk != wording.pk]


def judge(wording: Wording, newest: WordingVersion | None) -> Verdict:
    """Compare the text with the newest version; an answer counts for just this difference.

    Without an answer a text that somebody has acted on has changed materially: silence must not hide a change.
    """
    if newest is None:
        return Verdict(Change.FIRST)
    if wording.ask_in(newest.content) == wording.ask():
        return Verdict(Change.AROUND)
    if wording.said_change and wording.said_of == wording.answer_key(newest):
        return Verdict(Change(wording.said_change), is_said=True)
    return Verdict(Change.MATERIAL if is_acted_on(wording) else Change.UNASKED)


def _next_demand(
    wording: Wording, change: Change, newest: WordingVersion | None, others: Sequence[Wording]
) -> tuple[int, bool]:
    """Return the text's demand, and whether it has got it by following another language."""
    mine = newest.demand if newest else wording.demand
    ahead = max((text.demand for text in others), default=0)
    translation = translation_of(wording)
    if translation is not None:
        source = leading_source(translation)
        if source is not None and source.demand > mine:
            return source.demand, True
    elif newest is None:
        return max(mine, ahead), ahead > mine
    if mine < ahead:
        is_rewritten = translation is None and change in (Change.MATERIAL, Change.UNASKED)
        return (ahead, True) if is_rewritten else (mine, False)
    return (_unused_demand(wording), False) if change == Change.MATERIAL else (mine, False)


def leading_source(translation: Any) -> Any:
    """Return the text that a translation was made from, when it is made from what that text asks for now; else None."""
    source = translation.source
    model = source.specific_content_type.model_class()
    text = model._default_manager.filter(translation_key=source.object_id, locale_id=source.locale_id).first()
    return text if text is not None and source.as_instance().ask() == text.ask() else None


def _unused_demand(wording: Wording) -> int:
    used = versions_of_record(wording).aggregate(most=Max("demand"))["most"] or 0
    texts = type(wording)._default_manager.filter(translation_key=wording.translation_key)
    return 1 + max(used, texts.aggregate(most=Max("demand"))["most"] or 0)


def versions_of_record(wording: Wording) -> Any:
    """Return the frozen versions in all languages."""
    return WordingVersion.objects.filter(kind=wording._meta.label, translation_key=wording.translation_key)


def carry(version: WordingVersion, demand: int) -> None:
    """Give the version, and those just before it that asked for the same, this demand: they say what it says."""
    if version.demand == demand:
        return
    same = []
    earlier = WordingVersion.objects.filter(
        kind=version.kind, translation_key=version.translation_key, language=version.language
    )
    for one in earlier.filter(number__lte=version.number).order_by("-number").defer("content"):
        same.append(one.pk)
        if one.change in (Change.MATERIAL, Change.FIRST):
            break
    WordingVersion.objects.filter(pk__in=same).update(demand=demand)
    version.demand = demand


def _rejoin(wording: Wording, version: WordingVersion, left: WordingVersion) -> None:
    """Back to an earlier text: whoever acted on that one, in whatever language, has acted on the present one."""
    ask = wording.ask()
    for former in versions_of(wording).exclude(demand__in=(version.demand, left.demand)):
        if wording.ask_in(former.content) == ask:
            texts = type(wording)._default_manager.filter(translation_key=wording.translation_key)
            for rows in (texts, versions_of_record(wording)):
                rows.filter(demand=former.demand).update(demand=version.demand)
            return


def settle(wording: Wording, demand: int) -> None:
    """Write where the text stands now, and forget the answer: it was about this change."""
    former = former_texts(wording, demand)
    wording.demand = demand
    wording.changed_at = former.changed_at
    wording.text_before = former.texts[0].version.number if former.texts else None
    wording.acted_before = how_many_acted_before(wording) if former.texts else 0
    wording.said_change, wording.said_of, wording.said_by = "", "", None
    columns = {name: getattr(wording, name) for name in (*STANDING, *ANSWER)}
    type(wording)._default_manager.filter(pk=wording.pk).update(**columns)


def _log(
    wording: Wording, version: WordingVersion, newest: WordingVersion | None, verdict: Verdict, revision: Any
) -> None:
    """Who called a change what stays in the history: a material change that was called a typo is to be seen."""
    if newest is None or version == newest or verdict.change not in LOGGED:
        return
    log(
        instance=wording,
        action=LOGGED[verdict.change],
        user=wording.said_by if verdict.is_said else None,
        revision=revision,
        data={
            "from": newest.number,
            "to": version.number,
            "is_said": verdict.is_said,
            "follows": verdict.follows,
        },
    )
