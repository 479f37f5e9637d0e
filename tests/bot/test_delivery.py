"""What becomes of a message: each failure has its consequence on the row, and survives a new process."""

from datetime import timedelta

import pytest

from bot import hub
from bot.channels.rendered import Rendered
from bot.delivery import DOUBTS, TRIES, Delivery
from bot.pace import Pace
from flows import errors
from flows.melding import EventKind
from flows.messages import ConversationKey, Outgoing, Priority, Text, say
from storage.engine import Database
from storage.overview import Overview
from storage.secrets import Vault
from tests.town import SPOED, Dial, Town, on_sqlite, renderer

TO = ConversationKey("telegram", "77", "900")
HALLO = say("greeting")


class Post:
    """A Sender that keeps what it was given, and fails as it is told: `then` is taken one a message."""

    def __init__(self, *then: Exception | None) -> None:
        self.then = list(then)
        self.sent: list[Rendered] = []
        self.tried = 0

    async def send(self, message: Rendered) -> str:
        self.tried += 1
        problem = self.then.pop(0) if self.then else None
        if problem is not None:
            raise problem
        self.sent.append(message)
        return f"ref-{self.tried}"


def _delivery(town: Town, post: Post, *, paced: bool = False) -> Delivery:
    """A new one is what a restart makes."""
    return Delivery(town.house, {"telegram": post}, renderer(), Pace(frozenset({"telegram"} if paced else ())), hub.Hub())


async def _add(town: Town, *messages: Outgoing) -> None:
    async with town.house.begin() as work:
        await work.outbox.add(*messages, now=town.clock())
        await work.commit()


async def _run(town: Town, post: Post, *, seconds: float = 0, paced: bool = False) -> None:
    town.clock.advance(timedelta(seconds=seconds))
    Dial.clock = staticmethod(town.clock)
    while parcels := await (worker := _delivery(town, post, paced=paced)).claim(10):
        for parcel in parcels:
            await worker.deliver(parcel)


def _out(text: Text = HALLO, to: ConversationKey = TO, **more: object) -> Outgoing:
    return Outgoing(to, (text,), **more)  # type: ignore[arg-type]


async def test_what_is_sent_is_sent_once(town: Town) -> None:
    post = Post()
    await _add(town, _out())
    await _run(town, post)
    await _run(town, post, seconds=3600)
    assert [m.plain for m in post.sent] == ["Hallo. Is er nu gevaar? Bel 112."]


async def test_a_wait_holds_the_chat_for_as_long_as_it_was_told_also_after_a_restart(town: Town) -> None:
    post = Post(errors.RetryAfter(30))
    other = ConversationKey("telegram", "77", "901")
    await _add(town, _out(), _out(say("language")), _out(to=other))
    await _run(town, post)
    assert [m.conversation for m in post.sent] == [other], "another chat goes on"
    await _run(town, post, seconds=29)
    assert len(post.sent) == 1
    await _run(town, post, seconds=1)
    assert [m.plain.split()[0] for m in post.sent[1:]] == ["Hallo.", "Ik"], "in their order"


@on_sqlite
async def test_to_be_told_to_wait_often_is_no_failure_of_the_message(town: Town) -> None:
    post = Post(*[errors.RetryAfter(30)] * 8, errors.Rejected("once"))
    await _add(town, _out())
    await _run(town, post)
    for _ in range(12):
        await _run(town, post, seconds=60)
    assert len(post.sent) == 1


@on_sqlite
async def test_a_wait_for_everybody_holds_the_whole_channel(town: Town) -> None:
    post = Post(errors.RetryAfter(30, everybody=True))
    await _add(town, _out())
    await _run(town, post)
    await _add(town, _out(to=ConversationKey("telegram", "77", "901")))
    await _run(town, post, seconds=29)
    assert post.tried == 1
    await _run(town, post, seconds=1)
    assert len(post.sent) == 2


