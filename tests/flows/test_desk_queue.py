"""The queue of the desk: its order, its pages, what it shows, and what nobody has."""

from dataclasses import replace
from datetime import timedelta

import pytest

from flows.assessment import Urgentie
from flows.errors import Refused
from flows.melding import Melding, Status
from flows.meldpunt import queue
from flows.people import Role
from tests.readers import BrokenTriage
from tests.town import ACUUT, STORY, Town, on_sqlite

pytestmark = on_sqlite


async def _says(town: Town, name: str, text: str) -> str:
    await town.person(name).reads()
    await town.person(name).say(text)
    return (await town.person(name).reads())[0]


async def _copies(town: Town, melding: Melding, **each: list[object]) -> None:
    """Like this melding, one for each value."""
    async with town.house.begin() as work:
        for values in zip(*each.values(), strict=True):
            await work.meldingen.add(replace(melding, **dict(zip(each, values, strict=True))))
        await work.commit()


async def test_the_queue_has_acute_and_unread_first_and_then_the_term_that_runs_out_first(town: Town) -> None:
    first = await town.tells("a", STORY)  # number 1, its term is tomorrow
    minutes = [town.clock() + timedelta(minutes=m) for m in (300, 10, 40, 50, 20, -5)]
    levels = [Urgentie.SPOED, Urgentie.REGULIER, None, Urgentie.ACUUT, Urgentie.GEEN, Urgentie.ADVIES]
    await _copies(town, first, urgentie=levels, due_at=minutes)
    page = await _says(town, "sanne", "/wachtrij")
    numbers = [line.split(" ")[0] for line in page.splitlines() if line.startswith("M-2026-")]
    assert numbers == [f"M-2026-{n:06d}" for n in (4, 5, 7, 3, 2, 1)], "what reads as geen is not in it"
    assert "te laat" in next(part for part in page.split("\n\n") if "000007" in part)
    assert "nog niet beoordeeld" in next(part for part in page.split("\n\n") if "000004" in part)


async def test_the_queue_is_paged_and_every_melding_is_on_one_page(town: Town) -> None:
    first = await town.tells("a", STORY)
    await _copies(town, first, due_at=[town.clock() + timedelta(minutes=m) for m in range(24)])
    seen: list[str] = []
    page = await _says(town, "sanne", "/wachtrij")
    assert "1 tot en met 8 van 25" in page
    while True:
        seen += [line.split(" ")[0] for line in page.splitlines() if line.startswith("M-2026-")]
        if not any(b.label == "Volgende" for row in town.chat("sanne").mail[-1].buttons for b in row):
            break
        await town.person("sanne").press("Volgende")
        [page] = await town.person("sanne").reads()
    assert seen == [f"M-2026-{n:06d}" for n in (*range(2, 26), 1)]
    assert "25 tot en met 25 van 25" in page
    await town.person("sanne").press("Vorige")
    assert "17 tot en met 24" in (await town.person("sanne").reads())[0]


async def test_a_page_that_is_not_there_breaks_nothing(town: Town) -> None:
    await town.tells("a", STORY)
    assert "van 1." in await _says(town, "sanne", "/wachtrij 999")


@pytest.mark.parametrize("words", ["-1", "x", "99999999999", "٣"])
async def test_a_word_that_is_no_filter_is_named_with_what_can_be_typed(town: Town, words: str) -> None:
    await town.tells("a", STORY)
    told = await _says(town, "sanne", f"/wachtrij {words}")
    assert f"“{words}”" in told
    assert "/wachtrij spoed laat" in told
    assert "van 1." in await _says(town, "sanne", "/wachtrij")


async def test_the_queue_shows_only_what_the_filter_asks_for(town: Town) -> None:
    first = await town.tells("a", STORY)
    minutes = [town.clock() + timedelta(minutes=m) for m in (300, -10, -20)]
    levels = [Urgentie.SPOED, Urgentie.SPOED, Urgentie.REGULIER]
    await _copies(town, first, urgentie=levels, due_at=minutes, gemeente=["Almelo", "Almelo", "Hof van Twente"])
    page = await _says(town, "sanne", "/wachtrij te laat hof van twente")
    assert "Alleen: laat Hof van Twente" in page
    assert [n for n in range(1, 5) if f"M-2026-{n:06d}" in page] == [4]
    assert [n for n in range(2, 5) if f"M-2026-{n:06d}" in await _says(town, "sanne", "/wachtrij spoed almelo")] == [2, 3]
    assert "niets met dit filter" in await _says(town, "sanne", "/wachtrij acuut almelo")


