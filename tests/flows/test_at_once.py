"""The same thing twice, at the same moment, or fifty at once; and texts as odd as they come. On both databases."""

import asyncio
from dataclasses import replace

import pytest

from flows.door import RawUpdate
from flows.intake import intake
from flows.melding import EventKind, Status
from flows.messages import Kind
from tests.town import ACUUT, LEASE, SPOED, STORY, Town, on_postgres

ODD = {
    "4096 emoji": "😀" * 4096,
    "NUL": "Mijn buurman\0 schreeuwt.",
    "RTL": "جاري يصرخ كل ليلة منذ أسبوع",
    "zero-width": "Mijn\u200b buurman\u200d schreeuwt\ufeff.",
    "overrides": "\u202eMijn buurman schreeuwt\u202c.",
    "lone surrogate": "Mijn buurman schreeuwt \ud83d.",
    "markup": "<b>Mijn & buurman</b> _schreeuwt_ {number} { $number }",
    "long": "Mijn buurman schreeuwt. " * 170,
}


@pytest.mark.parametrize("text", ODD.values(), ids=ODD)
async def test_an_odd_text_goes_the_whole_way(town: Town, text: str) -> None:
    melding = await town.tells("a", text)
    await town.melder("a").say(text)
    await town.person("sanne").say("/melding 1")
    await town.person("sanne").say("/wachtrij")
    kept = (await town.melding(melding.number)).report.story
    assert kept.startswith(text.replace("\0", "").replace("\ud83d", "?"))
    everything = await town.melder("a").everything() + await town.person("sanne").everything()
    assert "M-2026-000001" in everything
    assert "\0" not in everything
    everything.encode()


@pytest.mark.parametrize("text", [" ", "\n\t ", "\u200b", "\0", "\u2800 ", "\ufe0f"])
async def test_a_text_without_a_word_is_answered_kindly_and_begins_nothing(town: Town, text: str) -> None:
    await town.melder("a").say(text)
    assert len(await town.melder("a").reads()) == 1
    await town.pass_time(hours=1)
    assert "nothing" not in await town.melder("a").everything()
    assert not any(melding.report.story.strip(text) for melding in await town.meldingen())


async def test_fifty_messages_in_a_second_are_all_in_the_story_and_get_few_answers(town: Town) -> None:
    melder = town.melder("a")
    said = [f"Hij roept zin {number} tegen niemand." for number in range(50)]
    raws = [melder.incoming(kind=Kind.TEXT, text=text, message_id=f"f{n}") for n, text in enumerate(said)]
    async with town.house.begin() as work:
        updates = [RawUpdate("telegram", "77", one.update_id, melder.key.lane, b"{}") for one in raws]
        assert await work.inbox.keep(updates, town.clock()) == 50
        await work.commit()
    by_id = {one.update_id: one for one in raws}
    while True:
        async with town.house.begin() as work:
            kept = await work.inbox.claim(town.clock(), LEASE, 50)
            await work.commit()
        if not kept:
            break
        assert len(kept) == 1, "one lane, one at a time"
        await intake(town.house, by_id[kept[0].raw.update_id], kept[0])
    assert len(await melder.reads()) <= 2
    await town.pass_time(minutes=30)
    report = (await town.only()).report
    told = [part.text for part in report.parts]
    assert [text for text in said if text not in told] == []
    assert told == said, "in the order in which they were said"


async def test_the_same_update_again_is_no_news(town: Town) -> None:
    melder = town.melder("a")
    one = melder.incoming(kind=Kind.TEXT, text=ACUUT, message_id="m1")
    kept = await town.keeps(one)
    await intake(town.house, one, kept)
    await intake(town.house, one, kept)
    again = replace(one, update_id="another")
    await intake(town.house, again, await town.keeps(again))
    assert len(await melder.reads()) == 1
    assert len((await town.only()).report.parts) == 1


@on_postgres
async def test_the_same_update_on_two_replicas_at_once_makes_one_melding(town: Town, other: Town) -> None:
    for number in range(5):
        melder = town.melder(f"melder-{number}")
        one = melder.incoming(kind=Kind.TEXT, text=ACUUT, message_id=f"x{number}")
        kept = await town.keeps(one)
        twin = replace(one, update_id=f"twin-{number}")  # the same message under another update id
        twin_kept = await town.keeps_beside(twin)
        await asyncio.gather(intake(town.house, one, kept), intake(other.house, one, kept), intake(other.house, twin, twin_kept))
    meldingen = await town.meldingen()
    assert [len(m.report.parts) for m in meldingen] == [1] * 5
    alarms = [text for text in await town.person("sanne").reads() if "ACUUT" in text]
    assert len(alarms) == 5


async def test_of_two_people_who_press_at_once_one_has_it_and_the_other_hears_who(town: Town, other: Town) -> None:
    for number in range(1, 4):
        melding = await town.tells(f"melder-{number}", SPOED)
        await town.silence()
        presses = [town.person(name).incoming(kind=Kind.TEXT, text=f"/pak {number}") for name in ("fenna", "bram")]
        kept = [await town.keeps(one) for one in presses]
        await asyncio.gather(*(intake(t.house, o, k) for t, o, k in zip((town, other), presses, kept, strict=True)))
        fenna, bram = ["".join(await town.person(name).reads()) for name in ("fenna", "bram")]
        owner = (await town.melding(melding.number)).owner
        winner, loser = (fenna, bram) if owner == town.ids["fenna"] else (bram, fenna)
        assert "nu van u" in winner
        assert "nu van u" not in loser
        assert "al opgepakt" in loser
        assert (await town.melding(melding.number)).status is Status.ACKNOWLEDGED
        assert (await town.kinds(melding.number)).count(EventKind.ACKNOWLEDGED) == 1


async def test_a_melder_who_adds_while_a_colleague_takes_it_loses_nothing(town: Town, other: Town) -> None:
    await town.tells("a", STORY)
    more = town.melder("a").incoming(kind=Kind.TEXT, text="Nu gooit hij met glas.", message_id="more")
    take = town.person("fenna").incoming(kind=Kind.TEXT, text="/pak 1")
    kept = [await town.keeps(one) for one in (more, take)]
    await asyncio.gather(intake(town.house, more, kept[0]), intake(other.house, take, kept[1]))
    melding = await town.only()
    assert (melding.owner, melding.report.parts[-1].text) == (town.ids["fenna"], "Nu gooit hij met glas.")
