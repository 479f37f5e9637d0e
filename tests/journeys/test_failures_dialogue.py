"""What people say that a happy path does not hold: poison, many at once, edits, strange and long texts, groups.
Rows 2, 5, 15, 17 to 19, 25 and 27."""

import asyncio
import re
from dataclasses import replace
from datetime import timedelta

import pytest

from flows.assessment import Assessment, Urgentie
from flows.melder.states import Asking
from flows.melding import Melding
from flows.people import Role
from flows.report import Report
from tests.house import SharedTriage, ShiftedClock
from tests.journeys.driver import ACUTE, STORY, Town, label, town
from tests.journeys.waiting import until
from tests.telegram_emulator import Emulator, SecondOpinion

MELDER, OTHER, DESK = 11, 12, 21
BOTH = pytest.mark.parametrize("kind", [Emulator, SecondOpinion])


async def draft(around: Town, chat_id: int = MELDER) -> Report:
    state = (await around.talk(chat_id)).state
    assert isinstance(state, Asking)
    return state.report


async def melding_of(around: Town, chat_id: int) -> Melding:
    async with around.app.store.begin() as work:
        [melding] = await work.meldingen.of_melder(around.key(chat_id))
    return melding


async def test_failure_2_poison_between_two_good_ones_is_set_apart_with_an_alarm(sqlite: str) -> None:
    async with town(sqlite) as around:
        desk, melder = await around.employs(DESK, Role.MEDEWERKER), around.chat(MELDER)
        await melder.says(STORY)
        poison = around.telegram.message(MELDER, MELDER, {"text": 5})
        await around.telegram.push_raw({"message": poison})
        await around.telegram.push_raw(b'{"update_id": 99999999999999999999, "message": []}')
        await around.telegram.push_raw({"iets_nieuws": {"a": 1}})
        await melder.says("en hij slaat op de muren")
        await desk.reads("apart gezet")
        await melder.reads("bewaard")
        await until(lambda: heard(around, 2))
        health = await around.app.store.overview.health(around.app.clock())
        assert (health.quarantined, health.unhandled) == (2, 0)


async def test_failure_5_the_same_message_id_in_two_chats_is_two_messages(sqlite: str) -> None:
    async with town(sqlite) as around:
        first, second = around.chat(MELDER), around.chat(OTHER)
        assert await first.says(STORY) == await second.says(STORY)
        await asyncio.gather(first.reads("112"), second.reads("112"))


async def heard(around: Town, number: int) -> bool:
    state = (await around.talk(MELDER)).state
    return isinstance(state, Asking) and len(state.report.parts) == number


class Gate(SharedTriage):
    """Reads a text with "wacht" in it only after `open` was set."""

    def __init__(self) -> None:
        self.open = asyncio.Event()

    async def assess(self, text: str) -> Assessment:
        if "wacht" in text:
            await self.open.wait()
        return await super().assess(text)


@BOTH
async def test_failure_15_in_order_within_a_chat_beside_each_other_between_chats(
    sqlite: str, kind: type[Emulator] | type[SecondOpinion]
) -> None:
    gate = Gate()
    async with town(sqlite, kind, triage=gate, house=lambda house: replace(house, patience=60.0)) as around:
        melder, other = around.chat(MELDER), around.chat(OTHER)
        said = [f"{STORY} en dit is deel {number}, wacht even" for number in range(8)]
        for text in said:
            await melder.says(text)
        await other.says(STORY)
        await other.reads("112")
        assert not melder.history
        gate.open.set()
        await until(lambda: told(around, len(said)))
        state = (await around.talk(MELDER)).state
        assert [part.text for part in state.report.parts] == said  # type: ignore[union-attr]


async def told(around: Town, number: int) -> bool:
    report = getattr((await around.talk(MELDER)).state, "report", None)
    return report is not None and len(report.parts) == number


async def test_failure_17_an_edit_before_and_after_sending_is_a_revision_and_may_raise(sqlite: str) -> None:
    async with town(sqlite) as around:
        desk, melder = await around.employs(DESK, Role.MEDEWERKER), around.chat(MELDER)
        message = await melder.says(STORY.replace("drie", "vier"))
        await melder.reads("112")
        await around.telegram.edit(MELDER, message, STORY)
        question = await melder.reads(label("edited"))
        assert (await draft(around)).parts[0].earlier == (STORY.replace("drie", "vier"),)
        await melder.answers_all(question)
        before = await melding_of(around, MELDER)
        await around.telegram.edit(MELDER, message, ACUTE)
        assert "112" in (await melder.reads()).text
        await melder.reads(before.number, "aangepast")
        await desk.reads("ACUUT", before.number)
        await around.telegram.edit(MELDER, message, STORY)
        await melder.reads(before.number, "aangepast")
        after = await melding_of(around, MELDER)
        assert after.urgentie is Urgentie.ACUUT
        assert after.report.parts[0].earlier == (STORY.replace("drie", "vier"), STORY, ACUTE)
        async with around.app.store.begin() as work:
            assert await work.meldingen.revisions(before.number) == 3


