"""The contract of the conversations, on both databases."""

import asyncio
from dataclasses import replace

import pytest

from flows import errors
from flows.assessment import Topic
from flows.melder.states import Asking, Confirming, GivingCode, Idle, Sent, State, Stopped, Withdrawing
from flows.ports import Talk
from storage.unit_of_work import Begin
from tests.storage.samples import KEY, OTHER, report

STATES: list[State] = [
    Idle(last="M-2026-000001", greeted=True),
    Asking(report=report(), topic=Topic.PLACE, serial=3),
    Confirming(report=report(), serial=4),
    Stopped(report=report()),
    Sent(last="M-2026-000001"),
    Withdrawing(last="M-2026-000001"),
    GivingCode(purpose="status"),
]


async def save(begin: Begin, talk: Talk) -> Talk:
    async with begin() as work:
        saved = await work.conversations.save(talk)
        await work.commit()
    return saved


async def test_an_unknown_conversation_stands_at_idle(begin: Begin) -> None:
    async with begin() as work:
        assert await work.conversations.load(KEY) == Talk(KEY, Idle(), 0, False)


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.kind)
async def test_every_state_comes_back_as_it_was(begin: Begin, state: State) -> None:
    saved = await save(begin, Talk(KEY, state, blocked=True))
    assert saved == Talk(KEY, state, 1, True)
    async with begin() as work:
        assert await work.conversations.load(KEY) == saved
        assert (await work.conversations.load(OTHER)).version == 0


async def test_each_save_moves_the_version(begin: Begin) -> None:
    talk = await save(begin, await save(begin, Talk(KEY, Idle())))
    assert talk.version == 2


@pytest.mark.parametrize("version", [0, 1, 7])
async def test_who_saves_on_another_version_gets_a_conflict(begin: Begin, version: int) -> None:
    current = await save(begin, await save(begin, Talk(KEY, Idle())))
    with pytest.raises(errors.Conflict):
        await save(begin, replace(current, version=version))
    async with begin() as work:
        assert await work.conversations.load(KEY) == current


@pytest.mark.parametrize("known", [False, True])
async def test_of_two_replicas_that_save_at_once_one_gets_a_conflict(begin: Begin, other_begin: Begin, known: bool) -> None:
    talk = await save(begin, Talk(KEY, Idle())) if known else Talk(KEY, Idle())
    saves = [save(replica, replace(talk, state=Sent(last=name))) for name, replica in (("a", begin), ("b", other_begin))]
    results = await asyncio.gather(*saves, return_exceptions=True)
    [lost] = [result for result in results if isinstance(result, BaseException)]
    assert isinstance(lost, errors.Conflict)
    async with begin() as work:
        assert await work.conversations.load(KEY) in results
