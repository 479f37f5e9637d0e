"""The ladder: regievoerder, vervanger, piket, then everybody at the desk; who cannot be reached is passed at once."""

from dataclasses import replace

import pytest

from flows.messages import ConversationKey
from flows.people import Address, Person, Role
from flows.regie import ladder

ENSCHEDE, ALMELO = "Enschede", "Almelo"


def person(id_: int, role: Role, gemeente: str = ENSCHEDE) -> Person:
    key = ConversationKey("web", "own", str(id_))
    return Person(id_, role, "twente", gemeente, addresses=(Address(key),))


REGIE = person(1, Role.REGIEVOERDER)
SUBSTITUTE = person(2, Role.VERVANGER)
ON_CALL = person(3, Role.PIKET, "")
COORDINATOR = person(4, Role.COORDINATOR, "")
DESK = person(5, Role.MEDEWERKER, "")
ELSEWHERE = person(6, Role.REGIEVOERDER, ALMELO)
PROFESSIONAL = person(7, Role.PROFESSIONAL)
ALL = (DESK, ON_CALL, PROFESSIONAL, ELSEWHERE, COORDINATOR, SUBSTITUTE, REGIE)


def off_duty(someone: Person) -> Person:
    return replace(someone, on_duty=False)


def blocked(someone: Person) -> Person:
    return replace(someone, addresses=tuple(replace(address, reachable=False) for address in someone.addresses))


def without(*gone: Person) -> tuple[Person, ...]:
    return tuple(someone for someone in ALL if someone not in gone)


def asked(rung: ladder.Rung) -> set[int]:
    return {someone.id for someone in rung.asked}


@pytest.mark.parametrize(
    ("start", "rung", "who"),
    [
        (0, 0, {REGIE.id}),
        (1, 1, {SUBSTITUTE.id}),
        (2, 2, {ON_CALL.id}),
        (3, 3, {COORDINATOR.id, DESK.id}),
    ],
)
def test_each_rung_asks_its_own_people(start: int, rung: int, who: set[int]) -> None:
    found = ladder.climb(start, ENSCHEDE, ALL)
    assert (found.rung, asked(found), found.skipped) == (rung, who, ())


@pytest.mark.parametrize("start", [3, 4, 5, 99])
def test_the_top_is_asked_again_and_again(start: int) -> None:
    found = ladder.climb(start, ENSCHEDE, ALL)
    assert (found.rung, asked(found)) == (ladder.TOP, {COORDINATOR.id, DESK.id})


@pytest.mark.parametrize("away", [off_duty, blocked, lambda p: replace(p, active=False), lambda p: replace(p, addresses=())])
def test_who_cannot_be_reached_is_skipped_at_once(away: object) -> None:
    gone = away(REGIE)  # type: ignore[operator]
    found = ladder.climb(0, ENSCHEDE, (*without(REGIE), gone))
    assert (found.rung, asked(found), found.skipped) == (1, {SUBSTITUTE.id}, (gone,))


def test_several_rungs_are_skipped_in_one_go_and_all_are_named() -> None:
    gone = (off_duty(REGIE), blocked(SUBSTITUTE))
    found = ladder.climb(0, ENSCHEDE, (*without(REGIE, SUBSTITUTE), *gone))
    assert (found.rung, asked(found), found.skipped) == (2, {ON_CALL.id}, gone)


def test_an_empty_rung_is_passed_without_a_word() -> None:
    found = ladder.climb(0, ENSCHEDE, without(REGIE, SUBSTITUTE))
    assert (found.rung, asked(found), found.skipped) == (2, {ON_CALL.id}, ())


def test_who_shares_a_rung_with_somebody_away_is_asked() -> None:
    second = person(8, Role.REGIEVOERDER)
    found = ladder.climb(0, ENSCHEDE, (*without(REGIE), off_duty(REGIE), second))
    assert (found.rung, asked(found), found.skipped) == (0, {second.id}, (off_duty(REGIE),))


def test_the_gemeente_decides_and_who_has_none_serves_the_whole_regio() -> None:
    everywhere = person(9, Role.REGIEVOERDER, "")
    assert asked(ladder.climb(0, ALMELO, (*ALL, everywhere))) == {ELSEWHERE.id, everywhere.id}
    assert asked(ladder.climb(0, "Hengelo", (*ALL, everywhere))) == {everywhere.id}


def test_without_a_gemeente_only_who_serves_the_whole_regio_is_asked() -> None:
    assert asked(ladder.climb(0, "", ALL)) == {ON_CALL.id}


@pytest.mark.parametrize("start", range(5))
def test_with_nobody_to_reach_the_top_is_empty_and_everybody_passed_is_named(start: int) -> None:
    found = ladder.climb(start, ENSCHEDE, tuple(off_duty(someone) for someone in ALL))
    assert (found.rung, found.asked) == (ladder.TOP, ())
    expected = {0: 5, 1: 4, 2: 3}.get(start, 2)
    assert len(found.skipped) == expected


def test_with_no_people_at_all_the_top_is_empty() -> None:
    assert ladder.climb(0, ENSCHEDE, ()) == ladder.Rung(ladder.TOP, (), ())


def test_a_professional_is_never_asked() -> None:
    for start in range(ladder.TOP + 1):
        assert PROFESSIONAL.id not in asked(ladder.climb(start, ENSCHEDE, ALL))
