import asyncio
import statistics
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flows.assessment import Betreft, MelderRole, Signaal, SignaalStatus, Thema, Topic, Urgentie
from nlp import triage
from nlp.triage import DutchTriage

STORY = "mijn buurman schreeuwt al drie nachten en praat tegen mensen die er niet zijn, kerkstraat 12 enschede"


def test_the_story_of_the_brief_is_read_whole(rules: DutchTriage) -> None:
    read = rules.read(STORY)
    assert read.urgentie in {Urgentie.SPOED, Urgentie.REGULIER}
    assert set(read.themas) == {Thema.VERWARDHEID, Thema.OVERLAST}
    assert read.role is MelderRole.BUUR
    assert {Topic.SINCE, Topic.ROLE} <= set(read.said)
    assert Topic.DANGER not in read.said
    assert read.locatie is not None
    assert (read.locatie.straat, read.locatie.huisnummer) == ("kerkstraat", "12")
    assert (read.locatie.woonplaats, read.locatie.gemeente) == ("Enschede", "Enschede")
    assert "kerkstraat" not in read.veilig


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("hij staat met een mes voor de deur", SignaalStatus.NU),
        ("hij heeft geen mes", SignaalStatus.NIET),
        ("een mes heeft hij niet", SignaalStatus.NIET),
        ("hij heeft nooit een wapen gehad", SignaalStatus.NIET),
        ("vorig jaar liep hij met een mes rond", SignaalStatus.EERDER),
        ("ik ben bang dat hij een mes pakt", SignaalStatus.MOGELIJK),
    ],
)
def test_context_gives_a_sign_its_status(rules: DutchTriage, text: str, status: SignaalStatus) -> None:
    assert rules.read(text).signalen[Signaal.WAPEN] is status


@pytest.mark.parametrize("text", ["in die film loopt hij met een mes rond", "ik ga dood van die herrie", "ik word er gek van"])
def test_films_and_figures_of_speech_mean_nothing(rules: DutchTriage, text: str) -> None:
    assert not rules.read(text).signalen


def test_a_niece_denies_nothing(dutch: DutchTriage) -> None:
    assert dutch.read("mijn nicht slaat haar kind").urgentie is Urgentie.ACUUT


def test_own_death_wish_is_about_the_melder_and_gives_113(dutch: DutchTriage) -> None:
    read = dutch.read("ik wil niet meer leven")
    assert read.betreft is Betreft.ZELF
    assert read.role is MelderRole.ZELF
    assert read.suicide
    assert read.urgentie is Urgentie.SPOED


@pytest.mark.parametrize("text", ["mijn zoon appt: ik wil niet meer leven", "ze zegt ik wil niet meer leven"])
def test_somebody_elses_death_wish_is_not_the_melders(rules: DutchTriage, text: str) -> None:
    read = rules.read(text)
    assert read.betreft is Betreft.ANDER
    assert read.suicide


def test_own_anger_is_a_possible_threat(dutch: DutchTriage) -> None:
    read = dutch.read("straks doe ik hem wat aan")
    assert read.signalen[Signaal.DREIGING] is SignaalStatus.MOGELIJK
    assert read.urgentie is Urgentie.SPOED


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("mijn bovenbuurman gilt elke nacht", "buur"),
        ("mijn moeder vergeet alles", "naaste"),
        ("de wijkagent van mijn zoon belde gisteren", "naaste"),
        ("wijkagent hier, betrokkene is erg verward", "wijkagent"),
        ("wij verhuren de woning aan een man die verward is", "woningcorporatie"),
        ("ik ben huisarts en maak me zorgen over een patient", "professional"),
        ("ik kom net langs een man die in de war is", "voorbijganger"),
    ],
)
def test_the_role_is_what_the_text_says(dutch: DutchTriage, text: str, role: str) -> None:
    assert dutch.read(text).role == role


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("hij roept elke dag", Topic.SINCE),
        ("sinds vanochtend is hij in de war", Topic.SINCE),
        ("de thuiszorg komt elke week", Topic.HELP),
        ("hij wil geen hulp", Topic.HELP),
        ("er wonen kleine kinderen", Topic.DANGER),
        ("hij heeft geen mes", Topic.DANGER),
    ],
)
def test_what_is_said_is_not_asked_again(dutch: DutchTriage, text: str, topic: Topic) -> None:
    assert topic in dutch.read(text).said


@pytest.mark.parametrize(
    "text", ["", " ", "\0", "\ud800", "🔥" * 5000, "a" * 20_000, "hij zegt " * 3000, "\n" * 20_000, "1" * 20_000]
)
def test_odd_texts_are_read(dutch: DutchTriage, text: str) -> None:
    read = dutch.read(text)
    assert 0 <= read.zekerheid <= 1
    read.veilig.encode()


@settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.text(max_size=300) | st.text(alphabet="hij mes niet 0123456789@.-,\n'AaBb", max_size=300))
def test_no_text_raises(text: str) -> None:
    read = _SHARED.read(text)
    assert len(read.uitleg) <= 5
    assert all(0 <= span.start < span.eind <= len(text) for span in read.pii)


_SHARED = triage.load()


def test_a_long_text_is_read_at_both_ends_and_says_what_was_cut(dutch: DutchTriage) -> None:
    text = (
        "de buurman is verward. " * 300
        + "bel jan@voorbeeld.nl "
        + "zo gaat het. " * 400
        + "hij staat nu met een bijl voor de deur"
    )
    read = dutch.read(text)
    assert read.urgentie is Urgentie.ACUUT
    assert "niet meegelezen" in read.uitleg[0].wat
    assert "jan@voorbeeld.nl" not in read.veilig


def test_assess_reads_in_its_own_thread(dutch: DutchTriage) -> None:
    assert asyncio.run(dutch.assess(STORY)) == dutch.read(STORY)


def test_a_text_takes_milliseconds(dutch: DutchTriage) -> None:
    times = []
    for _ in range(30):
        start = time.perf_counter()
        dutch.read(STORY)
        times.append(time.perf_counter() - start)
    assert statistics.median(times) < 0.25


@pytest.mark.parametrize(
    "text",
    [
        "my neighbour has a knife and wants to kill his wife",
        "er will sich umbringen",
        "у нього ніж, з ножем біля дверей",
        "intihar edecek",
    ],
)
def test_acute_danger_in_other_languages(rules: DutchTriage, text: str) -> None:
    read = rules.read(text)
    assert read.urgentie is Urgentie.ACUUT


@pytest.mark.parametrize(
    ("text", "taal"), [("hij is in de war", "nl"), ("he is standing on the roof and my son", "en"), ("сусід стоїть", "uk")]
)
def test_language(dutch: DutchTriage, text: str, taal: str) -> None:
    assert dutch.read(text).taal == taal
