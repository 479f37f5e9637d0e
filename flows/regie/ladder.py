"""The ladder: who is asked, and who is next when nobody says "Ik pak dit op". Pure.

regievoerder → vervanger → piket → coördinator and everybody on duty, and that last rung again until a person has it.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from flows.people import DESK, Person, Role

ROLES = (Role.REGIEVOERDER, Role.VERVANGER, Role.PIKET)
TOP = len(ROLES)


@dataclass(frozen=True, slots=True)
class Rung:
    """`asked` can be reached now; `skipped` stood on this rung or a lower one and could not."""

    rung: int
    asked: tuple[Person, ...]
    skipped: tuple[Person, ...]


def standing_on(rung: int, gemeente: str, people: Iterable[Person]) -> tuple[Person, ...]:
    """Who belongs on this rung. A person without a gemeente serves the whole regio."""
    if rung >= TOP:
        return tuple(person for person in people if person.role in DESK)
    return tuple(
        person for person in people if person.role is ROLES[rung] and (not person.gemeente or person.gemeente == gemeente)
    )


def climb(start: int, gemeente: str, people: tuple[Person, ...]) -> Rung:
    """The first rung from `start` up where somebody can be reached; the top when nobody can."""
    skipped: list[Person] = []
    for rung in range(min(start, TOP), TOP + 1):
        here = standing_on(rung, gemeente, people)
        asked = tuple(person for person in here if person.reachable)
        skipped.extend(person for person in here if not person.reachable)
        if asked:
            return Rung(rung, asked, tuple(skipped))
    return Rung(TOP, (), tuple(skipped))
