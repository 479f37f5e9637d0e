"""The desk: one melding, a question and its answer, a note, an urgentie, closing."""

from dataclasses import replace
from datetime import timedelta

import pytest

from flows.assessment import Urgentie
from flows.melding import EventKind, Status
from flows.meldpunt import dossier
from tests.town import SPOED, STORY, Town, on_sqlite

pytestmark = on_sqlite


async def _says(town: Town, name: str, text: str) -> str:
    await town.person(name).reads()
    await town.person(name).say(text)
    return (await town.person(name).reads())[0]


@pytest.mark.parametrize("words", ["1", "000001", "M-2026-000001", "m-2026-1", "2026-000001", "M-1"])
async def test_a_number_is_understood_in_each_notation(town: Town, words: str) -> None:
    await town.tells("a", STORY)
    assert "M-2026-000001" in await _says(town, "sanne", f"/melding {words}")


@pytest.mark.parametrize(
    ("words", "answer"), [("", "Welke melding"), ("x", "Welke melding"), ("7", "is er niet"), ("0", "is er niet")]
)
async def test_a_number_that_is_none_gets_one_clear_sentence(town: Town, words: str, answer: str) -> None:
    assert answer in await _says(town, "sanne", f"/melding {words}")


async def test_every_look_is_kept(town: Town) -> None:
    await town.tells("a", STORY)
    await town.person("sanne").say("/melding 1")
    async with town.house.begin() as work:
        fenna = await work.people.get(town.ids["fenna"])
        nadia = await work.people.get(town.ids["nadia"])
    assert fenna is not None
    assert nadia is not None
    opened = await dossier.open_dossier(town.house.begin, fenna, "M-2026-000001", town.clock())
    assert opened is not None
    assert opened.melding.report.story == STORY
    assert await dossier.open_dossier(town.house.begin, nadia, "M-2026-000001", town.clock()) is None
    looks = [(e.actor, e.detail["where"]) for e in await town.events("M-2026-000001") if e.kind is EventKind.READ]
    assert looks == [(town.ids["sanne"], "chat"), (town.ids["fenna"], "page")]


async def test_the_second_who_looks_hears_who_looks_already(town: Town) -> None:
    await town.tells("a", STORY)
    await town.person("sanne").say("/kijk 1")
    assert "Sanne kijkt al" in await _says(town, "joris", "/kijk 1")
    assert (await town.only()).looker == town.ids["sanne"]


async def test_pak_at_the_desk_looks_first_and_has_it_the_second_time(town: Town) -> None:
    await town.tells("a", STORY)
    assert "U kijkt nu" in await _says(town, "sanne", "/pak 1")
    assert "nu van u" in await _says(town, "sanne", "/pak 1")
    assert (await town.only()).status is Status.ACKNOWLEDGED


async def test_a_question_reaches_the_melder_and_the_answer_comes_back_on_the_melding(town: Town) -> None:
    await town.tells("a", STORY)
    await town.melder("a").reads()
    assert "gaat naar de melder" in await _says(town, "sanne", "/vraag 1 Brandt er nu licht?")
    assert "“Brandt er nu licht?”" in (await town.chat("a").reads())[-1]
    await town.melder("a").say("Ja, boven.")
    assert "Uw antwoord staat bij" in (await town.chat("a").reads())[-1]
    assert "gaf antwoord" in "".join(await town.person("sanne").reads())
    melding = await town.only()
    assert melding.report.parts[-1].text == "Ja, boven."
    assert melding.report.parts[-1].answer
    kinds = await town.kinds(melding.number)
    assert kinds.index(EventKind.ASKED) < kinds.index(EventKind.ANSWERED)


async def test_an_answer_is_told_to_the_desk_when_who_asked_has_gone_off_duty(town: Town) -> None:
    await town.tells("a", STORY)
    await town.person("sanne").say("/vraag 1 Brandt er nu licht?")
    await town.person("sanne").say("/dienst uit")
    await town.silence()
    await town.melder("a").say("Ja, boven.")
    assert "gaf antwoord" in "".join(await town.person("joris").reads())


async def test_a_melder_who_blocked_us_is_not_asked_and_the_desk_hears_it(town: Town) -> None:
    await town.tells("a", STORY)
    await town.silence()
    await town.melder("a").block()
    assert "leest hier niet meer mee" in "".join(await town.person("sanne").reads())
    assert "leest hier niet meer mee" in await _says(town, "sanne", "/vraag 1 Brandt er nu licht?")
    await town.melder("a").unblock()
    assert "gaat naar de melder" in await _says(town, "sanne", "/vraag 1 Brandt er nu licht?")


async def test_a_note_is_on_the_melding_and_nowhere_else(town: Town) -> None:
    await town.tells("a", STORY)
    await town.silence()
    assert "staat bij" in await _says(town, "sanne", "/notitie 1 Bekend bij Mediant.")
    notes = [e for e in await town.events("M-2026-000001") if e.kind is EventKind.NOTE]
    assert [(e.actor, e.detail["text"]) for e in notes] == [(town.ids["sanne"], "Bekend bij Mediant.")]
    assert await town.melder("a").reads() == []
    assert "Mediant" not in "".join(m.plain for m in town.order)