async def test_who_is_unreachable_is_marked_and_what_was_asked_goes_to_the_next_at_once(town: Town) -> None:
    melding = await town.tells("a", SPOED)
    fenna = town.chat("fenna").key

    class Blocked(Post):
        async def send(self, message: Rendered) -> str:
            if message.conversation == fenna:
                raise errors.Unreachable
            return await super().send(message)

    post = Blocked()
    await _run(town, post)
    assert any("Nieuwe melding" in m.plain for m in post.sent if m.conversation == town.chat("bram").key)
    async with town.house.begin() as work:
        person = await work.people.get(town.ids["fenna"])
    assert person is not None
    assert not person.reachable
    assert EventKind.UNDELIVERED in await town.kinds(melding.number)


@on_sqlite
async def test_a_chat_that_moved_gets_its_message_under_the_new_id(town: Town) -> None:
    post = Post(errors.Moved("-100900"))
    await _add(town, _out())
    await _run(town, post)
    assert [m.conversation.chat for m in post.sent] == ["-100900"]


@on_sqlite
@pytest.mark.parametrize("staff", [True, False])
async def test_of_unknown_arrival_an_alert_goes_again_as_possibly_double_and_a_melder_text_does_not(
    town: Town, database: Database, vault: Vault, staff: bool
) -> None:
    post = Post(errors.Unknown())
    await _add(town, _out(resend_when_unknown=staff))
    for _ in range(5):
        await _run(town, post, seconds=70)
    assert [m.plain.startswith("(Mogelijk dubbel)") for m in post.sent] == ([True] if staff else [])
    assert (await Overview(database, vault).health(town.clock())).unknown == (0 if staff else 1)


@on_sqlite
async def test_an_alert_in_doubt_is_given_up_after_some_tries(town: Town, database: Database, vault: Vault) -> None:
    post = Post(*[errors.Unknown() for _ in range(20)])
    await _add(town, _out(resend_when_unknown=True))
    for _ in range(10):
        await _run(town, post, seconds=70)
    assert post.tried == DOUBTS + 1
    assert (await Overview(database, vault).health(town.clock())).unknown == 1


@on_sqlite
@pytest.mark.parametrize("problem", [errors.Rejected("Bad Request: odd"), RuntimeError("a bug that quotes a story")])
async def test_what_is_refused_for_a_reason_of_ours_is_tried_then_given_up_with_an_alarm(
    town: Town, database: Database, vault: Vault, problem: Exception
) -> None:
    post = Post(*[problem] * TRIES)
    await _add(town, _out())
    for _ in range(10):
        await _run(town, post, seconds=70)
    assert (await Overview(database, vault).health(town.clock())).dead == 1
    alarms = [m for m in post.sent if m.conversation == town.chat("sanne").key]
    assert ["kwam niet aan" in m.plain for m in alarms] == [True]
    [dead] = await Overview(database, vault).dead()
    assert "story" not in dead.problem


async def test_acute_goes_first(town: Town) -> None:
    post = Post()
    for priority in (Priority.BULK, Priority.NOTICE, Priority.REPLY, Priority.ALARM):
        await _add(town, _out(say("x", at=int(priority)), priority=priority))
    await _run(town, post)
    assert [m.plain for m in post.sent] == ["x: 0", "x: 1", "x: 2", "x: 3"]


@on_sqlite
async def test_what_was_under_way_when_we_died_comes_again_as_possibly_double(town: Town) -> None:
    post = Post()
    await _add(town, _out(resend_when_unknown=True))
    assert len(await _delivery(town, post).claim(10)) == 1
    await _run(town, post, seconds=121)
    assert post.sent[0].plain.startswith("(Mogelijk dubbel)")


@on_sqlite
async def test_a_chat_gets_no_more_than_its_pace_and_all_of_it_in_the_end(town: Town) -> None:
    post = Post()
    await _add(town, *(_out(say("x", n=n)) for n in range(20)))
    await _run(town, post, paced=True)
    assert len(post.sent) == 13
    for _ in range(10):
        await _run(town, post, paced=True, seconds=2)
    assert [m.plain for m in post.sent] == [f"x: {n}" for n in range(20)]


@on_sqlite
async def test_only_the_channels_that_we_have_are_claimed(town: Town) -> None:
    post = Post()
    await _add(town, _out(to=ConversationKey("webchat", "web", "w")))
    await _run(town, post)
    assert post.tried == 0
