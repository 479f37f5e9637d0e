"""Who may do what: every command of the staff for every role, and what a melder learns by trying."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from sqlalchemy import event

from flows.meldpunt.commands import COMMANDS
from flows.people import DESK, REGIE, RIGHTS, Right, Role
from storage.engine import Database
from tests.town import STORY, Town, on_sqlite

WORDS = {  # for each command, arguments with which it does something
    "wachtrij": "",
    "niemand": "",
    "mijn": "",
    "melding": "1",
    "kijk": "1",
    "pak": "1",
    "ik": "1",
    "nietvoormij": "1 anders",
    "terug": "1 anders",
    "wijstoe": "1 fenna",
    "urgentie": "1 spoed",
    "thema": "1 overlast",
    "gemeente": "1 Almelo",
    "vraag": "1 Ziet u licht?",
    "notitie": "1 Gebeld.",
    "sluit": "1 opgepakt",
    "heropen": "1",
    "dienst": "aan",
    "help": "",
    "start": "",
}
NOT_YOURS = "Dit hoort niet bij uw rol"
NONE = "Deze melding is er niet, of is niet voor u"
OF_REGIE = {"mijn", "melding", "kijk", "pak", "ik", "nietvoormij", "terug", "notitie", "dienst", "help", "start"}


def test_every_command_has_words_here() -> None:
    assert set(WORDS) == set(COMMANDS)


@on_sqlite
@pytest.mark.parametrize("role", sorted(DESK | REGIE))
async def test_every_command_asks_the_right_of_its_role(town: Town, role: Role) -> None:
    """Each on a melding of its own: closing one must not hide the next."""
    await town.joins("x", role, "Enschede" if role in REGIE else "")
    await town.tells("a", STORY)
    allowed = set(COMMANDS) if role in DESK else OF_REGIE
    for name in sorted(COMMANDS, key=lambda name: name == "sluit"):
        await town.person("x").say(f"/{name} {WORDS[name]}".strip())
        answer = (await town.person("x").reads())[0]
        assert (NOT_YOURS in answer) == (name not in allowed), (role, name, answer)
        assert NONE not in answer


def test_the_coordinator_alone_may_invite_and_a_professional_may_nothing() -> None:
    assert [role for role, rights in RIGHTS.items() if Right.INVITE in rights] == [Role.COORDINATOR]
    assert RIGHTS[Role.PROFESSIONAL] == frozenset()
    assert set(RIGHTS) == set(Role)


@contextmanager
def statements(database: Database) -> Iterator[list[str]]:
    """What was asked of the database meanwhile."""
    seen: list[str] = []

    def note(_conn: object, _cursor: object, statement: str, *_: object) -> None:
        if not statement.startswith("PRAGMA"):
            seen.append(statement)

    engines = {database.engine.sync_engine, database.reader.sync_engine}
    for engine in engines:
        event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        for engine in engines:
            event.remove(engine, "before_cursor_execute", note)


@on_sqlite
@pytest.mark.parametrize("role", [None, Role.PROFESSIONAL])
async def test_a_melder_who_tries_commands_of_the_staff_learns_nothing(town: Town, database: Database, role: Role | None) -> None:
    await town.tells("a", STORY)
    if role:
        await town.joins("x", role)
    await town.melder("x").say("/xyzzy")  # now there is a conversation
    await town.silence()
    answers: dict[str, tuple[list[str], list[str]]] = {}
    tries = ("/xyzzy", "/wachtrij", "/niemand", "/pak 1", "/sluit 1 opgepakt", "/melding M-2026-000001", "/melding M-2026-000009")
    for text in tries:
        with statements(database) as seen:
            await town.melder("x").say(text)
        answers[text] = (await town.melder("x").reads(), seen)
    nonsense, nothing_done = answers["/xyzzy"]
    for text in tries[:5]:
        assert answers[text] == (nonsense, nothing_done), text
    there, absent = answers["/melding M-2026-000001"], answers["/melding M-2026-000009"]
    assert there == absent, "the number does not matter"
    assert there[1] == nothing_done, "and nothing more was looked up than for nonsense"
    assert not any("FROM melding" in statement for statement in nothing_done)
    assert "Deze opdracht ken ik niet" in nonsense[0]


@on_sqlite
@pytest.mark.parametrize("name", sorted(set(COMMANDS) - {"help", "start"}))
async def test_no_command_of_the_staff_does_anything_for_a_melder(town: Town, name: str) -> None:
    before = await town.tells("a", STORY)
    await town.melder("x").say(f"/{name} {WORDS[name]}".strip())
    assert await town.melding(before.number) == before
    assert "M-2026-000001" not in await town.melder("x").everything()


@on_sqlite
async def test_a_button_of_the_staff_in_the_hands_of_a_melder_does_nothing(town: Town) -> None:
    before = await town.tells("a", STORY)
    for action in ("m:ack:M-2026-000001:1", "m:close:M-2026-000001:1:opgepakt", "c:/wachtrij", "c:/pak 1", "m:x", "nonsense", ""):
        await town.melder("x").push(action)
    assert await town.melding(before.number) == before
    assert "M-2026-000001" not in await town.melder("x").everything()


@on_sqlite
@pytest.mark.parametrize("name", sorted(OF_REGIE - {"mijn", "dienst", "help", "start"}))
async def test_of_another_gemeente_a_melding_is_as_if_it_was_not_there(town: Town, name: str) -> None:
    before = await town.tells("a", STORY)  # in Enschede
    tail = WORDS[name].partition(" ")[2]
    await town.person("nadia").say(f"/{name} M-2026-000001 {tail}".strip())
    [hidden] = await town.person("nadia").reads()
    await town.person("nadia").say(f"/{name} M-2026-000099 {tail}".strip())
    [absent] = await town.person("nadia").reads()
    assert hidden == absent
    assert NONE in hidden
    assert await town.melding(before.number) == before


@on_sqlite
async def test_last_digits_that_fit_several_of_another_gemeente_name_none_of_them(town: Town) -> None:
    first = await town.tells("a", STORY)
    async with town.house.begin() as work:
        for year in (2024, 2024, 2025, 2025):
            await work.meldingen.add(replace(first, received_at=first.received_at.replace(year=year)))
        await work.commit()
    await town.person("sanne").say("/melding 2")
    assert "M-2024-000002" in (await town.person("sanne").reads())[-1]
    await town.person("nadia").say("/melding 2")
    await town.person("nadia").say("/melding 999999")
    hidden, absent = await town.person("nadia").reads()
    assert hidden == absent


@on_sqlite
async def test_who_was_asked_from_another_gemeente_may_open_and_take_it(town: Town) -> None:
    """A medewerker may ask a neighbour; who was asked can say yes."""
    await town.tells("a", STORY)
    await town.person("sanne").say("/wijstoe 1 nadia")
    await town.person("nadia").say("/melding 1")
    assert "Nog van niemand" not in "".join(await town.person("nadia").reads())
    await town.person("nadia").press("Ik pak dit op")
    assert (await town.only()).owner == town.ids["nadia"]


@on_sqlite
async def test_a_regievoerder_without_a_name_on_it_sees_the_own_gemeente_alone_in_mijn(town: Town) -> None:
    await town.tells("a", "Met spoed: mijn buurvrouw eet niet meer, in Almelo.")
    await town.person("fenna").say("/mijn")
    assert "niets op uw naam" in (await town.person("fenna").reads())[-1]
    await town.person("nadia").say("/mijn")
    assert "M-2026-000001" in (await town.person("nadia").reads())[-1]


@on_sqlite
async def test_who_left_is_a_melder_again(town: Town) -> None:
    async with town.house.begin() as work:
        await work.people.set_active(town.ids["sanne"], False)  # type: ignore[attr-defined]
        await work.commit()
    await town.person("sanne").say("/wachtrij")
    assert "Deze opdracht ken ik niet" in (await town.person("sanne").reads())[-1]
