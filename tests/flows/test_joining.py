"""An invitation is brought to a chat: right, wrong, used, too old, too often; for staff and for a professional."""

from datetime import timedelta

import pytest

from flows.messages import ConversationKey, Kind
from flows.people import Invitation, Role
from tests.town import ACUUT, STORY, Town, on_sqlite

pytestmark = on_sqlite

DELAY = timedelta(seconds=2)


async def _invite(town: Town, role: Role, gemeente: str = "", *, code: str = "GEHEIM-1", hours: float = 24) -> None:
    expires = town.clock() + timedelta(hours=hours)
    async with town.house.begin() as work:
        await work.people.invite(code, Invitation(role, "twente", gemeente, name="Nieuw", expires_at=expires))
        await work.commit()


async def _brings(town: Town, name: str, text: str) -> str:
    """The answer always comes after the delay."""
    await town.chat(name).say(text)
    assert await town.chat(name).reads() == []
    town.clock.advance(DELAY - timedelta(milliseconds=1))
    assert await town.chat(name).reads() == []
    town.clock.advance(timedelta(milliseconds=1))
    [answer] = await town.chat(name).reads()
    return answer


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.PROFESSIONAL])
async def test_who_brings_a_code_has_the_role_from_then_on(town: Town, role: Role) -> None:
    await _invite(town, role, "Enschede" if role in {Role.REGIEVOERDER, Role.VERVANGER} else "")
    welcome = await _brings(town, "x", "/start GEHEIM-1")
    assert "U hoort nu bij het meldpunt Twente" in welcome
    await town.person("x").say("/dienst")
    assert "U heeft dienst" in (await town.person("x").reads())[-1], "until a roster does, everybody is on duty"


async def test_a_professional_is_welcomed_as_one_and_is_asked_less(town: Town) -> None:
    await _invite(town, Role.PROFESSIONAL)
    assert "vanuit uw werk" in await _brings(town, "x", "/start GEHEIM-1")
    melding = await town.tells("x", "Bewoner schreeuwt al drie nachten.")
    assert melding.report.role is not None
    assert melding.report.role.professional
    assert len(melding.report.asked) <= 3


@pytest.mark.parametrize("text", ["/start fout", "/start@meldpuntbot GEHEIM-2"])
async def test_a_wrong_code_says_so_after_the_same_time_as_a_right_one(town: Town, text: str) -> None:
    await _invite(town, Role.COORDINATOR)
    assert "werkt niet" in await _brings(town, "x", text)
    await town.melder("x").say("/wachtrij")
    assert "Deze opdracht ken ik niet" in (await town.melder("x").reads())[-1]


async def test_a_used_code_and_one_that_is_too_old_are_wrong(town: Town) -> None:
    await _invite(town, Role.MEDEWERKER)
    await _invite(town, Role.MEDEWERKER, code="OUD", hours=1)
    assert "U hoort nu bij" in await _brings(town, "x", "/start GEHEIM-1")
    assert "werkt niet" in await _brings(town, "y", "/start GEHEIM-1")
    town.clock.advance(timedelta(hours=1))
    assert "werkt niet" in await _brings(town, "z", "/start OUD")


async def test_one_code_makes_one_person_in_two_channels(town: Town) -> None:
    await _invite(town, Role.MEDEWERKER)
    await _brings(town, "x", "/start GEHEIM-1")
    async with town.house.begin() as work:
        person = await work.people.redeem("GEHEIM-1", ConversationKey("webchat", "web", "w1"), town.clock())
        here = await work.people.by_conversation(town.chat("x").key)
        await work.commit()
    assert person is not None
    assert here is not None
    assert person.id == here.id


async def test_after_five_tries_even_the_right_code_waits_an_hour_for_this_person_alone(town: Town) -> None:
    await _invite(town, Role.MEDEWERKER)
    for number in range(5):
        assert "werkt niet" in await _brings(town, "x", f"/start fout{number}")
    assert "te vaak" in await _brings(town, "x", "/start GEHEIM-1")
    town.clock.advance(timedelta(minutes=61))
    assert "U hoort nu bij" in await _brings(town, "x", "/start GEHEIM-1")


async def test_a_code_said_in_a_group_is_not_brought(town: Town) -> None:
    await _invite(town, Role.MEDEWERKER)
    await town.chat("x").say("/start GEHEIM-1", kind=Kind.GROUP)
    assert "privéchat" in (await town.chat("x").reads())[-1]
    assert "U hoort nu bij" in await _brings(town, "y", "/start GEHEIM-1")


async def test_start_without_a_code_opens_the_dialogue_of_a_melder(town: Town) -> None:
    await town.melder("x").say("/start")
    [opening] = await town.melder("x").reads()
    for words in ("112", "113", "op werkdagen van 8.30 tot 17.00 uur", "/privacy", "Wat ziet of hoort u?"):
        assert words in opening


async def test_the_code_itself_is_never_said_back(town: Town) -> None:
    await _invite(town, Role.MEDEWERKER)
    await _brings(town, "x", "/start GEHEIM-1")
    await _brings(town, "y", "/start GEHEIM-1")
    assert "GEHEIM" not in await town.chat("x").everything() + await town.chat("y").everything()


async def test_a_new_colleague_is_alarmed_from_then_on(town: Town) -> None:
    await town.tells("a", STORY)
    await _invite(town, Role.MEDEWERKER)
    await _brings(town, "x", "/start GEHEIM-1")
    await town.melder("b").say(ACUUT)
    assert any("ACUUT" in text for text in await town.person("x").reads())
