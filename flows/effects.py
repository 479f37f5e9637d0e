"""Carries out what a step of the melder's dialogue decided, inside the step's transaction."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from flows import entering, follow, sending
from flows.assessment import Urgentie
from flows.house import House
from flows.melder.states import Asking, Confirming, State, Stopped
from flows.melder.step import Add, Edit, Effect, Look, Offer, Reply, Send, UseCode, Withdraw, report_of
from flows.melding import Melding
from flows.messages import ConversationKey
from flows.ports import UnitOfWork

CODE_TRIES = 5
CODE_WINDOW = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Stage:
    """Where an effect is carried out. `addition`: the sent melding with what was added to it, read already."""

    work: UnitOfWork
    house: House
    key: ConversationKey
    now: datetime
    addition: Melding | None = None
    fresh: Urgentie | None = None  # how the new words read by themselves


Outcome = tuple[State, tuple[Reply, ...]]


async def carry_out(stage: Stage, state: State, effects: tuple[Effect, ...]) -> Outcome:
    replies: tuple[Reply, ...] = ()
    for effect in effects:
        state, more = await _one(stage, state, effect)
        replies += more
    return state, replies


async def _one(stage: Stage, state: State, effect: Effect) -> Outcome:
    match effect:
        case Offer():
            return await offer(stage, state), ()
        case Send(report=report):
            return await sending.send(stage.work, stage.house, report, stage.key, stage.now)
        case Add():
            return await sending.add(stage.work, stage.house, state, effect, stage.addition, stage.now, stage.fresh)
        case Edit():
            return await sending.edit(stage.work, stage.house, state, stage.addition, stage.now, stage.fresh)
        case Withdraw(number=number):
            return await follow.withdraw(stage.work, stage.house, state, number, stage.now)
        case Look(purpose=purpose):
            meldingen = await stage.work.meldingen.of_melder(stage.key)
            return follow.look(state, purpose, meldingen)
        case UseCode(code=code, purpose=purpose):
            return await _use_code(stage, state, code, purpose)


async def offer(stage: Stage, state: State) -> State:
    """The draft stands in the queue, or what stands there follows it."""
    report = report_of(state)
    if report is None or not isinstance(state, Asking | Confirming | Stopped):
        return state
    melding = await stage.work.meldingen.get(report.number) if report.number else None
    if melding is not None and melding.status.open:
        if melding.report != report:
            await entering.revise(stage.work, stage.house, melding, report, stage.now, fresh=stage.fresh)
        return state
    entered = await entering.enter(stage.work, stage.house, report, stage.key, stage.now, unfinished=True)
    return replace(state, report=replace(report, number=entered.number))


async def _use_code(stage: Stage, state: State, code: str, purpose: str) -> Outcome:
    allowed = await stage.work.limits.hit(f"code:{stage.key.lane}", stage.now, window=CODE_WINDOW, most=CODE_TRIES)
    melding = await stage.work.meldingen.by_follow_code(code) if allowed else None
    return follow.with_code(state, purpose, melding, allowed=allowed)
