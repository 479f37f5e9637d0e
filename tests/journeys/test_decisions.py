"""A medewerker puts right what the machine proposed, in the chat; it is kept beside the proposal, and measured."""

import asyncio
import io

import pytest

from bot import learning
from flows.decisions import Decision
from flows.people import Role
from tests.journeys.driver import Chat, Town, label, town, words
from tests.telegram_emulator import Emulator, SecondOpinion

MELDER, DESK, ALMELO = 11, 21, 31
STORY = "mijn buurman schreeuwt al drie nachten en praat tegen mensen die er niet zijn, kerkstraat 12 enschede"
NOWHERE = "mijn buurvrouw jansen wil niet meer leven, ze heeft geen plan maar ze zegt het elke dag"
BOTH = pytest.mark.parametrize("kind", [Emulator, SecondOpinion])


async def told(around: Town, story: str) -> str:
    """The number of the melding that this melder sent."""
    melder = around.chat(MELDER)
    await melder.says(story)
    await melder.answers_all()
    async with around.app.store.begin() as work:
        [melding] = await work.meldingen.of_melder(around.key(MELDER))
    return melding.number


async def staffed(around: Town) -> tuple[Chat, Chat]:
    desk, regie = await asyncio.gather(
        around.joins(DESK, Role.MEDEWERKER, name="Sanne"),
        around.joins(ALMELO, Role.REGIEVOERDER, gemeente="Almelo", name="Nadia"),
    )
    return desk, regie


async def kept(around: Town) -> tuple[Decision, ...]:
    async with around.app.store.begin() as work:
        return await work.decisions.all()


@BOTH
async def test_themas_are_set_by_word_and_by_button(url: str, kind: type[Emulator] | type[SecondOpinion]) -> None:
    async with town(url, kind) as around:
        desk, _ = await staffed(around)
        number = await told(around, STORY)
        await desk.says(f"/thema {number}")
        question = await desk.reads("Welke thema", number)
        assert len(question.labels) == 13
        off = next(shown for shown in question.labels if not shown.startswith("✓"))
        await desk.presses(off, question)
        answer = await desk.reads("zijn nu", number)
        assert f"✓ {off}" in answer.labels
        await desk.says(f"/thema {number} somber zorgmijding want ze doet niet open")
        await desk.reads("somber, zorgmijding", number)
        await desk.says(f"/melding {number}")
        await desk.reads("somber, zorgmijding")
        first, second = await kept(around)
        assert first.decided != second.decided == "somber,zorgmijding"
        assert (first.proposal, first.model) == (second.proposal, second.model)
        assert "kerkstraat" not in second.text.casefold()
        assert "schreeuwt" in second.text


@BOTH
async def test_a_gemeente_by_button_brings_the_melding_to_its_regievoerder(
    url: str, kind: type[Emulator] | type[SecondOpinion]
) -> None:
    async with town(url, kind) as around:
        desk, regie = await staffed(around)
        number = await told(around, NOWHERE)
        await desk.says(f"/gemeente {number} Almlo")
        wrong = await desk.reads("geen gemeente van Twente", "Almelo")
        await desk.presses("Almelo", wrong)
        await desk.reads("is nu Almelo", "Nadia is gevraagd")
        asked = await regie.reads(number, "Almelo")
        assert "leven" not in asked.text
        await regie.presses(label("button-ack"), asked)
        await regie.reads(number, "van u")
        await desk.says(f"/gemeente {number} Borne")
        await desk.reads("is nu Borne", words("gemeente-had", who="Nadia", number=number))
        assert [decision.decided for decision in await kept(around)] == ["Almelo", "Borne"]


async def test_what_people_decide_is_measured_and_becomes_examples(sqlite: str) -> None:
    async with town(sqlite) as around:
        desk, _ = await staffed(around)
        number = await told(around, STORY)
        for level in ("acuut", "advies"):
            await desk.says(f"/urgentie {number} {level}")
            await desk.reads("De urgentie van melding", number, level)
        settings = around.app.settings
        [example] = await asyncio.to_thread(learning.examples, settings)
        assert (example.urgentie, example.themas) == ("advies", None)
        report = io.StringIO()
        assert await asyncio.to_thread(lambda: learning.evaluate(settings, report, decisions=True)) == 0
        [line] = [line for line in report.getvalue().splitlines() if line.startswith("medewerker")]
        assert line.split()[:4] == ["medewerker", "*", "1", "0%"], "the last word of one melding, beside a running house"
