"""What people decide is kept as a labelled example: once, in the transaction of the change, without names and places."""

from dataclasses import replace
from datetime import timedelta

import pytest

from flows import decisions
from flows.assessment import MelderRole, Thema, Urgentie
from flows.decisions import Decision, Labelled, Proposal, Tally, What
from flows.melding import Melding, Status
from flows.meldpunt import thema
from flows.people import Person, Role
from flows.report import Report
from storage.unit_of_work import Begin
from tests.builders import LANE, NOW, assessment, told
from tests.fakes import FakeClock
from tests.readers import BrokenTriage
from tests.town import SECRETS, STORY, Town, house_of, on_sqlite

SANNE = Person(1, Role.MEDEWERKER, "twente", name="Sanne")
REPORT = replace(
    told(role=MelderRole.BUUR, gemeente="Almelo"),
    reading=assessment(Urgentie.SPOED, themas=(Thema.OVERLAST, Thema.AGRESSIE)),
)
MELDING = Melding("M-2026-000001", "twente", Status.NEW, REPORT, LANE, NOW, urgentie=Urgentie.SPOED)


def decision(proposed: Urgentie | None, decided: Urgentie, number: int = 1, **more: object) -> Decision:
    reading = None if proposed is None else assessment(proposed, veilig="[persoon] roept")
    melding = replace(MELDING, number=f"M-2026-{number:06d}", report=replace(REPORT, reading=reading))
    return replace(decisions.made(melding, SANNE, What.URGENTIE, str(decided), NOW), **more)  # type: ignore[arg-type]


async def kept(town: Town) -> list[tuple[str, str, str]]:
    async with town.house.begin() as work:
        return [(d.what.value, d.proposed, d.decided) for d in await work.decisions.all()]


def test_a_decision_holds_the_whole_proposal_the_redacted_text_and_the_version() -> None:
    made = decisions.made(MELDING, SANNE, What.THEMA, "overlast", NOW)
    assert made == Decision(
        NOW,
        "M-2026-000001",
        "twente",
        Role.MEDEWERKER,
        What.THEMA,
        "agressie,overlast",
        "overlast",
        "test",
        "[veilig]",
        Proposal(Urgentie.SPOED, (Thema.AGRESSIE, Thema.OVERLAST), "Almelo"),
        MelderRole.BUUR,
    )
    assert decisions.made(MELDING, SANNE, What.URGENTIE, "acuut", NOW).proposed == "spoed"
    assert decisions.made(MELDING, SANNE, What.GEMEENTE, "Borne", NOW).proposed == "Almelo"


@pytest.mark.parametrize("report", [replace(REPORT, reading=None), replace(REPORT, unread=True)])
def test_what_was_not_read_proposes_nothing_and_has_no_text(report: Report) -> None:
    made = decisions.made(replace(MELDING, report=report), SANNE, What.URGENTIE, "spoed", NOW)
    assert (made.proposal, made.proposed, made.text, made.model) == (None, "", "", "")
    where = decisions.made(replace(MELDING, report=report), SANNE, What.GEMEENTE, "Borne", NOW)
    assert where.proposed == "Almelo", "the melder said so, no reading is needed for that"


def test_themas_as_one_word_and_back() -> None:
    for themas in ((), (Thema.OVERLAST,), tuple(Thema)):
        assert decisions.split(decisions.joined(themas)) == themas
    assert decisions.joined([Thema.SOMBER, Thema.AGRESSIE, Thema.SOMBER]) == "agressie,somber"
    with pytest.raises(ValueError, match="onzin"):
        decisions.split("agressie,onzin")


def test_examples_are_one_for_each_text_and_the_last_word_counts() -> None:
    first = decision(Urgentie.ACUUT, Urgentie.SPOED)
    again = replace(first, decided="regulier")
    themas = replace(first, what=What.THEMA, decided="overlast,somber")
    more = replace(first, text="[persoon] roept en slaat", decided="acuut")
    where = replace(first, what=What.GEMEENTE, decided="Borne", text="alleen een plaats")
    unread = decision(None, Urgentie.ADVIES)
    other = replace(first, melding="M-2026-000002", decided="geen")
    assert decisions.labelled([first, themas, again, more, where, unread, other]) == (
        Labelled("[persoon] roept", Urgentie.REGULIER, frozenset({Thema.OVERLAST, Thema.SOMBER})),
        Labelled("[persoon] roept en slaat", Urgentie.ACUUT, None),
        Labelled("[persoon] roept", Urgentie.GEEN, None),
    )


def test_the_tally_tells_over_from_under_and_counts_what_had_no_proposal_apart() -> None:
    levels = [
        decision(Urgentie.ACUUT, Urgentie.SPOED, 1),
        decision(Urgentie.SPOED, Urgentie.GEEN, 2),
        decision(Urgentie.ADVIES, Urgentie.REGULIER, 3),
        decision(Urgentie.SPOED, Urgentie.SPOED, 4),
        decision(None, Urgentie.ACUUT, 5),
        decision(Urgentie.ACUUT, Urgentie.ACUUT, 6, role=Role.COORDINATOR),
    ]
    others = [
        replace(levels[0], what=What.THEMA, proposed="overlast", decided="somber"),
        replace(levels[1], what=What.THEMA, proposed="overlast", decided="overlast"),
        replace(levels[2], what=What.GEMEENTE, proposed="", decided="Borne"),
    ]
    counted = decisions.tallies([*levels, *others], lambda decision: str(decision.role))
    assert counted == {"coordinator": Tally(n=1), "medewerker": Tally(n=4, over=2, under=1, unread=1, themas=1, gemeenten=1)}
    assert list(counted) == ["coordinator", "medewerker"]


