"""What people do that a happy path does not: old buttons, two at once, many at once, edits, strange texts, groups.
Rows 2, 11 to 13, 15, 17 to 19 and 25."""

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
from tests.journeys.driver import ACUTE, STORY, Town, house_at, label, town
from tests.journeys.waiting import until
from tests.telegram_emulator import Emulator, SecondOpinion

MELDER, OTHER, DESK, REGIE, SECOND = 11, 12, 21, 31, 32
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
        await until(lambda: asyncio.ensure_future(heard(around, 2)))
        health = await around.app.store.overview.health(around.app.clock())
        assert (health.quarantined, health.unhandled) == (2, 0)


async def heard(around: Town, number: int) -> bool:
    state = (await around.talk(MELDER)).state
    return isinstance(state, Asking) and len(state.report.parts) == number


async def test_failure_11_a_button_pressed_long_ago_or_before_a_restart_still_acts(sqlite: str) -> None:
    async with Emulator() as telegram:
        async with house_at(sqlite, telegram) as around:
            melder = around.chat(MELDER)
            await melder.says(STORY)
            question = await melder.reads("kinderen")
        await melder.presses(label("answer-danger-niets"), question)
        telegram.forget_callbacks()
        async with house_at(sqlite, telegram) as around:
            await melder.reads("Wie mag weten")
            assert around.app.counts["telegram_callback_too_old"] == 1
            assert (await draft(around)).danger


@BOTH
async def test_failure_12_of_two_who_tap_at_once_one_has_it_and_the_other_hears_who(
    sqlite: str, kind: type[Emulator] | type[SecondOpinion]
) -> None:
    async with town(sqlite, kind) as around:
        first = await hired(around, REGIE, "Fenna")
        second = await hired(around, SECOND, "Teun")
        await around.chat(MELDER).says(ACUTE)
        asked = await asyncio.gather(first.reads("Reageer"), second.reads("Reageer"))
        await asyncio.gather(first.presses("Ik pak dit op", asked[0]), second.presses("Ik pak dit op", asked[1]))
        told = [(await first.reads("M-")).text, (await second.reads("M-")).text]
        assert sum("is nu van u" in text for text in told) == 1
        assert sum("opgepakt" in text and ("Fenna" in text or "Teun" in text) for text in told) == 1
        winner = first if "is nu van u" in told[0] else second
        await winner.presses("Ik pak dit op", asked[0 if winner is first else 1])
        await winner.reads("was al van u")


async def hired(around: Town, chat_id: int, name: str):  # type: ignore[no-untyped-def]
    if isinstance(around.telegram, Emulator):
        return await around.employs(chat_id, Role.REGIEVOERDER, gemeente="Enschede", name=name)
    return await around.joins(chat_id, Role.REGIEVOERDER, gemeente="Enschede", name=name)


async def test_failure_13_an_old_button_shows_how_it_stands_now(sqlite: str) -> None:
    async with town(sqlite) as around:
        desk = await around.employs(DESK, Role.MEDEWERKER)
        regie = await around.employs(REGIE, Role.REGIEVOERDER, gemeente="Enschede")
        melder = around.chat(MELDER)
        await melder.says(STORY)
        danger = await melder.reads("kinderen")
        await melder.presses(label("answer-danger-niets"), danger)
        anonymity = await melder.reads("Wie mag weten")
        await melder.presses(label("answer-danger-wapen"), danger)
        again = await melder.reads("eerdere vraag", "Wie mag weten")
        assert again.labels == anonymity.labels
        assert "wapen is erbij" not in (await draft(around)).danger
        await melder.presses(label("answer-anonymity-verborgen"), again)
        receipt, _ = await melder.answers_all()
        number = re.search(r"M-\d{4}-\d{6}", receipt.text)[0]  # type: ignore[index]
        asked = await regie.reads("Reageer")
        await desk.says(f"/sluit {number} geen-actie")
        await desk.reads("gesloten")
        await regie.presses("Ik pak dit op", asked)
        await regie.reads(number, "is gesloten")
        data = [b["callback_data"] for chat in (MELDER, DESK, REGIE) for s in around.telegram.sent(chat) for b in s.buttons]
        assert data
        assert all(len(one.encode()) <= 64 for one in data)


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


@pytest.mark.parametrize("name", STRANGE)
async def test_failure_19_strange_texts_come_through_and_come_back(sqlite: str, name: str) -> None:
    async with town(sqlite) as around:
        melder, text = around.chat(MELDER), STRANGE[name]
        await melder.says(STORY)
        await melder.reads("kinderen")
        await melder.says(text)
        await melder.reads()
        await melder.says("/melden")
        await melder.reads()
        assert text.replace("\0", "") in [part.text for part in (await draft(around)).parts]
        assert not await around.app.store.overview.dead()
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
