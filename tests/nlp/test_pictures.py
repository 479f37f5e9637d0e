"""The pictures of the evaluation: what stands in them, how wide they are, and that they are the same each time."""

from pathlib import Path

import numpy as np
import pytest

from nlp.lab import pictures

pytest.importorskip("matplotlib")
NAMES = ["acuut", "spoed", "regulier", "advies", "geen"]
MATRIX = np.array([[90, 8, 1, 0, 1], [12, 70, 9, 2, 0], [0, 11, 80, 6, 3], [0, 1, 9, 40, 4], [0, 0, 0, 0, 0]])


def made(seed: int = 1) -> "tuple[np.typing.NDArray[np.float64], np.typing.NDArray[np.bool_]]":
    drawn = np.random.default_rng(seed)
    certainty = drawn.uniform(0.3, 1.0, 300)
    return certainty, drawn.uniform(size=300) < certainty


def size(path: Path) -> tuple[int, int]:
    head = path.read_bytes()[:24]
    assert head[:8] == b"\x89PNG\r\n\x1a\n"
    return int.from_bytes(head[16:20]), int.from_bytes(head[20:24])


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The words in each picture that is kept."""
    from matplotlib.text import Text

    words: list[str] = []
    save = pictures._save

    def kept(figure: object, target: Path) -> None:
        save(figure, target)
        words.extend(text.get_text() for text in figure.findobj(Text))  # type: ignore[attr-defined]

    monkeypatch.setattr(pictures, "_save", kept)
    return words


def test_the_same_figures_give_the_same_file(tmp_path: Path) -> None:
    for name in ("a.png", "b.png"):
        pictures.confusion(MATRIX, NAMES, tmp_path / "matrix" / name)
        pictures.calibration(*made(), tmp_path / "line" / name)
    for folder in ("matrix", "line"):
        first, second = ((tmp_path / folder / name).read_bytes() for name in ("a.png", "b.png"))
        assert first == second
        assert b"Software" not in first
        assert b"tEXt" not in first


def test_other_figures_give_another_file(tmp_path: Path) -> None:
    pictures.calibration(*made(1), tmp_path / "a.png")
    pictures.calibration(*made(2), tmp_path / "b.png")
    assert (tmp_path / "a.png").read_bytes() != (tmp_path / "b.png").read_bytes()


@pytest.mark.parametrize("classes", [2, 5, 16])
def test_no_picture_is_wider_than_1200_pixels(tmp_path: Path, classes: int) -> None:
    matrix = np.arange(classes * classes).reshape(classes, classes)
    pictures.confusion(matrix, [f"niveau {at}" for at in range(classes)], tmp_path / "a.png")
    pictures.calibration(*made(), tmp_path / "b.png")
    assert all(300 <= size(tmp_path / name)[0] <= 1200 for name in ("a.png", "b.png"))


def test_each_cell_has_its_count_and_share_and_an_empty_row_is_0(tmp_path: Path, drawn: list[str]) -> None:
    pictures.confusion(MATRIX, NAMES, tmp_path / "a.png")
    assert {"90\n90%", "8\n8%", "12\n13%", "gelezen als", "label", *NAMES} <= set(drawn)
    assert drawn.count("0\n0%") == 9


def test_each_point_has_its_count(tmp_path: Path, drawn: list[str]) -> None:
    certainty = np.array([0.95, 0.97, 0.9, 0.85, 0.35, 1.0])
    pictures.calibration(certainty, np.array([True, True, False, True, False, True]), tmp_path / "a.png")
    assert [word for word in drawn if word.startswith("n=")] == ["n=1", "n=2", "n=3"]


def test_nothing_measured_is_still_a_picture(tmp_path: Path) -> None:
    pictures.calibration(np.zeros(0), np.zeros(0, dtype=bool), tmp_path / "a.png")
    assert size(tmp_path / "a.png")[0] > 300
