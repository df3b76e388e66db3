"""Export a checkpoint to the pipeline that ships: `python -m models.training.export --checkpoint DIR… --out DIR`.

Of several checkpoints of one run the mean of the weights is taken (Wortsman et al. 2022, model soups).

The network becomes one ONNX graph; matrix products of the encoder and the word embeddings are quantized to int8
(dynamic quantization of activations), the heads stay in full precision.
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from torch import Tensor, nn

from models.training.network import Network, pretrained
from pipeline.model import analyzer as analyzer_module
from pipeline.nlp import blank

OUTPUTS = ("tags", "pos", "lemmas", "entities", "unnamed", "levels", "arcs", "rel_dep", "rel_head", "vectors")


class _Flat(nn.Module):
    """The network with its outputs as a tuple, which is what a graph has."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, pieces: Tensor, shapes: Tensor, first: Tensor) -> tuple[Tensor, ...]:
        mask, real = torch.ones_like(pieces, dtype=torch.float32), torch.ones_like(first, dtype=torch.float32)
        scores = self.network(pieces, shapes, mask, first, real)
        return tuple(scores[name] for name in OUTPUTS)


def mean(checkpoints: Sequence[Path]) -> dict[str, Tensor]:
    """Return the mean of the weights of checkpoints with the same shapes."""
    states = [torch.load(folder / "network.pt") for folder in checkpoints]
    return {name: torch.stack([state[name] for state in states]).mean(0) for name in states[0]}


def main() -> None:
    """Export, quantize, and write the directory."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--checkpoint", type=Path, nargs="+", required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--version", default="0.1.0")
    arguments = parser.parse_args()
    labels = json.loads((arguments.checkpoint[0] / "labels.json").read_text("utf-8"))
    network = Network({name: len(names) for name, names in labels.items()})
    network.load_state_dict(mean(arguments.checkpoint))
    network.eval()
    with tempfile.TemporaryDirectory() as folder:
        whole, ready, small = (Path(folder) / f"{name}.onnx" for name in ("whole", "ready", "small"))
        example = (
            torch.tensor([[101, 2000, 2001, 2002, 102]]),
            torch.tensor([[0, 1, 1, 1, 0]]),
            torch.tensor([[1, 2, 3]]),
        )
        axes = {
            "pieces": {0: "batch", 1: "pieces"},
            "shapes": {0: "batch", 1: "pieces"},
            "first": {0: "batch", 1: "words"},
        }
        torch.onnx.export(
            _Flat(network), example, str(whole), input_names=["pieces", "shapes", "first"], output_names=list(OUTPUTS),
            dynamic_axes=axes, opset_version=17, dynamo=False,
        )  # fmt: skip
        quant_pre_process(str(whole), str(ready), skip_symbolic_shape=True)
        graph = onnx.load(str(ready)).graph
        heads = [
            node.name for node in graph.node if node.op_type in {"MatMul", "Gemm"} and "/encoder/" not in node.name
        ]
        quantize_dynamic(
            str(ready), str(small), weight_type=QuantType.QInt8, per_channel=True, nodes_to_exclude=heads,
            op_types_to_quantize=["MatMul", "Gather"], extra_options={"MatMulConstBOnly": True},
        )  # fmt: skip
        nlp = blank()
        nlp.meta.update(name="articles", version=arguments.version, license="CC BY-SA 4.0")
        component = nlp.add_pipe(analyzer_module.FACTORY)
        component.fill(
            network=small.read_bytes(),
            labels=labels,
            relations=network.rel.detach().numpy().astype(np.float32),
            pieces=(pretrained() / "tokenizer.json").read_bytes(),
        )
        nlp.to_disk(Path(folder) / "pipeline")
        shutil.copytree(Path(folder) / "pipeline", arguments.out, dirs_exist_ok=True)  # a model card there stays
    size = sum(file.stat().st_size for file in arguments.out.rglob("*") if file.is_file())
    print(f"{arguments.out}: {size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
