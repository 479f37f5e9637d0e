"""What a command of the staff is handed, and how it finds the melding that is meant."""

import re
from dataclasses import dataclass
from datetime import datetime

from flows.errors import Refused
from flows.house import House
from flows.melder.step import Reply
from flows.melding import Melding, has_to_do_with
from flows.messages import Text, say
from flows.people import Person, Right
from flows.ports import UnitOfWork

FULL = re.compile(r"(?:m-?)?(\d{4})-(\d{1,6})", re.IGNORECASE)
DIGITS = re.compile(r"(?:m-?)?0*(\d{1,6})", re.IGNORECASE)

Replies = tuple[Reply, ...]


@dataclass(frozen=True, slots=True)
class Desk:
    work: UnitOfWork
    house: House
    person: Person
    now: datetime


def reply(text: Text, *more: Text) -> Replies:
    return (Reply((text, *more)),)


async def find(desk: Desk, words: str, right: Right) -> Melding:
    """The melding these words mean: in full, without zeros, or its last digits when only one open melding ends so.

    Raises Refused with the same words for what does not exist and what this person may not see.
    """
    number = await _number(desk, words, right)
    melding = await desk.work.meldingen.get(number)
    if melding is None or not sees(desk.person, melding, right):
        raise Refused(say("no-such-melding"))
    return melding


def sees(person: Person, melding: Melding, right: Right) -> bool:
    """Regie sees its own gemeente, and what a medewerker asked of it from another one."""
    if melding.regio != person.regio:
        return False
    return person.may(right, gemeente=melding.gemeente) or (person.may(right) and has_to_do_with(melding, person.id))


def must_be_open(melding: Melding) -> None:
    if not melding.status.open:
        raise Refused(say("is-over", number=melding.number, status=str(melding.status)))


async def _number(desk: Desk, words: str, right: Right) -> str:
    if full := FULL.fullmatch(words):
        return f"M-{full[1]}-{int(full[2]):06d}"
    if not (last := DIGITS.fullmatch(words)):
        raise Refused(say("number-unclear"))
    whole = f"M-{desk.now.year}-{int(last[1]):06d}"
    if await desk.work.meldingen.get(whole) is not None:
        return whole
    fitting = [n for n in await desk.work.meldingen.ending_in(desk.person.regio, last[1]) if await _seen(desk, n, right)]
    if len(fitting) > 1:
        raise Refused(say("number-several", numbers=", ".join(fitting)))
    return fitting[0] if fitting else whole


async def _seen(desk: Desk, number: str, right: Right) -> bool:
    """A number that this person may not see is not named either."""
    melding = await desk.work.meldingen.get(number)
    return melding is not None and sees(desk.person, melding, right)