async def test_a_filter_is_a_button_that_switches(town: Town) -> None:
    first = await town.tells("a", STORY)
    await _copies(town, first, urgentie=[Urgentie.REGULIER], due_at=[town.clock() - timedelta(minutes=1)])
    await _says(town, "sanne", "/wachtrij")
    await town.person("sanne").press("laat")
    assert "Alleen: laat" in (await town.person("sanne").reads())[0]
    await town.person("sanne").press("✓ laat")
    assert "van 2." in (await town.person("sanne").reads())[0]


async def test_what_is_looked_at_or_asked_is_not_free(town: Town) -> None:
    first = await town.tells("a", STORY)
    await _copies(
        town, first, looker=[None, 1], urgentie=[Urgentie.REGULIER] * 2, asked=[(), ()], status=[Status.NEW, Status.LOOKED_AT]
    )
    page = await _says(town, "sanne", "/wachtrij vrij")
    assert [n for n in (2, 3) if f"M-2026-{n:06d}" in page] == [2]


async def test_the_next_page_keeps_the_filter(town: Town) -> None:
    first = await town.tells("a", STORY)
    await _copies(town, first, urgentie=[Urgentie.ADVIES] * 12)
    assert "1 tot en met 8 van 12" in await _says(town, "sanne", "/wachtrij advies")
    await town.person("sanne").press("Volgende")
    assert "9 tot en met 12 van 12" in (await town.person("sanne").reads())[0]


async def test_an_empty_queue_says_so(town: Town) -> None:
    for command, words in (("/wachtrij", "is leeg"), ("/niemand", "van iemand"), ("/mijn", "niets op uw naam")):
        assert words in await _says(town, "sanne", command)


async def test_lists_hold_the_redacted_words_only(town: Town) -> None:
    await town.tells("a", "Mevrouw Bakker schreeuwt in de Kerkstraat in Enschede.")
    page = await _says(town, "sanne", "/wachtrij")
    opened = await _says(town, "sanne", "/melding 1")
    for text in (page, opened):
        assert "[persoon]" in text
        assert "[adres]" in text
        assert "Bakker" not in text
        assert "Kerkstraat" not in text


async def test_what_nobody_could_read_is_not_shown_in_the_chat(town: Town) -> None:
    town.house = replace(town.house, triage=BrokenTriage())
    await town.melder("a").say(STORY)
    for text in (await _says(town, "sanne", "/wachtrij"), await _says(town, "sanne", "/melding 1")):
        assert "Kerkstraat" not in text
        assert "schreeuwt" not in text


async def test_niemand_shows_what_no_living_person_has_now(town: Town) -> None:
    await town.tells("a", STORY)
    assert "M-2026-000001" in await _says(town, "sanne", "/niemand")
    await town.person("fenna").say("/pak 1")
    assert "Elke melding is van iemand" in await _says(town, "sanne", "/niemand")
    await town.person("fenna").say("/dienst uit")
    assert "M-2026-000001" in await _says(town, "sanne", "/niemand")
    await town.person("fenna").say("/dienst aan")
    await town.person("fenna").block()
    assert "M-2026-000001" in await _says(town, "sanne", "/niemand")
    await town.person("fenna").unblock()
    assert "Elke melding is van iemand" in await _says(town, "sanne", "/niemand")


async def test_the_page_asks_the_same_rights_as_the_chat(town: Town) -> None:
    await town.tells("a", ACUUT)
    async with town.house.begin() as work:
        people = {name: await work.people.get(number) for name, number in town.ids.items()}
    assert None not in people.values()
    assert (await queue.lines(town.house.begin, people["sanne"], town.clock())).total == 1
    assert (await queue.lines(town.house.begin, people["nadia"], town.clock())).total == 0, "nothing was asked of her"
    assert (await queue.lines(town.house.begin, people["fenna"], town.clock(), wanted="unattended")).total <= 1
    await town.joins("prof", Role.PROFESSIONAL)
    async with town.house.begin() as work:
        professional = await work.people.get(town.ids["prof"])
    assert professional is not None
    with pytest.raises(Refused):
        await queue.lines(town.house.begin, professional, town.clock())
