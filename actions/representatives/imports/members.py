"""Imports the Members of Parliament: who sits where from the House, addresses from Represent.

A member whose riding cannot be told by name is reported and never placed by guess; a row that an editor keeps by hand
is never touched; who left stays as history.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from actions.representatives.imports.contacts import Contact, Contacts, contacts
from actions.representatives.imports.house import MEMBERS_URL, HouseMember, house_members
from actions.representatives.imports.outcome import (
    FEWEST_ROWS,
    DryRun,
    ImportRefused,
    Report,
    refuse_if_much_changes,
    refuse_if_small,
    run_import,
)
from actions.representatives.matching import fold
from actions.representatives.models import Representative, Riding
from actions.representatives.parties import french_party_name
from actions.representatives.records import ImportRun

STALE_AFTER = timedelta(days=7)


def members_are_stale(now: datetime) -> bool:
    """No good import of members in the last 7 days: addresses may be out of date."""
    done = ImportRun.objects.filter(source=ImportRun.Source.MEMBERS, outcome=ImportRun.Outcome.DONE)
    return not done.filter(finished_at__gt=now - STALE_AFTER).exists()


def import_members(
    *, house: str = "", contact_list: str = "", is_dry_run: bool = False, accept_large_change: bool = False
) -> Report:
    """Bring the table in line with the two sources: paths or addresses, empty for the House's and Represent's own.

    Raises ImportFailed and ImportRefused; the last good rows then stay as they were.
    """

    def work(report: Report) -> None:
        if Riding.objects.count() < FEWEST_ROWS:
            raise ImportRefused("The ridings are missing: run import_ridings first.")
        listed = house_members(house or MEMBERS_URL)
        refuse_if_small(len(listed), "members")
        addresses = contacts(contact_list)
        with transaction.atomic():
            plan = _Plan(report, addresses)
            plan.place(listed)
            plan.retire_the_others()
            refuse_if_small(report.rows, "members with a riding that we know")
            refuse_if_much_changes(
                changed=len(plan.changed_seats),
                before=plan.seats_before,
                what="seats",
                is_accepted=accept_large_change,
            )
            plan.write(timezone.now())
            if is_dry_run:
                raise DryRun

    return run_import(ImportRun.Source.MEMBERS, work, is_dry_run=is_dry_run)


@dataclass
class _Plan:
    """What shall change. Rows are changed in memory first, so that a refusal writes nothing."""

    report: Report
    addresses: Contacts
    seats_before: int = 0
    changed_seats: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        people = list(Representative.objects.select_for_update(of=("self",)).select_related("riding"))
        self._by_number = {person.person_id: person for person in people if person.person_id}
        self._by_seat = {person.riding_id: person for person in people if person.is_current and person.riding_id}
        self._current = [person for person in people if person.is_current]
        self._ridings = _ridings_by_name()
        self._listed: list[Representative] = []
        self._to_save: list[Representative] = []
        self.seats_before = len(self._by_seat)

    def place(self, listed: list[HouseMember]) -> None:
        """Seat those whose riding we know first: only then is clear whose seat was given away."""
        taken: set[int] = set()
        unplaced = []
        for member in listed:
            riding = self._ridings.get(fold(member.riding_name))
            if riding is None:
                unplaced.append(member)
                continue
            if riding.fed_num in taken:
                raise ImportRefused(f"The source lists two members for {riding} ({riding.fed_num}).")
            taken.add(riding.fed_num)
            self._seat(member, riding)
        for member in unplaced:
            self._keep_where_they_were(member)

    def retire_the_others(self) -> None:
        """Current members whom the House does not list any more."""
        listed = {person.pk for person in self._listed}
        for person in self._current:
            if person.pk in listed:
                continue
            if person.locked_by_editor:
                self.report.say(f"{person.name} is kept by hand, but the House does not list them for {person.riding}.")
                continue
            self.report.say(f"{person.name} left {person.riding}.")
            self._note_change(person.riding_id)
            person.is_current = False
            self._to_save.append(person)

    def write(self, now: datetime) -> None:
        """Seats are freed before they are taken, or the one-per-riding rule would stop a swap."""
        changed = [person.pk for person in self._to_save if person.pk]
        Representative.objects.filter(pk__in=changed).update(is_current=False)
        for person in self._to_save:
            person.save()
        seen = [person.pk for person in self._listed if not person.locked_by_editor]
        Representative.objects.filter(pk__in=seen).update(fetched_at=now)
        if not self._to_save:
            self.report.say("Nothing changed.")

    def _seat(self, member: HouseMember, riding: Riding) -> None:
        holder = self._by_seat.get(riding.fed_num)
        person = self._person(member, holder)
        self.report.rows += 1
        if person.locked_by_editor:
            self._listed.append(person)
            if person.riding_id != riding.fed_num or not person.is_current:
                self.report.say(f"{person.name} is kept by hand; the House lists them for {riding}.")
            return
        if holder is not None and holder.locked_by_editor and holder is not person:
            self.report.say(f"{riding} is kept by hand for {holder.name}; the House lists {member.name}.")
            return
        if self._update(person, member, riding):
            self._to_save.append(person)
        self._listed.append(person)

    def _person(self, member: HouseMember, holder: Representative | None) -> Representative:
        """The row of this very person; the name alone counts only for the seat's holder, and only without a number."""
        known = self._by_number.get(member.person_id) if member.person_id else None
        if known is not None:
            return known
        is_same = holder is not None and fold(holder.name) == fold(member.name)
        if holder is not None and is_same and None in (holder.person_id, member.person_id):
            return holder
        return Representative(is_current=False)

    def _update(self, person: Representative, member: HouseMember, riding: Riding) -> bool:
        """Change the row in memory; True when anything differs."""
        old = _State.of(person)
        contact = self.addresses.of(
            person_id=member.person_id, name=member.name, riding_names=[member.riding_name, riding.name_en]
        )
        person.riding, person.is_current, person.source = riding, True, "House of Commons"
        person.person_id = member.person_id or person.person_id
        person.first_name, person.last_name, person.honorific = member.first_name, member.last_name, member.honorific
        person.party_name_en, person.party_name_fr = member.party, french_party_name(member.party)
        person.gender = (contact.gender if contact else "") or member.gender or person.gender
        if contact is not None:
            _take_contact(person, contact)
        new = _State.of(person)
        self._tell(person, old, new)
        return old != new

    def _tell(self, person: Representative, old: _State, new: _State) -> None:
        seat_changed = old.seat != new.seat
        if seat_changed and old.seat is None:
            self.report.say(f"{person.name} is new in {person.riding}.")
        elif seat_changed:
            self.report.say(f"{person.name} moved to {person.riding}.")
            self._note_change(old.seat)
        if old.email != new.email and old.seat is not None:
            self.report.say(
                f"{person.name}: the e-mail is now {new.email or 'not listed'} (was {old.email or 'empty'})."
            )
        if old.identity != new.identity and old.seat is not None and not seat_changed:
            self.report.say(f"{person.name}: name, title or party changed.")
        lost_something = old.seat is not None and (
            old.identity != new.identity or (old.email and old.email != new.email)
        )
        if seat_changed or lost_something:
            self._note_change(new.seat)
        if not new.email and old.seat is None:
            self.report.say(f"{person.name}: no e-mail is listed.")

    def _keep_where_they_were(self, member: HouseMember) -> None:
        """A riding name that we do not know: someone already known keeps the seat, unless the House gave it away."""
        self.report.say(
            f"No riding is called “{member.riding_name}” ({member.name}): add this name to the riding's other names."
        )
        person = self._by_number.get(member.person_id) if member.person_id else None
        if person is not None and person.is_current and person.riding_id not in {p.riding_id for p in self._listed}:
            self._listed.append(person)

    def _note_change(self, fed_num: int | None) -> None:
        if fed_num is not None:
            self.changed_seats.add(fed_num)


@dataclass(frozen=True)
class _State:
    seat: int | None
    email: str
    identity: tuple[str, ...]
    rest: tuple[object, ...]

    @classmethod
    def of(cls, person: Representative) -> _State:
        identity = (person.first_name, person.last_name, person.honorific, person.party_name_en)
        rest = (person.person_id, person.gender, person.offices, person.preferred_languages)
        return cls(person.riding_id if person.is_current else None, person.email, identity, rest)


def _take_contact(person: Representative, contact: Contact) -> None:
    person.email, person.offices, person.preferred_languages = contact.email, contact.offices, contact.languages


def _ridings_by_name() -> dict[str, Riding]:
    """Ridings by every name they are known under; a name that two ridings share is nobody's."""
    found: dict[str, set[Riding]] = {}
    for riding in Riding.objects.all():
        for name in [riding.name_en, riding.name_fr, *riding.aliases]:
            if name:
                found.setdefault(fold(name), set()).add(riding)
    return {name: ridings.pop() for name, ridings in found.items() if len(ridings) == 1}
