"""The follow-up code: shown once, kept as a hash, and of use in another chat. Right or wrong, the answer takes the same time."""

from sqlalchemy import text

from flows.melding import Status
from storage.engine import Database
from tests.town import Town, on_sqlite

CODE = "1111 2222 3333 4444"
DELAY = {"seconds": 2}


async def _answer(town: Town, name: str) -> str:
    """To something with a code: it comes after the same time, right or wrong."""
    assert await town.chat(name).reads() == []
    await town.pass_time(**DELAY)
    [answer] = await town.chat(name).reads()
    return answer


async def _with_code(town: Town, name: str, command: str, code: str = CODE) -> str:
    await town.chat(name).say(command)
    await town.chat(name).reads()
    await town.chat(name).say(code)
    return await _answer(town, name)


async def test_the_code_is_sixteen_digits_shown_once_and_found_in_no_row(town: Town, database: Database) -> None:
    await town.tells("a")
    await town.melder("a").say("/status")
    shown = await town.melder("a").everything()
    assert shown.count(CODE) == 1
    async with database.engine.connect() as connection:
        rows = [tuple(row) for row in await connection.execute(text("SELECT * FROM follow_code"))]
    assert len(rows) == 1
    assert "1111222233334444" not in str(rows)


@on_sqlite
async def test_an_edit_of_what_was_added_from_another_chat_belongs_to_the_same_melding(town: Town) -> None:
    await town.tells("a")
    await _with_code(town, "b", "/aanvullen")
    said = await town.melder("b").say("Hij staat nu buiten.")
    await town.melder("b").edit(said, "Hij staat nu binnen.")
    await town.pass_time(minutes=30)
    assert "Hij staat nu binnen." in (await town.only()).report.story


@on_sqlite
async def test_with_the_code_another_chat_gets_the_status_adds_and_withdraws(town: Town) -> None:
    melding = await town.tells("a")
    assert "binnen" in await _with_code(town, "b", "/status", "1111-2222 33334444")
    assert melding.number in await _with_code(town, "c", "/aanvullen")
    await town.melder("c").say("Hij gooit nu met glas.")
    assert "glas" in (await town.only()).report.story
    await _with_code(town, "d", "/intrekken")
    await town.melder("d").press("Ja, intrekken")
    assert (await town.melding(melding.number)).status is Status.WITHDRAWN


@on_sqlite
async def test_a_wrong_code_gets_its_answer_after_the_same_time_as_a_right_one(town: Town) -> None:
    await town.tells("a")
    assert "ken ik niet" in await _with_code(town, "b", "/status", "9999 9999 9999 9999")
    assert "binnen" in await _with_code(town, "c", "/status"), "both were not there before the delay: see _answer"


@on_sqlite
async def test_after_five_codes_even_the_right_one_waits_an_hour(town: Town) -> None:
    await town.tells("a")
    await town.melder("b").say("/status")
    await town.melder("b").reads()
    for attempt in range(5):
        await town.melder("b").say(f"9999 9999 9999 999{attempt}")
        assert "ken ik niet" in await _answer(town, "b")
    await town.melder("b").say(CODE)
    assert "te vaak" in await _answer(town, "b")
    await town.pass_time(minutes=61)
    assert "binnen" in await _with_code(town, "b", "/status")
