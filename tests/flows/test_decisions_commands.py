"""/thema and /gemeente: typed or with buttons, in the history with before and after, and what follows from them."""

import pytest

from flows.assessment import Thema, Urgentie
from flows.melding import EventKind, Melding, Status
from flows.meldpunt import buttons
from flows.meldpunt.queue import lines
from flows.people import Person, Role
from tests.builders import LANE, NOW, told
from tests.town import ACUUT, SPOED, STORY, Town, on_sqlite

NOWHERE = "Met spoed: mijn buurvrouw eet niet meer."
JUMPS = "Mijn buurman wil springen, in Enschede."


async def _says(town: Town, name: str, text: str) -> str:
    await town.person(name).reads()
    await town.person(name).say(text)
    return (await town.person(name).reads())[0]


async def _details(town: Town, kind: EventKind) -> list[dict[str, str]]:
    return [dict(event.detail) for event in await town.events("M-2026-000001") if event.kind is kind]


async def _decided(town: Town) -> list[tuple[str, str, str]]:
    async with town.house.begin() as work:
        return [(d.what.value, d.proposed, d.decided) for d in await work.decisions.all()]


def _labels(town: Town, name: str) -> list[str]:
    return [button.label for row in town.chat(name).mail[-1].buttons for button in row]


@on_sqlite
async def test_thema_sets_them_with_before_after_and_reason_in_the_history(town: Town) -> None:
    await town.tells("a", JUMPS)
    assert "zijn nu: agressie, niet gezien" in await _says(town, "sanne", "/thema 1 niet_gezien agressie want zo is het")
    melding = await town.only()
    assert melding.themas == (Thema.AGRESSIE, Thema.NIET_GEZIEN)
    assert melding.proposed_themas == (Thema.SUICIDALITEIT,)
    assert await _details(town, EventKind.THEMA) == [
        {"from": "suicidaliteit", "to": "agressie, niet gezien", "proposed": "suicidaliteit", "reason": "want zo is het"}
    ]
    assert await _decided(town) == [("thema", "suicidaliteit", "agressie,niet_gezien")]
    assert "Thema’s: agressie, niet gezien" in await _says(town, "joris", "/melding 1")


@on_sqlite
async def test_the_queue_shows_the_themas_of_the_person(town: Town) -> None:
    await town.tells("a", JUMPS)
    await town.person("sanne").say("/thema 1 overlast")
    async with town.house.begin() as work:
        person = await work.people.get(town.ids["sanne"])
    assert person is not None
    page = await lines(town.house.begin, person, town.clock())
    assert [line.themas for line in page.lines] == [(Thema.OVERLAST,)]


@on_sqlite
async def test_themas_of_a_person_stay_when_the_melder_says_more(town: Town) -> None:
    await town.tells("a", STORY)
    await town.person("sanne").say("/thema 1 geen")
    await town.melder("a").say("Nu wil hij van het dak springen.")
    melding = await town.only()
    assert melding.urgentie is Urgentie.ACUUT
    assert melding.proposed_themas == (Thema.SUICIDALITEIT,)
    assert melding.themas == ()


@on_sqlite
async def test_a_button_switches_one_thema_and_shows_how_it_stands(town: Town) -> None:
    await town.tells("a", STORY)
    await town.person("sanne").say("/kijk 1")
    await town.person("sanne").press("Thema")
    assert "Nu: geen" in (await town.person("sanne").reads())[-1]
    assert len(_labels(town, "sanne")) == len(Thema)
    await town.person("sanne").press("agressie")
    await town.person("sanne").press("overlast")
    await town.person("sanne").reads()
    assert {"✓ agressie", "✓ overlast", "somber"} <= set(_labels(town, "sanne"))
    await town.person("sanne").press("✓ agressie")
    assert (await town.only()).themas == (Thema.OVERLAST,)
    assert [decided for _, _, decided in await _decided(town)] == ["agressie", "agressie,overlast", "overlast"]


@on_sqlite
async def test_what_is_no_thema_changes_nothing_and_names_all_that_there_are(town: Town) -> None:
    before = await town.tells("a", STORY)
    answer = await _says(town, "sanne", "/thema 1 agresie")
    assert "agresie is geen thema" in answer
    assert all(name in answer for name in ("agressie", "wonen geld", "niet gezien"))
    assert await town.melding(before.number) == before


@on_sqlite
async def test_the_same_themas_twice_are_one_decision_and_a_confirmed_proposal_is_none(town: Town) -> None:
    await town.tells("a", JUMPS)
    await town.person("sanne").say("/thema 1 suicidaliteit")
    assert (await town.only()).chosen == (Thema.SUICIDALITEIT,)
    assert await _decided(town) == []
    await town.person("sanne").say("/thema 1 overlast")
    assert "waren al: overlast" in await _says(town, "sanne", "/thema 1 overlast")
    assert len(await _decided(town)) == 1


@on_sqlite
@pytest.mark.parametrize("words", ["almelo", "Almelo want hij woont daar"])
async def test_gemeente_moves_a_melding_with_before_and_after_in_the_history(town: Town, words: str) -> None:
    await town.tells("a", STORY)
    answer = await _says(town, "sanne", f"/gemeente 1 {words}")
    assert "is nu Almelo" in answer
    melding = await town.only()
    assert (melding.gemeente, melding.asked, melding.status) == ("Almelo", (), Status.NEW), "regulier goes to nobody by itself"
    [detail] = await _details(town, EventKind.GEMEENTE)
    assert (detail["from"], detail["to"], detail.get("reason", "")) == ("Enschede", "Almelo", words[7:])
    assert await _decided(town) == [("gemeente", "Enschede", "Almelo")]
    assert "was al Almelo" in await _says(town, "sanne", "/gemeente 1 Almelo")
    assert len(await _decided(town)) == 1


