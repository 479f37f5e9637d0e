"""Which question comes next, how many there are, and what their buttons mean."""

from dataclasses import replace

import pytest

from flows import actions
from flows.assessment import Betreft, Locatie, MelderRole, Topic
from flows.melder import questions
from flows.messages import Location
from flows.report import Anonymity, Part, Report
from tests.builders import ENSCHEDE, NOW, assessment

TOLD = Report(parts=(Part("1", "verhaal", NOW),), reading=assessment())
PROFESSIONAL = replace(TOLD, role=MelderRole.WIJKAGENT)


def said(*topics: Topic, **more: object) -> Report:
    return replace(TOLD, reading=assessment(said=topics, **more))  # type: ignore[arg-type]


def answered(topic: Topic, text: str = "") -> Report:
    return TOLD.told(Part("2", text, NOW, topic))


def all_asked(report: Report) -> tuple[Topic, ...]:
    while topic := questions.next_topic(report):
        report = replace(report, asked=(*report.asked, topic))
    return report.asked


def test_who_says_nothing_useful_is_asked_five_things_and_the_summary() -> None:
    assert all_asked(TOLD) == (Topic.PLACE, Topic.ROLE, Topic.DANGER, Topic.SINCE, Topic.ANONYMITY)


def test_a_professional_is_asked_three_things_and_the_summary() -> None:
    assert all_asked(PROFESSIONAL) == (Topic.PLACE, Topic.DANGER, Topic.CONTACT)


def test_who_told_a_lot_is_asked_for_what_is_left() -> None:
    report = replace(said(Topic.SINCE, Topic.DANGER), role=MelderRole.BUUR, gemeente="Enschede")
    assert all_asked(report) == (Topic.ANONYMITY, Topic.HELP, Topic.CONTACT)


def test_no_topic_comes_twice() -> None:
    assert len(set(all_asked(TOLD))) == len(all_asked(TOLD))


@pytest.mark.parametrize("asked", [5, 6])
def test_enough_is_enough(asked: int) -> None:
    report = replace(TOLD, asked=(Topic.PLACE,) * asked)
    assert questions.enough(report)
    assert questions.next_topic(report) is None


@pytest.mark.parametrize(
    ("topic", "report"),
    [
        (Topic.PLACE, replace(TOLD, gemeente="Enschede")),
        (Topic.PLACE, replace(TOLD, outside=True)),
        (Topic.PLACE, replace(TOLD, location=Location(52.2, 6.9))),
        (Topic.PLACE, replace(TOLD, locatie=ENSCHEDE)),
        (Topic.PLACE, replace(TOLD, locatie=Locatie(postcode="7511"))),
        (Topic.ROLE, replace(TOLD, role=MelderRole.NAASTE)),
        (Topic.ROLE, said(betreft=Betreft.ZELF)),
        (Topic.SINCE, said(Topic.SINCE)),
        (Topic.SINCE, answered(Topic.SINCE, "gisteren")),
        (Topic.DANGER, said(Topic.DANGER)),
        (Topic.DANGER, answered(Topic.DANGER)),
        (Topic.HELP, said(Topic.HELP)),
        (Topic.ANONYMITY, answered(Topic.ANONYMITY)),
        (Topic.ANONYMITY, replace(TOLD, role=MelderRole.ZELF)),
        (Topic.ANONYMITY, said(betreft=Betreft.ZELF)),
        (Topic.CONTACT, answered(Topic.CONTACT)),
        (Topic.CONTACT, replace(TOLD, anonymity=Anonymity.ANONYMOUS)),
    ],
)
def test_what_was_said_in_any_way_is_known(topic: Topic, report: Report) -> None:
    assert not questions.known(TOLD, topic)
    assert questions.known(report, topic)


def test_a_reading_does_not_settle_who_may_know() -> None:
    assert not questions.known(said(Topic.ANONYMITY, Topic.CONTACT), Topic.ANONYMITY)


def test_without_a_reading_everything_is_unknown() -> None:
    report = Report(parts=TOLD.parts, unread=True)
    assert [topic for topic in Topic if questions.known(report, topic)] == []


@pytest.mark.parametrize("topic", [None, *Topic])
@pytest.mark.parametrize("back", [True, False])
def test_at_most_six_buttons_two_a_row_with_the_way_out_last(topic: Topic | None, back: bool) -> None:
    rows = questions.choices_of(topic, 999, back=back)
    values = [actions.parse(choice.action) for row in rows for choice in row]
    assert len(values) <= 6
    assert all(len(row) <= 2 for row in rows)
    assert all(isinstance(value, actions.InDialogue) and value.serial == 999 for value in values)
    names = [value.value for value in values if isinstance(value, actions.InDialogue)]
    if topic is not None:
        assert "unknown" in names[-2:]


@pytest.mark.parametrize("topic", list(Topic))
def test_every_button_means_something(topic: Topic) -> None:
    for choice in (choice for row in questions.choices_of(topic, 1, back=True) for choice in row):
        value = choice.action.removeprefix("d:1:")
        if value not in {"unknown", "back"}:
            meaning = questions.meaning(topic, value)
            assert meaning is not None
            assert meaning.text or meaning.role or meaning.anonymity


@pytest.mark.parametrize(
    ("topic", "value"), [(Topic.PLACE, "x"), (Topic.ROLE, "verborgen"), (Topic.DANGER, ""), (Topic.HELP, "JA")]
)
def test_what_no_button_holds_means_nothing(topic: Topic, value: str) -> None:
    assert questions.meaning(topic, value) is None
