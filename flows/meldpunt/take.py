"""Use cases: look at a melding, say "Ik pak dit op", "Niet voor mij", assign it. Who was first is who has it (failure 12)."""

from dataclasses import replace

from flows import notices
from flows.errors import Refused
from flows.melder.step import Reply
from flows.melding import Event, EventKind, Melding, Status, may_move
from flows.meldpunt import buttons
from flows.meldpunt.desk import Desk, Replies, find, must_be_open, reply
from flows.messages import Moment, say
from flows.people import DESK, Person, Right
from flows.ports import DeadlineKind
from flows.regie import climb


async def take(desk: Desk, words: str) -> Replies:
    """/pak: at the desk the first time is to look, then it is to have; whoever was asked has it."""
    melding = await find(desk, words, Right.TAKE)
    at_desk = desk.person.role in DESK
    if at_desk and desk.person.id not in melding.asked and melding.looker != desk.person.id and melding.owner is None:
        return await _look(desk, melding)
    return await _acknowledge(desk, melding)


async def look(desk: Desk, words: str) -> Replies:
    if desk.person.role not in DESK:
        return await take(desk, words)
    return await _look(desk, await find(desk, words, Right.TAKE))


async def acknowledge(desk: Desk, words: str) -> Replies:
    return await _acknowledge(desk, await find(desk, words, Right.TAKE))


async def _look(desk: Desk, melding: Melding) -> Replies:
    """The first look is told to the melder; a second person hears who looks already."""
    must_be_open(melding)
    if melding.looker is not None and melding.looker != desk.person.id:
        other = await desk.work.people.get(melding.looker)
        return (Reply((say("looked-before", number=melding.number, who=label(other)),), buttons.choices(melding, desk.person)),)
    status = Status.LOOKED_AT if may_move(melding.status, Status.LOOKED_AT) else melding.status
    event = Event(EventKind.LOOKED_AT, desk.now, desk.person.id)
    saved = await desk.work.meldingen.save(replace(melding, status=status, looker=desk.person.id), event)
    await desk.work.deadlines.clear(DeadlineKind.FIRST_LOOK, saved.number)
    if melding.looker is None:
        await desk.work.outbox.add(notices.to_melder(saved, "melder-looked"), now=desk.now)
    return (Reply((say("looking", number=saved.number),), buttons.choices(saved, desk.person)),)


async def _acknowledge(desk: Desk, melding: Melding) -> Replies:
    must_be_open(melding)
    person = desk.person
    if melding.owner == person.id:
        return reply(say("yours-already", number=melding.number))
    if melding.owner is not None:
        return await _taken_before(desk, melding)
    others = tuple(p for p in melding.asked if p != person.id)
    owned = replace(melding, status=Status.ACKNOWLEDGED, owner=person.id, asked=(), due_at=None)
    saved = await desk.work.meldingen.save(owned, Event(EventKind.ACKNOWLEDGED, desk.now, person.id))
    for kind in (DeadlineKind.ACKNOWLEDGE, DeadlineKind.FIRST_LOOK):
        await desk.work.deadlines.clear(kind, saved.number)
    await desk.work.outbox.add(notices.to_melder(saved, "melder-has"), now=desk.now)
    await _tell(desk, saved, (*others, *((melding.looker,) if melding.looker not in (None, person.id) else ())))
    open_ = notices.open_page(saved, desk.house, "werkplek" if person.role in DESK else "regie")
    return (Reply((say("yours", number=saved.number, gemeente=saved.gemeente or "none"),), ((open_,),)),)


async def _tell(desk: Desk, melding: Melding, people: tuple[int | None, ...]) -> None:
    for person_id in dict.fromkeys(p for p in people if p is not None):
        person = await desk.work.people.get(person_id)
        if person is not None:
            await desk.work.outbox.add(*notices.told(melding, (person,), "taken", who=desk.person.label), now=desk.now)


async def _taken_before(desk: Desk, melding: Melding) -> Replies:
    owner = await desk.work.people.get(melding.owner) if melding.owner else None
    events = await desk.work.meldingen.events(melding.number)
    at = next((e.at for e in reversed(events) if e.kind is EventKind.ACKNOWLEDGED), desk.now)
    return reply(say("taken-before", number=melding.number, who=label(owner), at=Moment(at)))


def label(person: Person | None) -> str:
    return person.label if person else "—"


async def decline(desk: Desk, words: str) -> Replies:
    """ "Niet voor mij" with a reason: the next rung is asked at once. Without one, the reasons are offered."""
    number, _, reason = words.partition(" ")
    melding = await find(desk, number, Right.TAKE)
    must_be_open(melding)
    if desk.person.id not in melding.asked and desk.person.id != melding.owner:
        return reply(say("not-asked", number=melding.number))
    if not reason.strip():
        return (Reply((say("decline-why", number=melding.number),), buttons.reasons(melding)),)
    event = Event(EventKind.DECLINED, desk.now, desk.person.id, {"reason": reason.strip()})
    left = tuple(p for p in melding.asked if p != desk.person.id)
    if left:
        await desk.work.meldingen.save(replace(melding, asked=left), event)
    else:
        await climb.ask(desk.work, desk.house, replace(melding, asked=()), max(melding.rung, 0) + 1, desk.now, event)
    return reply(say("declined", number=melding.number))


async def assign(desk: Desk, words: str) -> Replies:
    """Without a name: the regievoerder of the gemeente."""
    number, _, name = words.partition(" ")
    melding = await find(desk, number, Right.ASSIGN)
    must_be_open(melding)
    by = Event(EventKind.ASSIGNED, desk.now, desk.person.id, {"to": name.strip() or "ladder"})
    known = replace(melding, looker=melding.looker or desk.person.id)
    if name.strip():
        person = await _named(desk, name.strip())
        saved = await climb.ask_person(desk.work, desk.house, known, person, desk.now, by)
    elif not melding.gemeente:
        raise Refused(say("assign-no-gemeente", number=melding.number))
    else:
        saved = await climb.ask(desk.work, desk.house, known, 0, desk.now, by)
    if melding.looker is None:
        await desk.work.outbox.add(notices.to_melder(saved, "melder-looked"), now=desk.now)
    return await assigned(desk, saved)


async def assigned(desk: Desk, melding: Melding) -> Replies:
    asked = [await desk.work.people.get(person) for person in melding.asked]
    if not asked:
        return reply(say("assigned-nobody", number=melding.number))
    who = ", ".join(label(person) for person in asked)
    return reply(say("assigned-to", number=melding.number, who=who, due=Moment(melding.due_at or desk.now)))


async def _named(desk: Desk, name: str) -> Person:
    """One person of this regio whose name, role or gemeente holds these words."""
    folded = name.casefold()
    people = [
        p for p in await desk.work.people.all(desk.person.regio) if folded in p.label.casefold() and Right.TAKE in _rights(p)
    ]
    exact = [p for p in people if p.label.casefold() == folded]
    match exact or people:
        case [person]:
            return person
        case []:
            raise Refused(say("nobody-named", name=name))
        case several:
            raise Refused(say("several-named", names=", ".join(p.label for p in several[:6])))


def _rights(person: Person) -> tuple[Right, ...]:
    return tuple(right for right in (Right.TAKE,) if person.may(right))
