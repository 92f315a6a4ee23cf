"""The demo's texts: complete in three languages, and each language typeset as its readers expect."""

import importlib
import pkgutil
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import timedelta

import pytest

from achk_site.demo import content
from achk_site.demo.content import committee, letters, people, privacy
from achk_site.demo.texts import LANGUAGES, Text, rich
from actions.letters.answers import ASK_AFTER
from actions.letters.letter_models import TEXT_KEPT_FOR, UNCONFIRMED_FOR
from actions.letters.merge_fields import FIELD, unknown_merge_fields
from actions.outbox.safety import is_reserved
from actions.representatives.provinces import province_of
from tests.hong_kong import SIMPLIFIED, foreign_words

CJK = "\u3400-\u9fff"


def texts_in(thing: object) -> Iterator[Text]:
    if isinstance(thing, Text):
        yield thing
    elif isinstance(thing, tuple | list):
        for item in thing:
            yield from texts_in(item)
    elif is_dataclass(thing) and not isinstance(thing, type):
        for one in fields(thing):
            yield from texts_in(getattr(thing, one.name))


def all_texts() -> list[Text]:
    modules = [importlib.import_module(f"{content.__name__}.{m.name}") for m in pkgutil.iter_modules(content.__path__)]
    found = [text for module in modules for value in vars(module).values() for text in texts_in(value)]
    return list(dict.fromkeys(found))


TEXTS = all_texts()


def test_there_are_texts_to_look_at():
    assert len(TEXTS) > 120


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_written_in_every_language(language):
    assert [text.en for text in TEXTS if not text.say(language)] == []


def test_prose_is_not_left_in_another_language():
    assert [text.en for text in TEXTS if len(set(text)) < 3 and len(text.en) > 30] == []


def test_chinese_has_no_simplified_character():
    assert {char for text in TEXTS for char in text.zh if char in SIMPLIFIED} == set()


def test_chinese_uses_the_words_of_hong_kong():
    assert [text.zh for text in TEXTS if foreign_words(text.zh)] == []


def test_chinese_sentences_have_full_width_marks_and_no_spaces():
    wrong = re.compile(rf"[{CJK}][,;:!?.()]|[,;:!?()][{CJK}]|[{CJK}] +\S|[^-.] +[{CJK}]")
    # Marks of our own (**strong**, [link](target)) are not on the page.
    bare = [re.sub(r"\[(.+?)\]\(.+?\)", r"\1", text.say("zh-hant")).replace("**", "") for text in TEXTS]
    assert [text for text in bare if wrong.search(text)] == []


def test_french_has_no_break_spaces_and_no_straight_marks():
    spoken = [text.say("fr") for text in TEXTS]
    assert [text for text in spoken if re.search(r"'|\"|« | »| :| [;!?]", text)] == []


def test_english_has_typographic_apostrophes():
    assert [text.en for text in TEXTS if "'" in text.say("en")] == []


def test_nothing_is_in_italics_and_no_median_dots():
    written = [rich(text.say(language), lambda target: f'href="{target}"') for text in TEXTS for language in LANGUAGES]
    assert [html for html in written if re.search(r"<(i|em)\b|(?<!\*)\*(?!\*)|·", html)] == []


def test_lists_and_links_become_rich_text():
    html = rich(
        Text("", "", "甲：\n\n- **乙**：[丙](page:join)\n續\n- 丁 & 戊").say("zh-hant"),
        lambda target: f'href="{target}"',
    )
    assert html == '<p>甲：</p><ul><li><b>乙</b>：<a href="page:join">丙</a>續</li><li>丁 &amp; 戊</li></ul>'


def test_letters_use_known_fields_only_and_the_same_in_english_and_french():
    others = [part for text in letters.OTHER_TEXTS for part in (text.subject, text.body)]
    for text in (letters.BODY, *letters.SUBJECTS, *others, committee.BODY, *committee.SUBJECTS):
        assert [unknown_merge_fields(version) for version in text] == [[], [], []]
        assert {match[1] for match in FIELD.finditer(text.en)} == {match[1] for match in FIELD.finditer(text.fr)}


def test_letters_bring_no_greeting_and_no_closing():
    for language, words in {
        "en": ("Dear ", "Sincerely", "Yours"),
        "fr": ("Bonjour", "Madame", "Monsieur", "Veuillez agréer", "prie d’agréer", "Cordialement"),
        "zh-hant": ("議員：", "此致", "敬上", "謹啟"),
    }.items():
        assert [word for word in words if word in letters.BODY.say(language) + committee.BODY.say(language)] == []


def test_the_privacy_notice_names_the_periods_that_the_site_carries_out():
    said = " ".join(text.say("en") for text in texts_in(privacy.PRIVACY))
    for period in (UNCONFIRMED_FOR, TEXT_KEPT_FOR):
        assert f"{period // timedelta(days=1)} days" in said
    assert "Two weeks after it was delivered we ask" in said
    assert timedelta(weeks=2) == ASK_AFTER
    assert "48 hours" in said


def test_nobody_in_the_demo_can_be_reached():
    addresses = [person.email for person in (*people.MEMBERS, *people.RECIPIENTS, *people.STAFF) if person.email]
    written = re.findall(r"[\w.-]+@[\w.-]+\w", " ".join(text.say("en") for text in TEXTS))
    assert len(addresses) > 5
    assert [address for address in (*addresses, *written) if not is_reserved(address.lstrip("@"))] == []


def test_riding_numbers_belong_to_their_province():
    assert [riding for riding in people.RIDINGS if province_of(riding.number) != riding.province] == []


def test_the_demo_shows_every_kind_of_answer_to_a_postal_code():
    seats = {member.riding: member for member in people.MEMBERS}
    ridings: dict[str, list[int]] = {}
    for code, riding, _addresses in people.POSTAL_CODES:
        ridings.setdefault(code, []).append(riding)
    assert len(ridings["K1A0A6"]) == 1
    assert seats[ridings["K1A0A6"][0]].email
    assert len(ridings["K1A0A1"]) == 2
    assert ridings["V7A5J9"][0] not in seats
    assert seats[ridings["M5V2T6"][0]].email == ""
    assert seats[ridings["H4L1A1"][0]].languages == ("fr",)
    assert "H0H0H0" not in ridings


def test_no_party_is_favoured():
    parties = [member.party_en for member in people.MEMBERS]
    assert len(parties) == len(set(parties)) >= 6
