"""Read a network back out of a directory that ships, so that training can go on from it.

What was int8 there comes back as the floats that it stands for: a start that differs from the checkpoint that was
exported by the rounding of the quantization alone.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import NodeProto, numpy_helper
from torch import Tensor, nn

from models.training.network import Network
from pipeline.model.analyzer import FACTORY


def read_labels(folder: Path) -> dict[str, list[str]]:
    """Return the label inventories of a checkpoint or of a directory that ships."""
    inside = folder / FACTORY
    path = (inside if inside.is_dir() else folder) / "labels.json"
    labels: dict[str, list[str]] = json.loads(path.read_text("utf-8"))
    return labels


def read_network(folder: Path) -> Network:
    """Return the network of a checkpoint (`network.pt`) or of a directory that ships."""
    network = Network({name: len(names) for name, names in read_labels(folder).items()})
    if (folder / "network.pt").is_file():
        network.load_state_dict(torch.load(folder / "network.pt"))
    else:
        graph = _Graph(folder / FACTORY / "network.onnx")
        state = {name: _parameter(network, graph, name) for name in network.state_dict() if name != "rel"}
        state["rel"] = torch.tensor(np.load(folder / FACTORY / "relations.npy"))
        network.load_state_dict(state)
    return network


class _Graph:
    """Constants of an ONNX graph, and its nodes by name."""

    def __init__(self, path: Path) -> None:
        graph = onnx.load(str(path)).graph
        self.constants = {one.name: numpy_helper.to_array(one) for one in graph.initializer}
        self.nodes: dict[str, NodeProto] = {node.name: node for node in graph.node}

    def constant_of(self, *nodes: str) -> NDArray[np.float32]:
        """Return the constant that the node takes which the graph has of `nodes`, as floats.

        Raises:
            ValueError: the graph has none of them.
        """
        node = next((self.nodes[name] for name in nodes if name in self.nodes), None)
        if node is None:
            raise ValueError(f"the graph has no node {nodes[0]}: it was not exported from this network")
        return self.floats(next(name for name in node.input if name in self.constants))

    def floats(self, name: str) -> NDArray[np.float32]:
        """Return a constant by its name; a quantized one times its scale."""
        if not name.endswith("_quantized"):
            return np.array(self.constants[name], np.float32)
        plain = name.removesuffix("_quantized")
        whole, zero, scale = (
            self.constants[f"{plain}_{part}"].astype(np.float32) for part in ("quantized", "zero_point", "scale")
        )
        return np.asarray((whole - zero) * scale, np.float32)


def _parameter(network: Network, graph: _Graph, name: str) -> Tensor:
    """Return the values of one parameter. A constant has its name, unless transposed or merged with its equals."""
    path, _, kind = name.rpartition(".")
    if not isinstance(network.get_submodule(path), nn.Linear):
        plain = f"network.{name}"
        return torch.tensor(graph.floats(f"{plain}_quantized" if f"{plain}_quantized" in graph.constants else plain))
    scope = "/network/" + re.sub(r"\.(?!\d)", "/", path.removeprefix("linear."))
    if kind == "bias":
        return torch.tensor(graph.constant_of(f"{scope}/Add", f"{scope}/Gemm_Add"))
    return torch.tensor(graph.constant_of(f"{scope}/MatMul", f"{scope}/MatMul_quant", f"{scope}/Gemm_MatMul_quant").T)
