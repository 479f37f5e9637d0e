"""The pictures of the evaluation as PNG: readable without colour, and the same figures give the same file."""

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nlp.lab import measure
from nlp.lab.measure import Figure

_DPI = 100
_WIDE = 12.0  # inches: 1200 pixels at the most
_BINS = 10
_DARK = 0.5  # from this share of a row on the cell is so dark that its letters are white


def confusion(matrix: NDArray[np.int64], names: Sequence[str], target: Path) -> None:
    """Rows: the label; columns: what was read. Each cell with its count and its share of the row."""
    shares = matrix / np.maximum(matrix.sum(axis=1, keepdims=True), 1)
    side = min(_WIDE, 2.4 + 1.1 * len(names))
    figure = _figure(side, side * 0.9)
    axes = figure.add_subplot()
    axes.imshow(shares, cmap="Greys", vmin=0, vmax=1)
    for (row, column), count in np.ndenumerate(matrix):
        share = shares[row, column]
        said = f"{count}\n{share:.0%}"
        axes.text(column, row, said, ha="center", va="center", color="white" if share >= _DARK else "black")
    axes.set_xticks(range(len(names)), names, rotation=30, ha="right")
    axes.set_yticks(range(len(names)), names)
    axes.set_xlabel("gelezen als")
    axes.set_ylabel("label")
    axes.set_title("Verwarringsmatrix: aantal teksten en deel van de rij")
    _save(figure, target)


def calibration(certainty: NDArray[np.float64], right: NDArray[np.bool_], target: Path) -> None:
    """How often what was said with some certainty is right; below it how many texts had that certainty."""
    figure = _figure(7.5, 8.5)
    upper, lower = figure.subplots(2, 1, sharex=True, height_ratios=[3, 1])
    upper.plot([0, 1], [0, 1], linestyle="--", color="0.4", label="zekerheid is precies juist")
    _points(upper, certainty, right)
    upper.set(ylabel="deel dat klopt", xlim=(0, 1), ylim=(-0.02, 1.08))
    upper.set_title("Kalibratie: hoe zeker, en hoe vaak juist")
    upper.legend(loc="upper left")
    lower.hist(certainty, bins=_edges(), color="0.75", edgecolor="black", hatch="//")
    lower.set(xlabel="zekerheid van het gekozen niveau", ylabel="aantal teksten")
    _save(figure, target)


def _points(axes: Any, certainty: NDArray[np.float64], right: NDArray[np.bool_]) -> None:
    """One point a bin that holds texts, with Wilson's interval and the number of texts."""
    found = [(float(certainty[inside].mean()), _share(right[inside])) for inside in _bins(certainty)]
    if not found:
        return
    across, up = [at for at, _ in found], [share.value for _, share in found]
    bars = [[share.value - share.low for _, share in found], [share.high - share.value for _, share in found]]
    # An interval never leaves out its own value; rounding could make a bar of -1e-17, which matplotlib refuses.
    axes.errorbar(
        across, up, yerr=np.maximum(bars, 0), fmt="o", color="black", capsize=4, label="gemeten, met 95 %-interval en aantal"
    )  # fmt: skip
    for at, share in found:
        beside, side = (7, "left") if at < 1 - 1 / _BINS else (-7, "right")  # within the frame
        axes.annotate(
            f"n={share.n}", (at, share.value), xytext=(beside, -12), textcoords="offset points", fontsize=9, ha=side
        )  # fmt: skip


def _bins(certainty: NDArray[np.float64]) -> list[NDArray[np.bool_]]:
    """The borders of `measure.calibration_error`: above the lower one, up to and with the upper one."""
    inside = [(certainty > low) & (certainty <= high) for low, high in pairwise(_edges())]
    return [one for one in inside if one.any()]


def _edges() -> NDArray[np.float64]:
    return np.linspace(0, 1, _BINS + 1)


def _share(right: NDArray[np.bool_]) -> Figure:
    return measure.share(int(right.sum()), len(right))


def _figure(width: float, height: float) -> Any:
    """Without pyplot: nothing is kept of it and no screen is looked for."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure as Drawing

    drawing = Drawing(figsize=(width, height), dpi=_DPI, layout="constrained")
    FigureCanvasAgg(drawing)
    return drawing


def _save(figure: Any, target: Path) -> None:
    """Without the version of matplotlib, which would make another file of the same picture."""
    target.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(target, format="png", dpi=_DPI, metadata={"Software": None})