def test_who_doubts_counts_once() -> None:
    first, second = decision(Urgentie.ACUUT, Urgentie.SPOED), decision(Urgentie.ACUUT, Urgentie.ACUUT)
    about = replace(first, what=What.THEMA)
    assert decisions.last([first, about, second]) == (second, about)


A, O, W = Thema.AGRESSIE, Thema.OVERLAST, Thema.WONEN_GELD  # noqa: E741


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("overlast agressie", thema.Said((A, O))),
        ("Agressie, OVERLAST", thema.Said((A, O))),
        ("agressie en wonen en geld", thema.Said((A, W))),
        ("wonen_geld", thema.Said((W,))),
        ("wonen geld", thema.Said((W,))),
        ("niet-gezien", thema.Said((Thema.NIET_GEZIEN,))),
        ("zelfmoordgedachten", thema.Said((Thema.SUICIDALITEIT,))),
        ("agressie want hij gooit met stenen", thema.Said((A,), "want hij gooit met stenen")),
        ("agressie en hij drinkt", thema.Said((A,), "en hij drinkt")),
        ("geen", thema.Said(())),
        ("geen de melder vergiste zich", thema.Said((), "de melder vergiste zich")),
        ("+agressie", thema.Said((A, O), toggled=True)),
        ("-overlast", thema.Said((), toggled=True)),
        ("-agressie", thema.Said((O,), toggled=True)),
        ("agresie", thema.Said((), "agresie", "agresie")),
        ("agressie overlsat", thema.Said((A,), "overlsat", "overlsat")),
        ("+onzin", thema.Said((O,), "+onzin", "+onzin", toggled=True)),
        ("-", thema.Said((), "-", "-")),
    ],
)
def test_themas_are_understood_as_people_type_them(said: str, heard: thema.Said) -> None:
    assert thema.hear(said, (O,)) == heard


@on_sqlite
async def test_a_change_of_urgentie_is_kept_with_who_and_when_and_no_secret_in_it(town: Town) -> None:
    await town.tells("a", STORY)
    town.clock.advance(timedelta(minutes=5))  # type: ignore[attr-defined]
    await town.person("joris").say("/urgentie 1 spoed hij bonkt nu ook overdag")
    async with town.house.begin() as work:
        [found] = await work.decisions.all()
    assert (found.at, found.melding, found.regio, found.role) == (town.clock(), "M-2026-000001", "twente", Role.COORDINATOR)
    assert (found.what, found.proposed, found.decided, found.model) == (What.URGENTIE, "regulier", "spoed", "woorden-1")
    assert found.proposal == Proposal(Urgentie.REGULIER, (), "Enschede")
    assert found.text.startswith("Mijn buurman schreeuwt al drie nachten in de [adres] 12")
    assert "Kerkstraat" in SECRETS
    assert "Kerkstraat" not in repr(found)
    [event] = [e for e in await town.events("M-2026-000001") if e.kind == "urgentie"]
    assert event.detail["reason"] == "hij bonkt nu ook overdag"


@on_sqlite
async def test_the_same_level_said_by_a_person_is_kept_once(town: Town) -> None:
    await town.tells("a", STORY)
    for _ in range(2):
        await town.person("sanne").say("/urgentie 1 regulier")
    assert await kept(town) == [("urgentie", "regulier", "regulier")]
    await town.person("joris").say("/urgentie 1 advies")
    assert await kept(town) == [("urgentie", "regulier", "regulier"), ("urgentie", "regulier", "advies")]


@on_sqlite
async def test_taking_assigning_asking_and_closing_decide_nothing_of_this(town: Town) -> None:
    await town.tells("a", STORY)
    for words in ("/kijk 1", "/wijstoe 1", "/vraag 1 Brandt er licht?", "/pak 1", "/urgentie 1", "/thema 1", "/gemeente 1"):
        await town.person("sanne").say(words)
    await town.person("sanne").say("/sluit 1 opgepakt")
    assert await kept(town) == []


@on_sqlite
async def test_a_refused_change_keeps_nothing(town: Town) -> None:
    await town.tells("a", STORY)
    await town.person("fenna").say("/urgentie 1 acuut")
    await town.person("fenna").say("/thema 1 agressie")
    await town.melder("a").say("/gemeente 1 Almelo")
    assert await kept(town) == []


@on_sqlite
async def test_what_a_person_decides_on_an_unread_melding_is_kept_without_a_text(begin: Begin, clock: FakeClock) -> None:
    town = await Town(house_of(begin, clock, BrokenTriage())).settle()
    await town.tells("a", STORY)
    await town.person("sanne").say("/urgentie 1 spoed")
    async with begin() as work:
        [found] = await work.decisions.all()
    assert (found.proposal, found.text, found.decided) == (None, "", "spoed")
