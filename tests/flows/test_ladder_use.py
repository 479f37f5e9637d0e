"""The ladder in use: who is asked, when it climbs, who is passed at once, and that somebody has it in the end."""

from datetime import datetime, timedelta

import pytest

from flows import trouble
from flows.melding import EventKind, Status
from flows.people import Role
from flows.ports import OutStatus
from tests.town import ACUUT, FOLK, LEASE, SPOED, STORY, Town, on_sqlite

ASKED = "Nieuwe melding"
at = datetime.fromisoformat


async def asked(town: Town) -> list[str]:
    """Who was asked since the last time."""
    news = {name: await chat.reads() for name, chat in town.chats.items()}
    return sorted(name for name, texts in news.items() if any(ASKED in text for text in texts))


async def test_nobody_answers_so_it_climbs_to_the_top_and_is_repeated_there_also_over_restarts(town: Town) -> None:
    melding = await town.tells("a", ACUUT)
    steps = [await asked(town)]
    for _ in range(5):
        town = await town.restarted()
        await town.pass_time(minutes=4, seconds=59)
        assert await asked(town) == [], "the term of acuut is five minutes"
        await town.pass_time(seconds=1)
        steps.append(await asked(town))
    assert steps == [["fenna"], ["bram"], ["ilse"], ["joris", "sanne"], ["joris", "sanne"], ["joris", "sanne"]]
    kinds = await town.kinds(melding.number)
    assert (kinds.count(EventKind.LATE), kinds.count(EventKind.CLIMBED)) == (5, 5)


@on_sqlite
async def test_the_term_of_spoed_is_an_hour(town: Town) -> None:
    await town.tells("a", SPOED)
    assert await asked(town) == ["fenna"]
    await town.pass_time(minutes=59)
    assert await asked(town) == []
    await town.pass_time(minutes=1)
    assert await asked(town) == ["bram"]


@on_sqlite
@pytest.mark.parametrize(
    ("now", "due"),
    [
        (at("2026-03-04T12:00+00:00"), at("2026-03-05T16:00+00:00")),
        (at("2026-03-06T12:00+00:00"), at("2026-03-09T16:00+00:00")),  # a weekend
        (
            at("2026-04-02T12:00+00:00"),
            at("2026-04-07T15:00+00:00"),
        ),  # Easter
    ],
)
async def test_the_term_of_regulier_is_the_next_working_day(town: Town, now: datetime, due: datetime) -> None:
    await town.until(now)
    await town.tells("a", STORY)
    await town.person("sanne").say("/wijstoe 1")
    assert (await town.only()).due_at == due
    await town.silence()
    await town.until(due - timedelta(minutes=1))
    assert await asked(town) == []
    await town.until(due)
    assert await asked(town) == ["bram"]


@on_sqlite
async def test_of_another_gemeente_another_regievoerder_is_asked(town: Town) -> None:
    await town.tells("a", "Met spoed: mijn buurvrouw eet niet meer, in Almelo.")
    assert await asked(town) == ["nadia"]
    await town.pass_time(hours=1)
    assert await asked(town) == ["ilse"], "Almelo has no vervanger"


@on_sqlite
async def test_who_is_blocked_or_off_duty_is_skipped_at_once_with_an_event_each(town: Town) -> None:
    await town.person("fenna").block()
    await town.person("bram").say("/dienst uit")
    await town.silence()
    melding = await town.tells("a", SPOED)
    assert await asked(town) == ["ilse"]
    skipped = [dict(e.detail) for e in await town.events(melding.number) if e.kind is EventKind.SKIPPED]
    assert skipped == [{"who": "Fenna", "why": "no-chat"}, {"who": "Bram", "why": "off-duty"}]


@on_sqlite
async def test_when_nobody_can_be_reached_the_melding_is_asked_of_who_comes_back(town: Town) -> None:
    for name in FOLK:
        await town.person(name).say("/dienst uit")
    await town.silence()
    melding = await town.tells("a", ACUUT)
    assert await asked(town) == []
    await town.person("joris").say("/dienst aan")
    await town.pass_time(minutes=5)
    assert await asked(town) == ["joris"]
    assert (await town.melding(melding.number)).status is Status.ASSIGNED


@on_sqlite
@pytest.mark.parametrize("reason", ["Niet mijn gemeente", "Ik kan nu niet", "Een andere reden"])
async def test_not_for_me_with_a_reason_asks_the_next_at_once(town: Town, reason: str) -> None:
    melding = await town.tells("a", SPOED)
    await town.person("fenna").press("Niet voor mij")
    assert "Waarom" in (await town.person("fenna").reads())[-1]
    assert (await town.only()).asked == (town.ids["fenna"],), "without a reason nothing moved yet"
    await town.person("fenna").press(reason)
    assert await asked(town) == ["bram"]
    assert EventKind.DECLINED in await town.kinds(melding.number)


