"""How people in office are addressed, in English and French letters and in the Chinese reading copy.

After Canadian Heritage, Styles of address:
https://www.canada.ca/en/canadian-heritage/services/protocol-guidelines-special-event/styles-address.html
Where a gendered title would have to be guessed, none is used. These texts are part of the letter, so they follow the
letter's language and not the page's; they are not for translators.
"""

from __future__ import annotations

from actions.representatives.models import Gender, Recipient, Representative

Person = Representative | Recipient
Role = Recipient.Role

# (woman, man); the third form of an office, for an unknown gender, is the chamber.
_FRENCH_APPEL = {
    "": ("Madame la Députée", "Monsieur le Député"),
    Role.PRIME_MINISTER: ("Madame la Première Ministre", "Monsieur le Premier Ministre"),
    Role.MINISTER: ("Madame la Ministre", "Monsieur le Ministre"),
    Role.CRITIC: ("Madame la Députée", "Monsieur le Député"),
    Role.SENATOR: ("Madame la Sénatrice", "Monsieur le Sénateur"),
    Role.COMMITTEE: ("Madame", "Monsieur"),
    Role.OTHER: ("Madame", "Monsieur"),
}
_FRENCH_OFFICE = {
    "": ("députée", "député", "Chambre des communes"),
    Role.SENATOR: ("sénatrice", "sénateur", "Sénat du Canada"),
}
_IN_THE_HOUSE = ("", Role.PRIME_MINISTER, Role.MINISTER, Role.CRITIC)
_CHINESE_TITLE = {"": "議員", Role.CRITIC: "議員", Role.SENATOR: "參議員", Role.MINISTER: "部長"}


def salutation(person: Person, *, language: str) -> str:
    """The first line of a letter in ``en``, ``fr`` or, for the reading copy, ``zh-hant``, with its punctuation."""
    if language.startswith("zh"):
        return _chinese(person)
    if language.startswith("fr"):
        return f"{_appel(person) or 'Bonjour'},"
    role = _role(person)
    if role == Role.PRIME_MINISTER:
        return "Dear Prime Minister:"
    if role == Role.MINISTER:
        return "Dear Minister:"
    if role == Role.SENATOR:
        return f"Dear Senator {_family_name(person)}:"
    return f"Dear {person.name},"


def closing(person: Person, *, language: str) -> str:
    """The line above the signature."""
    if language.startswith("zh"):
        return "此致"
    if language.startswith("fr"):
        appel = _appel(person)
        address = f" {appel}," if appel else ""
        return f"Je vous prie d’agréer,{address} l’expression de ma considération distinguée."
    return "Sincerely,"


def envelope_name(person: Person, *, language: str) -> str:
    """The name as it stands on the envelope and above the letter; an office follows after a comma."""
    if language.startswith("zh"):
        return f"{_chinese_office(person)}{person.name}"
    if language.startswith("fr"):
        return ", ".join(part for part in (_french_name(person), *_french_offices(person)) if part)
    return ", ".join(part for part in (_english_name(person), *_english_offices(person)) if part)


def _role(person: Person) -> str:
    """The role of a Recipient; empty for a Member of Parliament in their riding's seat."""
    return person.role if isinstance(person, Recipient) else ""


def _rank(person: Person) -> str:
    """``right hon``, ``hon`` or empty, from what the House or the editor wrote, or from the office itself."""
    written = person.honorific.casefold().replace("ourable", "").strip(" .")
    if written in ("hon", "right hon"):
        return written
    by_office = {Role.PRIME_MINISTER: "right hon", Role.MINISTER: "hon", Role.SENATOR: "hon"}
    return by_office.get(Role(_role(person)), "") if _role(person) else ""


def _is_privy_councillor(person: Person) -> bool:
    """Senators, and others outside the House, may be honourable without being members of the Privy Council."""
    return bool(_rank(person)) and _role(person) in _IN_THE_HOUSE


def _by_gender(person: Person, forms: tuple[str, ...]) -> str:
    """``forms`` are (woman, man) or (woman, man, unknown)."""
    if person.gender == Gender.WOMAN:
        return forms[0]
    if person.gender == Gender.MAN:
        return forms[1]
    return forms[2] if len(forms) > 2 else ""


def _appel(person: Person) -> str:
    return _by_gender(person, _FRENCH_APPEL[_role(person)])


def _family_name(person: Person) -> str:
    return person.last_name if isinstance(person, Representative) else person.family_name or person.name


def _english_name(person: Person) -> str:
    titles = {"hon": "The Honourable ", "right hon": "The Right Honourable "}
    return titles.get(_rank(person), "") + person.name


def _english_offices(person: Person) -> list[str]:
    if isinstance(person, Recipient) and person.role == Role.SENATOR:
        return ["Senator"]
    in_house = ["M.P."] if _role(person) in _IN_THE_HOUSE else []
    council = ["P.C."] if _is_privy_councillor(person) else []
    return [*council, *in_house, person.title_en if isinstance(person, Recipient) else ""]


def _french_name(person: Person) -> str:
    rank = _rank(person)
    if rank == "hon":
        return f"L’honorable {person.name}"
    if rank == "right hon":
        forms = ("La très honorable ", "Le très honorable ", "Très honorable ")
        return _by_gender(person, forms) + person.name
    return person.name


def _french_offices(person: Person) -> list[str]:
    if isinstance(person, Recipient) and person.role == Role.SENATOR:
        return [_by_gender(person, _FRENCH_OFFICE[Role.SENATOR])]
    in_house = [_by_gender(person, _FRENCH_OFFICE[""])] if _role(person) in _IN_THE_HOUSE else []
    council = ["C.P."] if _is_privy_councillor(person) else []
    return [*council, *in_house, person.title_fr if isinstance(person, Recipient) else ""]


def _chinese(person: Person) -> str:
    role = _role(person)
    if role == Role.PRIME_MINISTER:
        return "總理："
    title = _CHINESE_TITLE.get(role, "")
    return f"{_family_name(person)}{title}：" if title else f"{person.name}："


def _chinese_office(person: Person) -> str:
    if isinstance(person, Recipient):
        return person.localized_title("zh-hant")
    return "國會議員"
