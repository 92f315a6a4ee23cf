import pytest

from actions.representatives.models import Recipient, letter_language
from actions.representatives.salutations import closing, envelope_name, salutation
from tests.factories.representatives import RecipientFactory, RepresentativeFactory, RidingFactory

Role = Recipient.Role


def mp(**fields):
    fields = {"first_name": "Jane", "last_name": "Doe", **fields}
    return RepresentativeFactory.build(riding=RidingFactory.build(), **fields)


def recipient(role, **fields):
    return RecipientFactory.build(**{"role": role, "name": "Jane van Doe", "family_name": "van Doe", **fields})


@pytest.mark.parametrize(
    ("person", "english", "french", "chinese"),
    [
        (mp(), "Dear Jane Doe,", "Bonjour,", "Doe議員："),
        (mp(gender="F"), "Dear Jane Doe,", "Madame la Députée,", "Doe議員："),
        (mp(gender="M"), "Dear Jane Doe,", "Monsieur le Député,", "Doe議員："),
        (recipient(Role.MINISTER), "Dear Minister:", "Bonjour,", "van Doe部長："),
        (recipient(Role.MINISTER, gender="F"), "Dear Minister:", "Madame la Ministre,", "van Doe部長："),
        (recipient(Role.PRIME_MINISTER, gender="M"), "Dear Prime Minister:", "Monsieur le Premier Ministre,", "總理："),
        (recipient(Role.SENATOR, gender="F"), "Dear Senator van Doe:", "Madame la Sénatrice,", "van Doe參議員："),
        (recipient(Role.SENATOR, family_name=""), "Dear Senator Jane van Doe:", "Bonjour,", "Jane van Doe參議員："),
        (recipient(Role.CRITIC, gender="M"), "Dear Jane van Doe,", "Monsieur le Député,", "van Doe議員："),
        (recipient(Role.COMMITTEE), "Dear Jane van Doe,", "Bonjour,", "Jane van Doe："),
        (recipient(Role.OTHER, gender="F"), "Dear Jane van Doe,", "Madame,", "Jane van Doe："),
    ],
)
def test_each_office_is_greeted_in_its_way(person, english, french, chinese):
    greetings = [salutation(person, language=language) for language in ("en", "fr", "zh-hant")]
    assert greetings == [english, french, chinese]


@pytest.mark.parametrize(
    ("person", "english", "french"),
    [
        (mp(), "Jane Doe, M.P.", "Jane Doe, Chambre des communes"),
        (mp(gender="F"), "Jane Doe, M.P.", "Jane Doe, députée"),
        (
            mp(gender="F", honorific="Hon."),
            "The Honourable Jane Doe, P.C., M.P.",
            "L’honorable Jane Doe, C.P., députée",
        ),
        (
            mp(gender="M", honorific="Right Hon."),
            "The Right Honourable Jane Doe, P.C., M.P.",
            "Le très honorable Jane Doe, C.P., député",
        ),
        (mp(gender="M", honorific="Mr."), "Jane Doe, M.P.", "Jane Doe, député"),
        (
            recipient(Role.MINISTER, gender="F"),
            "The Honourable Jane van Doe, P.C., M.P., Minister of Invented Affairs",
            "L’honorable Jane van Doe, C.P., députée, ministre des Affaires inventées",
        ),
        (
            recipient(Role.SENATOR, gender="M"),
            "The Honourable Jane van Doe, Senator",
            "L’honorable Jane van Doe, sénateur",
        ),
        (
            recipient(Role.OTHER, title_en="Ambassador", title_fr="ambassadrice"),
            "Jane van Doe, Ambassador",
            "Jane van Doe, ambassadrice",
        ),
    ],
)
def test_the_envelope_names_rank_and_office(person, english, french):
    assert [envelope_name(person, language=language) for language in ("en", "fr")] == [english, french]


def test_the_chinese_envelope_names_the_office_first():
    assert envelope_name(mp(), language="zh-hant") == "國會議員Jane Doe"
    assert envelope_name(recipient(Role.MINISTER), language="zh-hant") == "虛構事務部長Jane van Doe"


def test_the_french_closing_repeats_the_title_only_when_it_is_known():
    known = closing(mp(gender="F"), language="fr")
    assert known == "Je vous prie d’agréer, Madame la Députée, l’expression de ma considération distinguée."
    unknown = closing(mp(), language="fr")
    assert unknown == "Je vous prie d’agréer, l’expression de ma considération distinguée."
    assert closing(mp(), language="en") == "Sincerely,"


@pytest.mark.parametrize(
    ("languages", "fed_num", "expected"),
    [(["fr"], 35001, "fr"), (["en", "fr"], 24001, "en"), ([], 24001, "fr"), ([], 35001, "en"), (["xx"], 35001, "en")],
)
def test_a_letter_goes_out_in_the_language_that_the_member_prefers(languages, fed_num, expected):
    person = RepresentativeFactory.build(riding=RidingFactory.build(fed_num=fed_num), preferred_languages=languages)
    assert letter_language(person) == expected


def test_a_letter_to_a_recipient_follows_the_editor_s_choice():
    assert letter_language(recipient(Role.SENATOR, preferred_language="fr")) == "fr"
