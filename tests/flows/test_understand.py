"""A few words where a button was expected: understood when they say that and nothing else, else None."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.assessment import MelderRole
from flows.melder import questions, understand
from flows.melder.understand import Word
from flows.report import Anonymity
from tests.builders import renderer


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("stop", Word.STOP),
        (" STOP! ", Word.STOP),
        ("Annuleren.", Word.STOP),
        ("terug", Word.BACK),
        ("Vorige", Word.BACK),
        ("weet ik niet", Word.UNKNOWN),
        ("Weet  ik\u00a0niet...", Word.UNKNOWN),
        ("geen idee", Word.UNKNOWN),
        ("?", Word.UNKNOWN),
        ("112", Word.DANGER),
        ("bel 112", Word.DANGER),
        ("１１２", Word.DANGER),
        ("st\u200bop", Word.STOP),
        ("stóp", Word.STOP),
        ("stop daar eens mee riep hij", None),
        ("ik heb 112 gebeld", None),
        ("hij komt steeds terug", None),
        ("hij weet niet waar hij is", None),
        ("", None),
    ],
)
def test_words_that_always_work_only_stand_alone(text: str, word: Word | None) -> None:
    assert understand.word(text) is word


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("buurvrouw", MelderRole.BUUR),
        ("Ik ben de buurman.", MelderRole.BUUR),
        ("buurman, buurvrouw", MelderRole.BUUR),
        ("zijn moeder", MelderRole.NAASTE),
        ("ik ben zijn zus", MelderRole.NAASTE),
        ("mantelzorger", MelderRole.NAASTE),
        ("passant", MelderRole.VOORBIJGANGER),
        ("wijkagent", MelderRole.WIJKAGENT),
        ("als huisarts", MelderRole.PROFESSIONAL),
        ("ik", MelderRole.ZELF),
        ("ik zelf", MelderRole.ZELF),
        ("het gaat over mijzelf", MelderRole.ZELF),
        ("moeder van de buurman", None),
        ("de politie is er al", None),
        ("de buurman heeft een mes", None),
        ("ik weet dat niet zeker", None),
        ("", None),
        ("ik ben een", None),
    ],
)
def test_a_role(text: str, role: MelderRole | None) -> None:
    assert understand.role(text) is role


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("anoniem", Anonymity.ANONYMOUS),
        ("ik wil graag anoniem blijven", Anonymity.ANONYMOUS),
        ("alleen het meldpunt", Anonymity.HIDDEN),
        ("de persoon mag het weten", Anonymity.KNOWN),
        ("bekend of anoniem", None),
        ("niemand want hij heeft een pistool", None),
    ],
)
def test_a_wish_about_the_name(text: str, wish: Anonymity | None) -> None:
    assert understand.anonymity(text) is wish


def test_the_label_of_every_button_is_understood_when_it_is_typed() -> None:
    from flows.assessment import Topic

    for topic, understood in ((Topic.ROLE, understand.role), (Topic.ANONYMITY, understand.anonymity)):
        for choice in (choice for row in questions.choices_of(topic, 1, back=False) for choice in row):
            value = choice.action.rsplit(":", 1)[1]
            if value != "unknown":
                assert understood(renderer().label(choice.label)) == value
    assert understand.word(renderer().label(questions.choices_of(Topic.PLACE, 1, back=True)[0][0].label)) is Word.UNKNOWN
    assert understand.word(renderer().label(questions.choices_of(Topic.PLACE, 1, back=True)[0][1].label)) is Word.BACK


@pytest.mark.parametrize("text", ["ja", "Ja!", "klopt.", "OK", "Oké", "Versturen"])
def test_yes(text: str) -> None:
    assert understand.yes(text)
    assert not understand.no(text)


@pytest.mark.parametrize("text", ["nee", "Nee.", "klopt niet"])
def test_no(text: str) -> None:
    assert understand.no(text)
    assert not understand.yes(text)


@pytest.mark.parametrize("text", ["ja maar hij heeft een mes", "nee hij slaat haar", "dat klopt wel ongeveer"])
def test_more_than_yes_or_no_is_neither(text: str) -> None:
    assert not understand.yes(text)
    assert not understand.no(text)


@pytest.mark.parametrize(
    "text", ["hallo", "Hoi!", "goedemorgen", "Goede morgen", "Dag meneer", "hallo, goedenavond", "hallo\u200b"]
)
def test_a_greeting(text: str) -> None:
    assert understand.greeting(text)


@pytest.mark.parametrize("text", ["hallo help", "morgen", "goedemorgen mijn buurman schreeuwt", "112", "", "hallo mes"])
def test_more_than_a_greeting_is_none(text: str) -> None:
    assert not understand.greeting(text)


@pytest.mark.parametrize(
    ("text", "found", "only"),
    [
        ("06-12345678", "06-12345678", True),
        ("06 1234 5678", "06 1234 5678", True),
        ("+31 6 12345678", "+31 6 12345678", True),
        ("(053) 481 81 81", "(053) 481 81 81", True),
        ("bel mij graag op 0612345678", "0612345678", True),
        ("bel graag 0612345678 of mail jan@example.org", "0612345678", True),
        ("tel: 0612345678", "0612345678", True),
        ("jan@example.org", "jan@example.org", True),
        ("0612345678 hij heeft een mes", "0612345678", False),
        ("via deze chat", "", True),
        ("hij gooit stenen", "", False),
        ("kamer 12", "", False),
        ("", "", False),
    ],
)
def test_how_to_reach_the_melder(text: str, found: str, only: bool) -> None:
    assert understand.contact(text) == found
    assert understand.only_contact(text) is only


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("4821093755661204", "4821093755661204"),
        ("4821 0937 5566 1204", "4821093755661204"),
        ("Mijn code is 4821-0937-5566-1204, graag status", "4821093755661204"),
        ("４８２１ 0937 5566 1204", "4821093755661204"),
        ("4821 0937 5566 120", ""),
        ("4821 0937 5566 12045", ""),
        ("", ""),
    ],
)
def test_a_follow_up_code(text: str, code: str) -> None:
    assert understand.code(text) == code


@given(st.text())
def test_nothing_makes_it_fail(text: str) -> None:
    understand.word(text)
    understand.role(text)
    understand.anonymity(text)
    understand.greeting(text)
    understand.only_contact(text)
    understand.code(text)
    assert understand.plain(understand.plain(text)) == understand.plain(text)