@pytest.mark.parametrize(
    "command", ["/notitie 1", "/vraag 1", "/sluit 1", "/urgentie 1", "/wijstoe 1 nobody", "/dienst misschien"]
)
async def test_a_command_that_lacks_something_says_what_and_changes_nothing(town: Town, command: str) -> None:
    before = await town.tells("a", STORY)
    assert await _says(town, "sanne", command)
    assert await town.melding(before.number) == before


async def test_proposal_and_decision_are_both_kept(town: Town) -> None:
    await town.tells("a", STORY)
    await town.person("sanne").say("/urgentie 1 advies")
    assert (await town.only()).urgentie is Urgentie.ADVIES
    [event] = [e for e in await town.events("M-2026-000001") if e.kind is EventKind.URGENTIE]
    assert dict(event.detail) == {"from": "regulier", "to": "advies", "proposed": "regulier"}


@pytest.mark.parametrize(("story", "asked"), [(STORY, "fenna"), ("Iemand schreeuwt al drie nachten.", "ilse")])
async def test_what_a_person_makes_acute_goes_up_the_ladder_as_if_it_came_in_so(town: Town, story: str, asked: str) -> None:
    await town.tells("a", story)
    await town.person("sanne").say("/urgentie 1 acuut")
    melding = await town.only()
    assert melding.asked == (town.ids[asked],)
    assert melding.due_at == town.clock() + timedelta(minutes=5)


async def test_a_button_for_a_decision_on_an_older_melding_shows_the_present_one(town: Town) -> None:
    await town.tells("a", STORY)
    for name in ("sanne", "joris"):
        await town.person(name).say("/urgentie 1")
    await town.person("joris").press("spoed")
    await town.silence()
    await town.person("sanne").press("advies")
    [present] = await town.person("sanne").reads()
    assert "eerdere vraag" in present
    assert "spoed" in present
    assert (await town.only()).urgentie is Urgentie.SPOED


async def test_a_closed_melding_can_be_opened_again_and_the_melder_hears_it(town: Town) -> None:
    await town.tells("a", SPOED)
    assert "nog open" in await _says(town, "sanne", "/heropen 1")
    await _says(town, "sanne", "/sluit 1 geen-actie")
    await town.silence()
    assert "weer open" in await _says(town, "joris", "/heropen 1 De buren belden weer")
    opened = await town.melding("M-2026-000001")
    assert (opened.status, opened.looker, opened.owner) == (Status.LOOKED_AT, town.ids["joris"], None)
    assert opened.due_at is not None
    assert opened.due_at > town.clock()
    assert "weer open" in (await town.chat("a").reads())[-1]
    async with town.house.begin() as work:
        last = (await work.meldingen.events(opened.number))[-1]
    assert (last.kind, last.detail) == (EventKind.REOPENED, {"reason": "De buren belden weer"})
    assert "M-2026-000001" in await _says(town, "sanne", "/wachtrij")


async def test_what_the_melder_took_back_stays_so(town: Town) -> None:
    await town.tells("a", STORY)
    async with town.house.begin() as work:
        await work.meldingen.save(replace(await town.only(), status=Status.WITHDRAWN))
        await work.commit()
    assert "ingetrokken door de melder" in await _says(town, "sanne", "/heropen M-2026-000001")


async def test_a_closed_melding_changes_no_more_whatever_is_pressed(town: Town) -> None:
    await town.tells("a", SPOED)
    await town.person("sanne").say("/melding 1")
    await town.person("sanne").press("Sluiten")
    await town.person("sanne").press("Doorverwezen")
    assert "De melder hoort alleen dat" in (await town.person("sanne").reads())[-1]
    closed = await town.melding("M-2026-000001")
    assert closed.status is Status.CLOSED
    for command in ("/pak 1", "/kijk 1", "/wijstoe 1", "/urgentie 1 acuut", "/vraag 1 Hoe gaat het?", "/sluit 1 opgepakt"):
        assert "is gesloten" in await _says(town, "sanne", command)
    await town.person("fenna").press("Ik pak dit op")
    assert "is gesloten" in (await town.person("fenna").reads())[-1]
    await town.pass_time(hours=10)
    assert await town.melding("M-2026-000001") == closed


async def test_wijstoe_with_a_name_asks_that_person_and_without_a_gemeente_it_wants_one(town: Town) -> None:
    await town.tells("a", "Iemand schreeuwt al drie nachten.")
    assert "Schrijf wie" in await _says(town, "sanne", "/wijstoe 1")
    assert "Bram is gevraagd" in await _says(town, "sanne", "/wijstoe 1 bram")
    assert (await town.only()).asked == (town.ids["bram"],)
    await town.person("bram").press("Ik pak dit op")
    assert (await town.only()).owner == town.ids["bram"]


async def test_a_name_that_fits_several_is_asked_back(town: Town) -> None:
    await town.tells("a", STORY)
    answer = await _says(town, "sanne", "/wijstoe 1 n")
    assert "Wie bedoelt u" in answer
    assert "Fenna" in answer