@on_sqlite
async def test_on_the_top_one_who_declines_leaves_the_others_asked(town: Town) -> None:
    melding = await town.tells("a", ACUUT)
    for _ in range(3):
        await town.pass_time(minutes=5)
    await town.person("sanne").say("/nietvoormij 1 andere dienst")
    assert (await town.melding(melding.number)).asked == (town.ids["joris"],)


@on_sqlite
async def test_ik_pak_dit_op_stops_the_ladder_and_tells_the_others(town: Town) -> None:
    melding = await town.tells("a", ACUUT)
    for _ in range(3):
        await town.pass_time(minutes=5)
    await town.silence()
    await town.person("sanne").press("Ik pak dit op")
    assert "nu van u" in (await town.person("sanne").reads())[-1]
    assert "Sanne heeft melding" in (await town.person("joris").reads())[-1]
    assert "Iemand heeft uw melding" in (await town.melder("a").reads())[-1]
    await town.pass_time(hours=3)
    assert await asked(town) == []
    has = await town.melding(melding.number)
    assert (has.owner, has.status, has.due_at) == (town.ids["sanne"], Status.ACKNOWLEDGED, None)


@on_sqlite
async def test_the_second_tap_says_who_was_first_and_changes_nothing(town: Town) -> None:
    melding = await town.tells("a", SPOED)
    await town.pass_time(hours=1)
    await town.person("bram").press("Ik pak dit op")
    await town.person("bram").press("Ik pak dit op")
    assert "was al van u" in (await town.person("bram").reads())[-1]
    await town.person("fenna").press("Ik pak dit op")
    late = (await town.person("fenna").reads())[-1]
    assert "Bram heeft melding" in late
    assert "14.00 uur" in late
    assert (await town.melding(melding.number)).owner == town.ids["bram"]
    assert (await town.kinds(melding.number)).count(EventKind.ACKNOWLEDGED) == 1


@on_sqlite
async def test_who_was_asked_first_may_still_take_it_after_it_climbed(town: Town) -> None:
    await town.tells("a", SPOED)
    await town.pass_time(hours=1)
    await town.person("fenna").press("Ik pak dit op")
    assert (await town.only()).owner == town.ids["fenna"]


@on_sqlite
@pytest.mark.parametrize("how", ["off duty", "blocked", "refused"])
async def test_who_can_no_longer_be_reached_is_passed_at_once(town: Town, how: str) -> None:
    melding = await town.tells("a", SPOED)
    match how:
        case "off duty":
            await town.person("fenna").say("/dienst uit")
        case "blocked":
            await town.person("fenna").block()
        case "refused":
            async with town.house.begin() as work:
                parcels = await work.outbox.claim(town.clock(), LEASE, 50, channels=("telegram",))
                await work.commit()
            to_fenna = next(p for p in parcels if p.outgoing.person == town.ids["fenna"])
            await trouble.unreachable(town.house, to_fenna)
    assert await asked(town) in (["bram"], ["bram", "fenna"])
    assert (await town.only()).asked == (town.ids["bram"],)
    undelivered = [e for e in await town.events(melding.number) if e.kind is EventKind.UNDELIVERED]
    assert [e.actor for e in undelivered] == [town.ids["fenna"]]


@on_sqlite
async def test_one_of_several_who_leaves_does_not_make_it_climb(town: Town) -> None:
    melding = await town.tells("a", ACUUT)
    for _ in range(3):
        await town.pass_time(minutes=5)
    await town.silence()
    before = await town.kinds(melding.number)
    await town.person("joris").say("/dienst uit")
    assert "sanne" not in await asked(town)
    assert (await town.melding(melding.number)).asked == (town.ids["sanne"],)
    assert await town.kinds(melding.number) == [*before, EventKind.UNDELIVERED]


@on_sqlite
async def test_who_unblocks_is_asked_again(town: Town) -> None:
    await town.person("fenna").block()
    await town.person("fenna").unblock()
    await town.tells("a", SPOED)
    assert await asked(town) == ["fenna"]


@on_sqlite
async def test_a_notice_that_was_given_up_stands_on_the_melding_and_alarms_the_desk(town: Town) -> None:
    melding = await town.tells("a", SPOED)
    await town.melder("a").reads()
    await town.tells("b", SPOED)
    async with town.house.begin() as work:
        parcels = await work.outbox.claim(town.clock(), LEASE, 50, channels=("telegram",))
        await work.commit()
    notice = next(p for p in parcels if p.outgoing.person == town.ids["fenna"])
    await trouble.undelivered(town.house, notice, OutStatus.DEAD, "refused")
    assert EventKind.UNDELIVERED in await town.kinds(notice.outgoing.melding)
    assert any(notice.outgoing.melding in text for text in await town.person("sanne").reads())
    assert notice.outgoing.melding != melding.number


@on_sqlite
async def test_a_piket_of_one_gemeente_is_not_asked_for_another(town: Town) -> None:
    await town.person("ilse").say("/dienst uit")
    await town.joins("otto", Role.PIKET, "Borne")
    await town.silence()
    await town.tells("a", "Met spoed: mijn buurvrouw eet niet meer, in Almelo.")
    await town.pass_time(hours=1)
    assert "otto" not in await asked(town)
