"""The corpus: every mistake is named, no story is both learned and measured, and the shipped one is as large as it must be."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from flows.assessment import Betreft, MelderRole, PersonalData, Signaal, SignaalStatus, Thema, Urgentie
from flows.errors import BadSettings
from nlp.lab import corpus
from nlp.lab.corpus import Example, Part

BLIND = Path(__file__).parent / "data" / "blind.jsonl"
EXAMPLES = Path(__file__).parents[2].parent / "shared" / "voorbeelden.jsonl"
ROW: dict[str, Any] = {
    "plot": "p1",
    "bron": "buur",
    "taal": "nl",
    "text": "bij [[persoon:Jan de Wit]], [[adres:Kerkstraat 12]]",
    "urgentie": "spoed",
    "themas": ["overlast"],
    "signalen": {"wapen": "niet"},
    "betreft": "ander",
    "locatie": {"straat": "Kerkstraat", "huisnummer": "12"},
    "tags": ["hard"],
}


def write(folder: Path, name: str, rows: Iterable[dict[str, Any] | str]) -> None:
    lines = (row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows)
    (folder / name).write_text("\n".join(lines), encoding="utf-8")


@pytest.fixture(scope="module")
def shipped() -> list[Example]:
    return corpus.load()


def test_a_line_becomes_an_example(tmp_path: Path) -> None:
    write(tmp_path, "a01.jsonl", [ROW, {**ROW, "locatie": None, "themas": [], "signalen": {}}])
    one, other = corpus.load(tmp_path)
    assert one == Example(
        "a01-0001", corpus.part_of("a01", "p1"), MelderRole.BUUR, "nl", "bij Jan de Wit, Kerkstraat 12", Urgentie.SPOED,
        frozenset({Thema.OVERLAST}), {Signaal.WAPEN: SignaalStatus.NIET}, Betreft.ANDER,
        {"straat": "Kerkstraat", "huisnummer": "12"}, (PersonalData(4, 14, "persoon"), PersonalData(16, 29, "adres")),
        frozenset({"hard"}),
    )  # fmt: skip
    assert (other.id, other.locatie, other.themas) == ("a01-0002", {}, frozenset())


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [
        ({"bron": "tante"}, "bron is een van buur, "),
        ({"urgentie": "hoog"}, "urgentie is een van acuut, "),
        ({"betreft": "iedereen"}, "betreft is een van ander, zelf"),
        ({"taal": "fr"}, "taal is een van ar, de, "),
        ({"themas": ["overlast", "weer"]}, "onbekend thema: weer"),
        ({"signalen": {"regen": "nu"}}, "onbekend signaal: regen"),
        ({"signalen": {"wapen": "soms"}}, "onbekende status: soms"),
        ({"urgentie": "geen"}, "bij geen horen geen themas"),
        ({"text": "[[hond:Boef]]"}, "onbekende soort persoonsgegeven: hond"),
        ({"text": "bij [[persoon:Jan"}, "niet gesloten"),
        ({"text": "bij [[persoon Jan]]"}, "niet gesloten"),
        ({"locatie": {"land": "NL"}}, "onbekend in locatie: land"),
        ({"locatie": {}}, "locatie is null of heeft"),
        ({"locatie": {"straat": ""}}, "locatie is null of heeft"),
        ({"locatie": {"huisnummer": 12}}, "locatie is null of heeft"),
        ({"locatie": "Goor"}, "locatie is van de verkeerde soort"),
        ({"text": None}, "text is van de verkeerde soort"),
        ({"bron": ["buur"]}, "bron is van de verkeerde soort"),
        ({"themas": "overlast"}, "themas is van de verkeerde soort"),
        ({"themas": [["overlast"]]}, "themas is van de verkeerde soort"),
        ({"signalen": ["wapen"]}, "signalen is van de verkeerde soort"),
        ({"signalen": {"wapen": ["nu"]}}, "signalen is van de verkeerde soort"),
        ({"tags": None}, "tags is van de verkeerde soort"),
        ({"extra": 1}, "verwacht de velden betreft, "),
    ],
)
def test_a_mistake_is_named_with_its_file_and_line(tmp_path: Path, changed: dict[str, Any], wrong: str) -> None:
    write(tmp_path, "a01.jsonl", [ROW, {**ROW, **changed}])
    with pytest.raises(BadSettings) as caught:
        corpus.load(tmp_path)
    (problem,) = caught.value.problems
    assert problem.startswith("a01.jsonl:2: ")
    assert wrong in problem


@pytest.mark.parametrize(
    ("line", "wrong"),
    [("{", "geen leesbare JSON"), ("", "geen leesbare JSON"), ("[]", "verwacht de velden"), ("{}", "verwacht de velden")],
)
def test_a_line_that_is_no_row_is_named(tmp_path: Path, line: str, wrong: str) -> None:
    write(tmp_path, "b.jsonl", [line, ROW])
    with pytest.raises(BadSettings) as caught:
        corpus.load(tmp_path)
    assert [wrong in problem for problem in caught.value.problems] == [True]
    assert caught.value.problems[0].startswith("b.jsonl:1: ")


def test_all_mistakes_of_all_files_are_named_at_once(tmp_path: Path) -> None:
    write(tmp_path, "a.jsonl", [ROW, {**ROW, "taal": "fr", "bron": "tante"}])
    write(tmp_path, "b.jsonl", ["{", ROW, {**ROW, "betreft": ""}])
    with pytest.raises(BadSettings) as caught:
        corpus.load(tmp_path)
    assert [problem.split(": ")[0] for problem in caught.value.problems] == ["a.jsonl:2", "a.jsonl:2", "b.jsonl:1", "b.jsonl:3"]


@pytest.mark.parametrize(
    ("marked", "text", "values"),
    [
        ("", "", []),
        ("niets", "niets", []),
        ("[[persoon:Jan]]", "Jan", ["Jan"]),
        ("[[persoon:Jan]][[bsn:111222333]]", "Jan111222333", ["Jan", "111222333"]),
        (
            "ä🔥 [[persoon:Çağla 🔥]]!\n[[adres:Kerkstraat\n12]].",
            "ä🔥 Çağla 🔥!\nKerkstraat\n12.",
            ["Çağla 🔥", "Kerkstraat\n12"],
        ),
        ("[[account:t.me/a:b]] [x]", "t.me/a:b [x]", ["t.me/a:b"]),
    ],
)
def test_without_marks_the_offsets_are_of_the_values(marked: str, text: str, values: list[str]) -> None:
    plain, spans = corpus.plain(marked)
    assert plain == text
    assert [plain[span.start : span.eind] for span in spans] == values


def test_texts_of_one_plot_are_in_one_part(tmp_path: Path) -> None:
    for name in ("a01.jsonl", "a02.jsonl"):
        write(tmp_path, name, [{**ROW, "plot": f"p{at % 50}", "text": f"tekst {at}"} for at in range(150)])
    found = corpus.load(tmp_path)
    parts = [[one.part for one in found[start : start + 50]] for start in range(0, 300, 50)]
    assert parts[0] == parts[1] == parts[2]
    assert parts[3] == parts[4] == parts[5] != parts[0]


def test_a_part_stays_when_texts_are_added() -> None:
    """As drawn when this was written: who changes the draw learns what was measured."""
    drawn = "".join(corpus.part_of("a01", f"p{number:02}")[1] for number in range(1, 21))
    assert drawn == "eeeerururrrrreeerrrr"


def test_the_parts_are_drawn_as_large_as_they_should_be() -> None:
    parts = [corpus.part_of("x", str(number)) for number in range(20_000)]
    assert parts.count(Part.HELD) / 20_000 == pytest.approx(0.22, abs=0.01)
    assert parts.count(Part.TUNE) / 20_000 == pytest.approx(0.14, abs=0.01)


def test_no_plot_of_the_shipped_corpus_crosses_parts(shipped: list[Example]) -> None:
    parts = {one.id: one.part for one in shipped}
    crossed: dict[tuple[str, str], set[Part]] = {}
    for path in corpus.FOLDER.glob("*.jsonl"):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            crossed.setdefault((path.stem, json.loads(line)["plot"]), set()).add(parts[f"{path.stem}-{number:04}"])
    assert [plot for plot, found in crossed.items() if len(found) > 1] == []
    assert len(crossed) < len(shipped)


def test_the_shipped_corpus_is_large_enough(shipped: list[Example]) -> None:
    assert len(shipped) >= 3000
    assert sum("hard" in one.tags for one in shipped) >= 700
    assert sum("domeinwoorden" in one.tags and one.urgentie is Urgentie.GEEN for one in shipped) >= 400
    assert {one.taal for one in shipped} == corpus.LANGUAGES
    assert {one.urgentie for one in shipped if one.part is Part.HELD} == set(Urgentie)


def same(text: str) -> str:
    """Without marks, capitals, punctuation and double spaces."""
    return " ".join("".join(char if char.isalnum() else " " for char in corpus.plain(text)[0].lower()).split())


def test_no_text_is_there_twice(shipped: list[Example]) -> None:
    seen: dict[str, str] = {}
    assert [(one.id, seen[same(one.text)]) for one in shipped if seen.setdefault(same(one.text), one.id) != one.id] == []


@pytest.mark.parametrize("path", [BLIND, EXAMPLES], ids=["blind", "examples"])
def test_no_text_that_measures_is_in_the_corpus(shipped: list[Example], path: Path) -> None:
    if not path.exists():
        pytest.skip("the shared examples are not here")
    held = {same(json.loads(line)["text"]) for line in path.read_text(encoding="utf-8").splitlines()}
    assert len(held) > 20
    assert [one.id for one in shipped if same(one.text) in held] == []