@on_sqlite
@pytest.mark.parametrize(
    ("said", "answer", "buttons"),
    [
        ("Glanerbrug", "Kies uit: Enschede.", ["Enschede"]),
        ("Ensched", "Kies uit: Enschede.", ["Enschede"]),
        ("hof van twent", "Kies uit: Hof van Twente.", ["Hof van Twente"]),
        ("Ensched want daar woont hij", "Kies uit: Enschede.", ["Enschede"]),
    ],
)
async def test_a_wrong_gemeente_is_answered_with_the_nearest(town: Town, said: str, answer: str, buttons: list[str]) -> None:
    before = await town.tells("a", STORY)
    told = await _says(town, "sanne", f"/gemeente 1 {said}")
    assert "is geen gemeente van Twente" in told
    assert answer in told
    assert _labels(town, "sanne") == buttons
    assert await town.melding(before.number) == before


@on_sqlite
async def test_a_gemeente_of_nowhere_is_answered_with_all_there_are(town: Town) -> None:
    await town.tells("a", STORY)
    told = await _says(town, "sanne", "/gemeente 1 Xqzw")
    assert all(gemeente.naam in told for gemeente in town.house.regio.gemeenten)
    assert len(_labels(town, "sanne")) == len(town.house.regio.gemeenten)


@on_sqlite
async def test_a_known_gemeente_brings_what_is_urgent_to_its_regievoerder_at_once(town: Town) -> None:
    await town.tells("a", NOWHERE)
    assert (await town.only()).asked == ()
    await town.silence()
    await town.person("sanne").say("/melding 1")
    await town.person("sanne").press("Gemeente")
    await town.person("sanne").press("Almelo")
    [*_, answer] = await town.person("sanne").reads()
    assert "is nu Almelo" in answer
    assert "Nadia is gevraagd" in answer
    melding = await town.only()
    assert (melding.status, melding.asked) == (Status.ASSIGNED, (town.ids["nadia"],))
    assert "M-2026-000001" in (await town.person("nadia").reads())[0]
    kinds = await town.kinds(melding.number)
    assert kinds.index(EventKind.GEMEENTE) < kinds.index(EventKind.ASSIGNED)
    await town.pass_time(hours=5)
    assert EventKind.CLIMBED in await town.kinds(melding.number), "the term runs as for any other that was asked"


@on_sqlite
@pytest.mark.parametrize(("story", "words"), [(SPOED, "Fenna is al gevraagd"), (ACUUT, "Fenna is al gevraagd")])
async def test_who_was_asked_stays_asked_and_the_answer_says_so(town: Town, story: str, words: str) -> None:
    await town.tells("a", story)
    before = await town.only()
    told = await _says(town, "sanne", "/gemeente 1 Almelo")
    assert words in told
    assert "/wijstoe M-2026-000001" in told
    after = await town.only()
    assert (after.asked, after.due_at, after.status) == (before.asked, before.due_at, before.status)
    assert await town.person("nadia").reads() == []


@on_sqlite
async def test_who_has_it_keeps_it_and_may_go_on_with_it(town: Town) -> None:
    await town.tells("a", SPOED)
    await town.person("fenna").press("Ik pak dit op")
    assert "Fenna heeft deze melding al" in await _says(town, "sanne", "/gemeente 1 Almelo")
    assert (await town.only()).owner == town.ids["fenna"]
    assert "M-2026-000001" in await _says(town, "fenna", "/melding 1")


@on_sqlite
async def test_the_gemeente_of_a_person_stays_when_the_melder_names_another(town: Town) -> None:
    await town.tells("a", STORY)
    await town.person("sanne").say("/gemeente 1 Almelo")
    await town.melder("a").say("Het is toch echt in Enschede.")
    assert (await town.only()).gemeente == "Almelo"


@on_sqlite
@pytest.mark.parametrize("command", ["/thema 1 agressie", "/gemeente 1 Almelo"])
async def test_a_closed_melding_keeps_what_it_has(town: Town, command: str) -> None:
    await town.tells("a", STORY)
    await town.person("sanne").say("/sluit 1 opgepakt")
    closed = await town.melding("M-2026-000001")
    assert "is gesloten" in await _says(town, "sanne", command)
    assert await town.melding("M-2026-000001") == closed


@on_sqlite
@pytest.mark.parametrize(("command", "button"), [("/thema 1", "overlast"), ("/gemeente 1", "Enschede")])
async def test_a_button_for_an_older_melding_shows_the_present_one(town: Town, command: str, button: str) -> None:
    await town.tells("a", "Iemand schreeuwt al drie nachten.")
    await town.person("sanne").say(command)
    await town.person("sanne").reads()
    await town.person("joris").say("/urgentie 1 advies")
    await town.person("sanne").press(button)
    assert "eerdere vraag" in (await town.person("sanne").reads())[-1]
    assert await _decided(town) == [("urgentie", "regulier", "advies")]


@pytest.mark.parametrize("gemeente", ["", "Enschede"])
@pytest.mark.parametrize(("status", "looker"), [(Status.NEW, None), (Status.LOOKED_AT, 1), (Status.ASSIGNED, None)])
def test_the_desk_has_at_most_six_buttons_and_a_missing_gemeente_is_among_them(
    status: Status, looker: int | None, gemeente: str
) -> None:
    melding = Melding("M-2026-000001", "twente", status, told(), LANE, NOW, gemeente=gemeente, looker=looker)
    shown = [choice.label.name for row in buttons.choices(melding, Person(1, Role.MEDEWERKER, "twente")) for choice in row]
    assert len(shown) <= 6
    assert ("button-thema" in shown) is (looker is not None)
    assert ("button-gemeente" in shown) is (looker is not None or not gemeente)
