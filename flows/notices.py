"""Who is told what, when something happened. Never case content: number, urgentie, gemeente, age, and where to look. Pure."""

from collections.abc import Iterable
from datetime import datetime

from flows import actions
from flows.house import House
from flows.melding import Melding
from flows.messages import Argument, Choice, Moment, Outgoing, Priority, Rows, Text, say
from flows.people import DESK, Person


def desk(people: Iterable[Person]) -> tuple[Person, ...]:
    """Everybody on duty at the meldpunt who can be reached."""
    return tuple(person for person in people if person.role in DESK and person.reachable)


def head(melding: Melding) -> dict[str, Argument]:
    """The arguments of every notice about a melding."""
    urgentie = "unread" if melding.urgentie is None else str(melding.urgentie)
    return {"number": melding.number, "urgentie": urgentie, "gemeente": melding.gemeente or "none"}


def to_person(
    person: Person, text: Text, melding: Melding, choices: Rows = (), *, priority: Priority = Priority.NOTICE
) -> tuple[Outgoing, ...]:
    """One for each chat where the person can be reached."""
    return tuple(
        Outgoing(
            address.conversation,
            (text,),
            choices,
            priority,
            resend_when_unknown=True,
            melding=melding.number,
            person=person.id,
        )
        for address in person.addresses
        if address.reachable
    )


def _to_all(people: Iterable[Person], text: Text, melding: Melding, choices: Rows, priority: Priority) -> tuple[Outgoing, ...]:
    return tuple(o for person in people for o in to_person(person, text, melding, choices, priority=priority))


def alarm(melding: Melding, people: Iterable[Person], house: House) -> tuple[Outgoing, ...]:
    """To everybody on duty: acute, or nobody could read it."""
    name = "alarm-acute" if melding.acute else "alarm-unread"
    text = say(name, **head(melding), busy="yes" if melding.unfinished else "no")
    look = Choice(say("button-look"), str(actions.OnMelding("look", melding.number, melding.version)))
    return _to_all(desk(people), text, melding, ((look, open_page(melding, house)),), Priority.ALARM)


def arrival(melding: Melding, people: Iterable[Person], house: House) -> tuple[Outgoing, ...]:
    """To the desk: urgent, not acute, and nobody was asked by itself."""
    look = Choice(say("button-look"), str(actions.OnMelding("look", melding.number, melding.version)))
    return _to_all(desk(people), say("arrival", **head(melding)), melding, ((look, open_page(melding, house)),), Priority.NOTICE)


def open_page(melding: Melding, house: House, room: str = "werkplek") -> Choice:
    return Choice(
        say("button-open"),
        str(actions.Command(f"/melding {melding.number}")),
        url=house.page(f"/{room}/meldingen/{melding.number}"),
    )


def assigned(melding: Melding, person: Person, due: datetime, now: datetime, house: House) -> tuple[Outgoing, ...]:
    minutes = int((now - melding.received_at).total_seconds() // 60)
    text = say("assigned", **head(melding), minutes=minutes, due=Moment(due))
    ack = Choice(say("button-ack"), str(actions.OnMelding("ack", melding.number, melding.version)))
    decline = Choice(say("button-decline"), str(actions.OnMelding("decline", melding.number, melding.version)))
    rows = ((ack,), (decline, open_page(melding, house, "werkplek" if person.role in DESK else "regie")))
    return to_person(person, text, melding, rows, priority=Priority.ALARM if melding.acute else Priority.NOTICE)


def late(melding: Melding, people: Iterable[Person], house: House) -> tuple[Outgoing, ...]:
    """The term to look at it passed and nobody did."""
    look = Choice(say("button-look"), str(actions.OnMelding("look", melding.number, melding.version)))
    return _to_all(desk(people), say("late", **head(melding)), melding, ((look, open_page(melding, house)),), Priority.NOTICE)


def told(melding: Melding, people: Iterable[Person], name: str, **args: Argument) -> tuple[Outgoing, ...]:
    """A plain notice without buttons to these people."""
    return _to_all((p for p in people if p.reachable), say(name, **head(melding), **args), melding, (), Priority.NOTICE)


def to_melder(melding: Melding, name: str, **args: Argument) -> Outgoing:
    """Process, never content."""
    return Outgoing(
        melding.conversation, (say(name, number=melding.number, **args),), priority=Priority.NOTICE, melding=melding.number
    )