STRANGE = {
    "emoji": "🙈" * 4096,
    "markup": f"{STORY} <b>&amp; _*[`](x) </i> &lt; <script>",
    "right to left": f"{STORY} \u202e\u05d0\u05d1\u2066 \u202dabc \u0645",
    "nothing seen": f"{STORY} \u200b\u200d\ufeff\u00ad",
    "NUL": f"{STORY} \0 en \x1b[31m",
}

ECHOED = {"markup": "<b>&amp; _*[`](x) </i> &lt; <script>", "NUL": "en [31m", "right to left": "\u2068"}


@pytest.mark.parametrize("name", STRANGE)
async def test_failure_19_strange_texts_come_through_and_come_back(sqlite: str, name: str) -> None:
    async with town(sqlite) as around:
        melder, text = around.chat(MELDER), STRANGE[name]
        await melder.says(STORY)
        await melder.reads("kinderen")
        await melder.says(text)
        summary, _ = await melder.comes_to_the_summary()
        report = getattr((await around.talk(MELDER)).state, "report", Report())
        assert text.replace("\0", "") in [part.text for part in report.parts]
        assert ECHOED.get(name, "") in summary.text
        assert not await around.app.store.overview.dead()
        assert "telegram_sent_as_plain_text" not in around.app.counts
        await melder.says(" \u200b ")
        await melder.reads("geen woorden")


async def test_failure_18_a_story_of_many_pages_is_told_back_in_parts(sqlite: str) -> None:
    async with town(sqlite) as around:
        melder = around.chat(MELDER)
        await melder.says(STORY)
        await melder.reads("kinderen")
        await melder.says("ja, <kinderen> & meer. " * 150)
        await melder.presses(label("answer-anonymity-verborgen"), await melder.reads("Wie mag weten"))
        await melder.presses(label("answer-help-nee"), await melder.reads("Is er al hulp"))
        await melder.says("0612345678, liever niet bellen & <wel> schrijven. " * 40)
        first = await melder.reads("Dit geef ik door")
        last = await melder.reads("Klopt dit?")
        assert last.message_id > first.message_id
        assert "telegram_sent_as_plain_text" not in around.app.counts
        await melder.answers_all(last)
        assert all(len(text) <= 4096 for text in melder.history)


async def test_failure_15_fifty_messages_in_a_second_are_all_kept(sqlite: str) -> None:
    async with town(sqlite) as around:
        melder = around.chat(MELDER)
        for number in range(50):
            await melder.says(f"hij schreeuwt nu voor de {number}e keer deze nacht")
        await until(lambda: told(around, 50))
        parts = getattr((await around.talk(MELDER)).state, "report", Report()).parts
        assert [int(re.findall(r"\d+", part.text)[0]) for part in parts] == list(range(50))


@pytest.mark.parametrize("said", ["/start", "@meldpunt_bot help"])
async def test_failure_25_a_group_gets_the_pointer_and_no_melding(sqlite: str, said: str) -> None:
    async with town(sqlite) as around:
        mention = [{"type": "mention", "offset": 0, "length": 13}]
        extra = {} if said.startswith("/") else {"entities": mention}
        await around.telegram.say(-77, said, user_id=MELDER, **extra)
        await around.chat(-77).reads("privéchat")
        await around.telegram.say(-77, ACUTE, user_id=MELDER)
        forwarded = {"forward_origin": {"type": "hidden_user", "date": 1700000000, "sender_user_name": "Geheim Persoon"}}
        await around.chat(MELDER).says(STORY, **forwarded)
        await around.chat(MELDER).reads("112")
        async with around.app.store.begin() as work:
            assert not await work.meldingen.of_melder(around.key(-77))
        assert "Geheim" not in repr(await around.talk(MELDER))
        assert len(around.chat(-77).history) == 1


async def test_failure_27_a_clock_that_jumps_holds_up_nothing(sqlite: str) -> None:
    clock = ShiftedClock()
    async with town(sqlite, clock=clock) as around:
        melder = around.chat(MELDER)
        await melder.says(STORY)
        await melder.reads("kinderen")
        for jump in (timedelta(hours=-1), timedelta(hours=2), timedelta(hours=-1)):
            clock.skip(jump)
            await melder.says("/melden")
            await melder.reads("al bezig")
