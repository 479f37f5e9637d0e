"""From trained weights to the two files that the encoder reads: a graph in whole numbers of 8 bits, and its table of pieces."""

import io
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

Weights = Mapping[str, NDArray[Any]]
_HEADS, _WIDTH = 12, 384
_SHARPER = 4.0  # the trained query and vote vectors are kept four times too small


class _Graph:
    """Collects nodes and constants."""

    def __init__(self) -> None:
        self.nodes: list[Any] = []
        self.constants: list[Any] = []

    def constant(self, value: NDArray[Any]) -> str:
        name = f"c{len(self.constants)}"
        kept = value if value.dtype == np.int64 else value.astype(np.float32)
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(kept), name))
        return name

    def node(self, kind: str, *inputs: str, outputs: Sequence[str] = (), **settings: Any) -> str:
        names = list(outputs) or [f"n{len(self.nodes)}"]
        self.nodes.append(helper.make_node(kind, list(inputs), names, **settings))
        return names[0]

    def times(self, x: str, weight: NDArray[Any], bias: NDArray[Any] | None = None) -> str:
        product = self.node("MatMul", x, self.constant(weight))
        return product if bias is None else self.node("Add", product, self.constant(bias))

    def normal(self, x: str, weight: NDArray[Any], bias: NDArray[Any]) -> str:
        return self.node("LayerNormalization", x, self.constant(weight), self.constant(bias), axis=-1, epsilon=1e-12)


def graph(weights: Weights) -> bytes:
    """`weights`: the arrays that `nlp.lab.encoder_training` saved. Inputs x (pieces × 384) and flags; output votes."""
    made = _Graph()
    x = made.normal("x", weights["enc.elw"], weights["enc.elb"])
    x = made.node("Add", x, made.times("flags", weights["head.Wf"]))
    for number in range(int(weights["NL"])):
        x = _layer(made, x, {name.split(".")[1]: array for name, array in weights.items() if name.startswith(f"l{number}.")})
    attention = made.node("Softmax", made.times(x, weights["head.q"] * _SHARPER), axis=0)
    made.node("Mul", attention, made.times(x, weights["head.w"] * _SHARPER), outputs=["votes"])
    inputs = [
        helper.make_tensor_value_info("x", TensorProto.FLOAT, ["pieces", _WIDTH]),
        helper.make_tensor_value_info("flags", TensorProto.FLOAT, ["pieces", weights["head.Wf"].shape[0]]),
    ]
    output = helper.make_tensor_value_info("votes", TensorProto.FLOAT, ["pieces", weights["head.q"].shape[1]])
    whole = helper.make_graph(made.nodes, "encoder", inputs, [output], made.constants)
    return _small(helper.make_model(whole, opset_imports=[helper.make_opsetid("", 20)], ir_version=10))


def _layer(made: _Graph, x: str, own: Weights) -> str:
    """One layer of a post-norm transformer; the queries are scaled beforehand."""
    scale = np.ones(3 * _WIDTH, dtype=np.float32)
    scale[:_WIDTH] = np.float32((_WIDTH / _HEADS) ** -0.5)
    mixed = made.times(x, own["qkv"] * scale, own["qkvb"] * scale)
    split = made.node("Reshape", mixed, made.constant(np.array([-1, 3 * _HEADS, _WIDTH // _HEADS])))
    turned = made.node("Transpose", split, perm=[1, 0, 2])
    parts = [f"{turned}{part}" for part in "qkv"]
    made.node("Split", turned, made.constant(np.array([_HEADS] * 3)), outputs=parts, axis=0)
    likeness = made.node("MatMul", parts[0], made.node("Transpose", parts[1], perm=[0, 2, 1]))
    read = made.node("MatMul", made.node("Softmax", likeness, axis=-1), parts[2])
    joined = made.node("Reshape", made.node("Transpose", read, perm=[1, 0, 2]), made.constant(np.array([-1, _WIDTH])))
    x = made.normal(made.node("Add", x, made.times(joined, own["ao"], own["aob"])), own["alw"], own["alb"])
    inner = made.node("Gelu", made.times(x, own["fi"], own["fib"]), approximate="tanh")
    return made.normal(made.node("Add", x, made.times(inner, own["fo"], own["fob"])), own["olw"], own["olb"])


def _small(model: onnx.ModelProto) -> bytes:
    """Weights as whole numbers of 8 bits, one scale per column."""
    onnx.checker.check_model(model)
    with TemporaryDirectory() as folder:
        large, small = Path(folder) / "large.onnx", Path(folder) / "small.onnx"
        onnx.save(model, large)
        quantize_dynamic(large, small, weight_type=QuantType.QInt8, per_channel=True, op_types_to_quantize=["MatMul"])
        return small.read_bytes()


def table(
    pieces: Sequence[str], scores: Sequence[float], spelled: Mapping[str, str], packed: NDArray[Any], scales: NDArray[Any],
    places: NDArray[Any], bias: NDArray[Any], concepts: Sequence[str],
) -> bytes:  # fmt: skip
    """`packed`, `scales`: numbers of 4 bits in blocks of 32, as they came; `places`: what is added by position."""
    target = io.BytesIO()
    np.savez_compressed(
        target,
        pieces=np.frombuffer("\n".join(pieces).encode(), np.uint8),
        scores=np.asarray(scores, np.float32),
        spelled=np.frombuffer(json.dumps(dict(spelled), ensure_ascii=False).encode(), np.uint8),
        table=packed,
        scales=scales.astype(np.float16),
        places=places.astype(np.float16),
        bias=bias.astype(np.float64),
        concepts=np.frombuffer("\n".join(concepts).encode(), np.uint8),
    )
    return target.getvalue()
