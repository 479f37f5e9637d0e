"""The model card: what it must name, what it leaves out, and that it is the same each time."""

import math
import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from flows.assessment import Assessment, Betreft, MelderRole, Urgentie
from nlp.lab import card, measure
from nlp.lab.corpus import Example, Part
from nlp.lab.evaluate import Read
from nlp.lab.figures import Row
from nlp.lab.measure import Figure
from nlp.meaning.labels import LEVELS

VERSION = "lezer-7"
ROWS = (
    Row("acuut: recall", measure.share(90, 100), 0.92, 0.97),
    Row("geen: precisie", measure.share(96, 100), 0.95, 0.98),
    Row("taal", measure.share(100, 100), 0.9, 0.95),
    Row("geheugen", Figure(math.nan, math.nan, math.nan, 0), 400, 200, most=True),
)


def example(
    name: str, urgentie: Urgentie, bron: MelderRole, taal: str = "nl", tags: Sequence[str] = (), part: Part = Part.HELD
) -> Example:
    return Example(
        id=name,
        part=part,
        bron=bron,
        taal=taal,
        text="hij staat met een mes op straat",
        urgentie=urgentie,
        themas=frozenset(),
        signalen={},
        betreft=Betreft.ANDER,
        locatie={},
        pii=(),
        tags=frozenset(tags),
    )


KNIFE = example("a01-0001", Urgentie.ACUUT, MelderRole.BUUR)
FILM = example("a02-0001", Urgentie.GEEN, MelderRole.NAASTE, "en", ("hard", "domeinwoorden"))


def found(one: Example) -> Read:
    chance = np.eye(len(LEVELS))[LEVELS.index(one.urgentie)]
    return Read(one, Assessment(one.urgentie, 0.9, one.text, VERSION, taal=one.taal), chance)


def written(folder: Path, *examples: Example) -> str:
    target = folder / "docs" / "triage-card.md"
    card.write(target, VERSION, ROWS, [found(one) for one in (KNIFE, FILM)], examples or (KNIFE, FILM))
    return target.read_text(encoding="utf-8")


def test_the_card_names_the_version_and_both_registers(tmp_path: Path) -> None:
    text = written(tmp_path)
    assert text.startswith(f"# Modelkaart van de triage: {VERSION}\n")
    assert "Algoritmeregister" in text
    assert "verwerkingsregister" in text


def test_every_figure_stands_with_its_interval(tmp_path: Path) -> None:
    text = written(tmp_path)
    for row in ROWS[:3]:
        assert f"| {row.name} | **{row.figure.value:.3f}** | {row.figure.low:.3f}-{row.figure.high:.3f} | 100 |" in text


def test_what_falls_short_and_what_was_not_measured_is_said(tmp_path: Path) -> None:
    text = written(tmp_path)
    assert "- Onder de ondergrens in deze versie: acuut: recall.\n" in text
    assert "- Onder het doel in deze versie: geen: precisie.\n" in text
    assert "- Niet gemeten in deze versie: geheugen.\n" in text


def test_nothing_short_is_said_too(tmp_path: Path) -> None:
    card.write(tmp_path / "card.md", VERSION, ROWS[2:3], [found(KNIFE)], [KNIFE])
    assert "- Onder de ondergrens in deze versie: niets.\n" in (tmp_path / "card.md").read_text(encoding="utf-8")


def test_texts_are_counted_per_part(tmp_path: Path) -> None:
    text = written(tmp_path, KNIFE, FILM, example("a01-0002", Urgentie.ACUUT, MelderRole.BUUR, part=Part.TRAIN))
    assert "Er zijn 3 teksten, geschreven door 2 auteurs." in text
    assert "| acuut | 1 | 0 | 1 | 2 |" in text
    assert "| en | 0 | 0 | 1 | 1 |" in text
    assert "| geen, met woorden uit ons vak | 0 | 0 | 1 | 1 |" in text
    assert "| alle teksten | 1 | 0 | 2 | 3 |" in text


def test_an_acute_text_is_no_hard_negative(tmp_path: Path) -> None:
    assert "| lijkt acuut" not in written(tmp_path, example("a01-0003", Urgentie.ACUUT, MelderRole.BUUR, tags=("hard",)))


def test_groups_without_texts_are_left_out(tmp_path: Path) -> None:
    text = written(tmp_path)
    assert "| bron buur | 1 |" in text
    assert "| taal en | 1 |" in text
    for absent in ("| bron wijkagent", "| taal pl", "| wijkagent |", "| pl |", "| spoed |"):
        assert absent not in text


def test_writing_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    written(tmp_path / "one")
    written(tmp_path / "two")
    first, second = (tmp_path / name / "docs" / "triage-card.md" for name in ("one", "two"))
    assert first.read_bytes() == second.read_bytes()


@pytest.mark.parametrize("field", [*card.GENERAL, *card.RESPONSIBLE, *card.WORKING, *card.EXTRA])
def test_every_field_of_the_register_is_filled_or_left_to_the_regio(tmp_path: Path, field: str) -> None:
    assert re.search(rf"^\| {re.escape(field)} \| \S[^|]+ \|$", written(tmp_path), re.MULTILINE)


def test_the_short_fields_fit_the_standard() -> None:
    assert len(card.GENERAL["Naam"]) < 100
    assert len(card.GENERAL["Korte omschrijving"]) < 350


def test_what_only_the_regio_knows_is_left_to_it() -> None:
    fields = {**card.GENERAL, **card.RESPONSIBLE, **card.WORKING, **card.EXTRA}
    left = (
        "Organisatie",
        "Afdeling",
        "Status",
        "Contactgegevens",
        "Wettelijke basis",
        "Impacttoetsen",
        "Publicatiecategorie",
        "Leverancier",
    )
    assert all(card.REGIO in fields[name] for name in left)


def test_what_it_is_not_for_is_said(tmp_path: Path) -> None:
    text = written(tmp_path)
    for promise in ("een mens beslist", "Niet om acuut te verlagen", "Niet om een diagnose te stellen", "eerst een mens"):
        assert promise in text


def test_nobody_is_called_a_confused_person(tmp_path: Path) -> None:
    text = written(tmp_path).lower()
    assert not [word for word in ("verwarde persoon", "verward persoon", "dader", "klacht", "patiënt") if word in text]


def test_pictures_and_the_note_on_what_was_tried_are_linked_when_they_are_there(tmp_path: Path) -> None:
    assert "](img/confusion.png)" not in written(tmp_path)
    (tmp_path / "docs" / "img").mkdir()
    (tmp_path / "docs" / "img" / "confusion.png").touch()
    (tmp_path / "docs" / card.TRIED).touch()
    text = written(tmp_path)
    assert "](img/confusion.png)" in text
    assert f"]({card.TRIED})" in text
