"""Use cases: change the urgentie, ask the melder, note, close. What a person decides stands beside what was proposed."""

from dataclasses import replace

from flows import decisions, notices
from flows.assessment import Urgentie
from flows.decisions import What
from flows.errors import Refused
from flows.melder.states import Asking, Confirming, Sent, State
from flows.melder.step import Reply
from flows.melding import Event, EventKind, Melding, Status
from flows.meldpunt import buttons
from flows.meldpunt.desk import Desk, Replies, find, must_be_open, reply
from flows.messages import say
from flows.people import Right
from flows.ports import Deadline, DeadlineKind
from flows.regie import climb

LONGEST = 2000  # characters of a question or a note


async def urgentie(desk: Desk, words: str) -> Replies:
    """/urgentie NR waarde [reden]"""
    number, _, said = words.partition(" ")
    melding = await find(desk, number, Right.DECIDE)
    value, _, why = said.strip().partition(" ")
    level = value.casefold()
    if level not in set(Urgentie):
        return (Reply((say("urgentie-which", number=melding.number),), buttons.levels(melding)),)
    must_be_open(melding)
    decided = Urgentie(level)
    before = "unread" if melding.urgentie is None else str(melding.urgentie)
    detail = {"from": before, "to": level, "proposed": _proposed(melding), **reason(why)}
    event = Event(EventKind.URGENTIE, desk.now, desk.person.id, detail)
    moved = replace(melding, urgentie=decided, decided=True)
    if melding.status in {Status.NEW, Status.LOOKED_AT}:
        due = desk.house.first_look_due(decided, desk.now)
        moved = replace(moved, due_at=due)
        if melding.status is Status.NEW:
            await desk.work.deadlines.set(Deadline(DeadlineKind.FIRST_LOOK, melding.number, due))
    saved = await desk.work.meldingen.save(moved, event)
    if not (melding.decided and melding.urgentie is decided):  # said twice is one decision
        await desk.work.decisions.keep(decisions.made(melding, desk.person, What.URGENTIE, level, desk.now))
    saved = await _urgent_now(desk, melding, saved)
    return (Reply((say("urgentie-set", number=saved.number, urgentie=level),), buttons.choices(saved, desk.person)),)


def reason(why: str) -> dict[str, str]:
    """In the detail of an event; it may be given and is never asked."""
    return {"reason": why.strip()[:LONGEST]} if why.strip() else {}


def _proposed(melding: Melding) -> str:
    reading = melding.report.reading
    return "unread" if reading is None else str(reading.urgentie)


async def _urgent_now(desk: Desk, before: Melding, melding: Melding) -> Melding:
    """A person made it urgent: it goes to the regievoerder as if it had come in so; a running term is measured anew."""
    rises = before.urgentie is None or (melding.urgentie is not None and melding.urgentie.rank < before.urgentie.rank)
    waits = melding.status in {Status.NEW, Status.LOOKED_AT, Status.ASSIGNED}
    if rises and waits and melding.urgentie in desk.house.regio.auto_assign and (melding.gemeente or melding.acute):
        return await climb.ask(desk.work, desk.house, melding, max(melding.rung, 0), desk.now)
    return melding


async def ask(desk: Desk, words: str) -> Replies:
    """A question to the melder; the next thing they write here is the answer."""
    number, _, question = words.partition(" ")
    melding = await find(desk, number, Right.ASK)
    if not question.strip():
        raise Refused(say("ask-what", number=melding.number))
    must_be_open(melding)
    text = question.strip()[:LONGEST]
    talk = await desk.work.conversations.load(melding.conversation)
    if talk.blocked:
        raise Refused(say("melder-away", number=melding.number))
    await desk.work.conversations.save(replace(talk, state=_waiting_for_answer(talk.state, melding.number)))
    event = Event(EventKind.ASKED, desk.now, desk.person.id, {"text": text})
    looked = replace(melding, looker=melding.looker or desk.person.id)
    saved = await desk.work.meldingen.save(looked, event)
    await desk.work.outbox.add(notices.to_melder(saved, "melder-question", question=text), now=desk.now)
    return reply(say("asked", number=saved.number))


def _waiting_for_answer(state: State, number: str) -> State:
    """Who is still telling this melding answers with more of the story: no other question may stand in between."""
    match state:
        case Asking(report=report) if report.number == number:
            return replace(state, topic=None)
        case Asking() | Confirming():
            return state
        case _:
            return Sent(last=state.last or number, question=number)


async def note(desk: Desk, words: str) -> Replies:
    """For colleagues only; never shown to the melder."""
    number, _, text = words.partition(" ")
    melding = await find(desk, number, Right.NOTE)
    if not text.strip():
        raise Refused(say("note-what", number=melding.number))
    detail = {"text": text.strip()[:LONGEST]}
    await desk.work.meldingen.note(melding.number, Event(EventKind.NOTE, desk.now, desk.person.id, detail))
    return reply(say("noted", number=melding.number))


async def close(desk: Desk, words: str) -> Replies:
    number, _, outcome = words.partition(" ")
    melding = await find(desk, number, Right.DECIDE)
    must_be_open(melding)
    chosen = outcome.strip().casefold().replace(" ", "-")
    if chosen not in buttons.OUTCOMES:
        return (Reply((say("close-how", number=melding.number),), buttons.outcomes(melding)),)
    event = Event(EventKind.CLOSED, desk.now, desk.person.id, {"outcome": chosen})
    saved = await desk.work.meldingen.save(replace(melding, status=Status.CLOSED, asked=(), due_at=None), event)
    for kind in (DeadlineKind.ACKNOWLEDGE, DeadlineKind.FIRST_LOOK):
        await desk.work.deadlines.clear(kind, saved.number)
    await desk.work.outbox.add(notices.to_melder(saved, "melder-closed"), now=desk.now)
    return reply(say("closed", number=saved.number))
