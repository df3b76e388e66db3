"""Train the network on all tasks at once: `python -m models.training.train --data DIR --out DIR --steps N`.

Needs the extra `train`. DIR holds the corpora named in models/README.md. Training goes on for a given number of steps,
or of minutes, with the learning rate falling to zero over it; `--start` goes on from a checkpoint, or from a directory
that ships. bf16 autocast; batches have few fixed shapes, as the CPU kernels are compiled for each shape.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import time
from collections.abc import Iterator
from pathlib import Path

import spacy
import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional

from models.training.corpora import (
    ANY,
    BIO,
    GENRE,
    GENRE_MORE,
    LEVELS,
    Example,
    held_out,
    inventory,
    lemma_script,
    overlay,
    public,
    read_conllu,
    read_genre,
    spans,
)
from models.training.documents import re3d, redocred
from models.training.gum import gum_entities
from models.training.lexicon import Lexicon
from models.training.network import Network, pretrained
from models.training.shipped import read_labels, read_network
from models.training.substitute import collect, substituted
from pipeline.model.pieces import build_tokenizer, encode, reader

LENGTHS = (24, 40, 56, 80, 112, 160, 256)
PIECES_PER_BATCH = 2240
STEPS = ("documents", "gum", "public", "shapes", "skips")  # of the recipe, that `--without` leaves out
BATCH = {length: max(4, PIECES_PER_BATCH // length // 4 * 4) for length in LENGTHS}


class Batcher:
    """Examples to tensors."""

    def __init__(self, tokenizer: Tokenizer, labels: dict[str, list[str]]) -> None:
        self.pieces_of = reader(tokenizer)
        self.index = {task: {label: at for at, label in enumerate(names)} for task, names in labels.items()}

    def prepare(self, one: Example) -> dict[str, list[int]] | None:
        pieces, shapes, first = encode(self.pieces_of, one.words)
        if len(pieces) > LENGTHS[-1]:
            return None
        n = len(one.words)
        gone = [-100] * n
        known = self.index
        return {
            "pieces": pieces,
            "shapes": shapes,
            "first": first,
            "tags": [known["tags"].get(x, -100) for x in one.tags] if one.tags else gone,
            "pos": [known["pos"].get(x, -100) for x in one.pos] if one.pos else gone,
            "lemmas": [
                known["lemmas"].get(lemma_script(w, x), -100) for w, x in zip(one.words, one.lemmas, strict=True)
            ]
            if one.lemmas
            else gone,
            "heads": list(one.heads) if one.heads else gone,
            "deps": [known["deps"].get(x, -100) for x in one.deps] if one.deps else gone,
            "entities": list(one.entities) if one.entities else [ANY] * n,
            "unnamed": list(one.unnamed) if one.unnamed else gone,
            "level": [-100 if one.level is None else one.level],
        }

    @staticmethod
    def collate(rows: list[dict[str, list[int]]], length: int) -> dict[str, Tensor]:
        words = length - 2
        pad = {"pieces": 0, "shapes": 0, "first": 0, "entities": ANY}
        batch = {}
        for name in rows[0]:
            size = length if name in {"pieces", "shapes"} else 1 if name == "level" else words
            batch[name] = torch.tensor([row[name] + [pad.get(name, -100)] * (size - len(row[name])) for row in rows])
        batch["mask"] = torch.tensor([[1.0] * len(r["pieces"]) + [0.0] * (length - len(r["pieces"])) for r in rows])
        batch["real"] = torch.tensor([[1.0] * len(r["first"]) + [0.0] * (words - len(r["first"])) for r in rows])
        return batch


def batches(rows: list[dict[str, list[int]]], rng: random.Random) -> Iterator[dict[str, Tensor]]:
    """Yield batches of one length each, full ones only, in random order."""
    order = rows[:]
    rng.shuffle(order)
    waiting: dict[int, list[dict[str, list[int]]]] = {length: [] for length in LENGTHS}
    for row in order:
        length = next(length for length in LENGTHS if len(row["pieces"]) <= length)
        waiting[length].append(row)
        if len(waiting[length]) == BATCH[length]:
            yield Batcher.collate(waiting[length], length)
            waiting[length] = []


BITS = 1 << torch.arange(len(BIO))


def loss_of(network: Network, batch: dict[str, Tensor]) -> dict[str, Tensor]:
    """Return the loss of each task, per word."""
    scores = network(batch["pieces"], batch["shapes"], batch["mask"], batch["first"], batch["real"])
    scores = {name: value.float() for name, value in scores.items()}
    losses = {}
    for name in ("tags", "pos", "lemmas", "unnamed"):
        losses[name] = cross(scores[name].flatten(0, 1), batch[name].flatten())
    losses["level"] = cross(scores["levels"], batch["level"].flatten())
    losses["arcs"] = cross(scores["arcs"].flatten(0, 1), batch["heads"].flatten())
    at = (batch["deps"] >= 0).nonzero()
    if len(at):
        dep = scores["rel_dep"][at[:, 0], at[:, 1]]
        head = scores["rel_head"][at[:, 0], batch["heads"][at[:, 0], at[:, 1]]]
        losses["deps"] = functional.cross_entropy(network.labels(dep, head), batch["deps"][at[:, 0], at[:, 1]])
    allowed = (batch["entities"][:, :, None] & BITS) > 0
    open_ = (batch["entities"] != ANY) & (batch["real"] > 0)
    if open_.any():
        logits, allowed = scores["entities"][open_], allowed[open_]
        inside = logits.masked_fill(~allowed, -1e4).logsumexp(-1)
        losses["entities"] = (logits.logsumexp(-1) - inside).mean()
    return losses


def cross(scores: Tensor, wanted: Tensor) -> Tensor:
    if not (wanted >= 0).any():
        return scores.sum() * 0.0
    return functional.cross_entropy(scores, wanted, ignore_index=-100)


@torch.no_grad()
def teach(teacher: Network, rows: list[dict[str, list[int]]], lexicon: Lexicon) -> float:
    """Fill tags, lemmas and trees of units that have none with the teacher's; return the share of units it got sanely.

    Without them the shared encoder may do with such units what it likes, and tags and parses drift where they matter.
    A unit in which the teacher itself has drifted, a comma tagged as a verb, gives nothing but the usual tags of its
    frequent words; a second teacher, trained on the rest, gets it right.
    """
    teacher.eval()
    trusted = 0
    by_length = sorted(rows, key=lambda row: len(row["pieces"]))
    for begin in range(0, len(by_length), 32):
        part = by_length[begin : begin + 32]
        batch = Batcher.collate(part, max(len(row["pieces"]) for row in part))
        with torch.autocast("cpu", dtype=torch.bfloat16):
            scores = teacher(batch["pieces"], batch["shapes"], batch["mask"], batch["first"], batch["real"])
        best, sure = {}, {}
        for name, least in (("tags", 0.6), ("pos", 0.6), ("lemmas", 0.6), ("arcs", 0.5)):
            shares, best[name] = scores[name].float().softmax(-1).max(-1)
            sure[name] = shares >= least
        for at, row in enumerate(part):
            n = len(row["first"])
            words = [row["pieces"][first] for first in row["first"]]
            sane = lexicon.is_sane(words, best["tags"][at, :n].tolist())
            trusted += sane
            heads = best["arcs"][at, :n]
            dep, head = scores["rel_dep"][at, :n].float(), scores["rel_head"][at][heads].float()
            for name in ("tags", "pos", "lemmas"):
                row[name] = best[name][at, :n].masked_fill(~(sure[name][at, :n] & sane), -100).tolist()
            closed = [lexicon.usual.get(word, {}) for word in words]
            for name in ("tags", "pos"):
                row[name] = [fixed.get(name, label) for fixed, label in zip(closed, row[name], strict=True)]
            labels = teacher.labels(dep, head).argmax(-1)
            row["heads"] = heads.masked_fill(~(sure["arcs"][at, :n] & sane), -100).tolist()
            row["deps"] = labels.masked_fill(~(sure["arcs"][at, :n] & sane), -100).tolist()
            for number, fixed in enumerate(closed):  # the head of a word with a wrong label is not trusted either
                if row["deps"][number] not in (-100, fixed.get("deps", row["deps"][number])):
                    row["heads"][number] = row["deps"][number] = -100
    return trusted / max(1, len(rows))


WEIGHTS = {
    "tags": 0.5,
    "pos": 0.3,
    "lemmas": 0.3,
    "arcs": 1.0,
    "deps": 0.7,
    "entities": 2.0,
    "unnamed": 1.0,
    "level": 0.5,
}


@torch.no_grad()
def evaluate(network: Network, rows: list[dict[str, list[int]]]) -> dict[str, float]:
    """Measure on held-out examples: accuracy of tags, attachment of all words, strict span F1, accuracy of levels."""
    network.eval()
    right: dict[str, float] = {}
    seen: dict[str, float] = {}
    counts: dict[str, list[int]] = {}

    def count(name: str, hits: Tensor) -> None:
        right[name] = right.get(name, 0.0) + float(hits.sum())
        seen[name] = seen.get(name, 0.0) + hits.numel()

    by_length = sorted(rows, key=lambda row: len(row["pieces"]))
    for begin in range(0, len(by_length), 16):
        part = by_length[begin : begin + 16]
        batch = Batcher.collate(part, max(len(row["pieces"]) for row in part))
        scores = network(batch["pieces"], batch["shapes"], batch["mask"], batch["first"], batch["real"])
        for name in ("tags", "pos", "lemmas"):
            at = batch[name] >= 0
            count(name, scores[name].argmax(-1)[at] == batch[name][at])
        at = (batch["heads"] >= 0) & (batch["real"] > 0)
        heads = scores["arcs"].argmax(-1)
        if at.any():
            where = at.nonzero()
            dep = scores["rel_dep"][where[:, 0], where[:, 1]]
            head = scores["rel_head"][where[:, 0], heads[at]]
            attached = heads[at] == batch["heads"][at]
            count("uas", attached)
            count("las", attached & (network.labels(dep, head).argmax(-1) == batch["deps"][at]))
        level = batch["level"].flatten()
        count("level", scores["levels"].argmax(-1)[level >= 0] == level[level >= 0])
        guess = scores["entities"].argmax(-1)
        for at_row, row in enumerate(part):
            if all(mask.bit_count() == 1 for mask in row["entities"]):
                n = len(row["first"])
                gold = spans([BIO[mask.bit_length() - 1] for mask in row["entities"]])
                mine = spans([BIO[k] for k in guess[at_row, :n].tolist()])
                for kind in {k for k, _, _ in gold | mine}:
                    tally = counts.setdefault(kind, [0, 0, 0])
                    mine_k, gold_k = {s for s in mine if s[0] == kind}, {s for s in gold if s[0] == kind}
                    for place, value in enumerate((len(mine_k & gold_k), len(mine_k), len(gold_k))):
                        tally[place] += value
    network.train()
    result = {name: right[name] / seen[name] for name in right if seen[name]}
    return result | {f"f_{kind}": 2 * hit / (n + m) for kind, (hit, n, m) in sorted(counts.items())}


def main() -> None:
    """Train, and write a checkpoint and the label inventory."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--articles", type=Path, nargs="*", default=[], help="annotated articles of your own, .ann")
    parser.add_argument("--copies", type=int, default=1, help="copies of the articles with other names in them")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--start", type=Path, help="go on from a checkpoint, or from a directory that ships")
    parser.add_argument("--minutes", type=float, default=20)
    parser.add_argument("--steps", type=int, help="instead of minutes, so that a run can be repeated")
    parser.add_argument("--rate", type=float, default=1e-4)
    parser.add_argument("--fewnerd", type=int, default=3000)
    parser.add_argument("--parsed", type=int, default=10**9, help="sentences of the treebanks in each epoch, at most")
    parser.add_argument("--others", type=int, default=10**9, help="sentences of public entity corpora, at most")
    parser.add_argument("--genre-times", type=int, default=4)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--parse-only", action="store_true", help="train a teacher on the treebanks alone")
    parser.add_argument("--teacher", type=Path, help="network that tags and parses the units without a gold parse")
    parser.add_argument(
        "--without", nargs="*", choices=STEPS, default=[], help="leave a step of the recipe out, to see its gain"
    )
    arguments = parser.parse_args()
    torch.manual_seed(0)
    rng = random.Random(0)
    torch.set_num_threads(arguments.threads)
    data: Path = arguments.data
    parsed = {}
    for name in ("en_ewt-ud", "en_gum-free"):
        parsed |= dict(read_conllu(data / "parse" / f"{name}-train.conllu"))
    overlay(parsed, data / "ner" / "uner_ewt-train.iob2")
    if "gum" not in arguments.without:
        gum_entities(parsed, data / "parse" / "en_gum-free-train.conllu")
    dev = {
        name: [one for _, one in read_conllu(data / "parse" / f"{name}-dev.conllu")]
        for name in ("en_ewt-ud", "en_gum-free")
    }
    tokenize = build_tokenizer(spacy.blank("en"))
    (files, held_files), (more, held_more) = held_out(GENRE), held_out(GENRE_MORE)
    articles = [file.read_text("utf-8") for file in [*files, *more, *arguments.articles]]
    names = collect(articles)
    copies = [substituted(text, names, rng) for _ in range(arguments.copies) for text in articles]
    genre = [one for text in articles for one in read_genre(text, tokenize)]
    varied = [one for text in copies for one in read_genre(text, tokenize)]
    for name, held_ones in (("genre", held_files), ("genre_more", held_more)):
        dev[name] = [one for file in held_ones for one in read_genre(file.read_text("utf-8"), tokenize)]
    others = [] if "public" in arguments.without else public(data / "ner", rng, fewnerd=arguments.fewnerd)
    if "documents" not in arguments.without:
        others += [*redocred(data / "ner" / "re_docred" / "dev_revised.json"), *re3d(data / "ner" / "re3d", tokenize)]
    others = rng.sample(others, min(arguments.others, len(others)))
    labels = inventory(parsed.values()) | {
        "entities": list(BIO),
        "unnamed": ["O", "B-AGU", "I-AGU"],
        "levels": list(LEVELS),
    }
    if arguments.start:
        labels = read_labels(arguments.start)
    tokenizer = Tokenizer.from_file(str(pretrained() / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    batcher = Batcher(tokenizer, labels)
    ready = {
        "parsed": list(filter(None, map(batcher.prepare, parsed.values()))),
        "genre": list(filter(None, map(batcher.prepare, genre))),
        "varied": list(filter(None, map(batcher.prepare, varied))),
        "others": list(filter(None, map(batcher.prepare, others))),
    }
    held = {
        name: list(filter(None, map(batcher.prepare, ones)))[: None if "genre" in name else 400]
        for name, ones in dev.items()
    }
    print(
        {name: len(rows) for name, rows in ready.items()},
        {name: len(names) for name, names in labels.items()},
        flush=True,
    )
    if arguments.start:
        network = read_network(arguments.start)
    else:
        network = Network({name: len(names) for name, names in labels.items()})
        network.encoder.load_pretrained()
    if "shapes" in arguments.without:
        network.encoder.shapes.requires_grad_(False)  # they are born as zeros
    if "skips" in arguments.without:
        network.skip_embedded.requires_grad_(False)
        network.skip_middle.requires_grad_(False)
    encoder = list(network.encoder.parameters())
    mine = {id(parameter) for parameter in encoder}
    heads = [parameter for parameter in network.parameters() if id(parameter) not in mine]
    groups = [{"params": encoder, "lr": arguments.rate}, {"params": heads, "lr": arguments.rate * 8}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01, betas=(0.9, 0.98))
    base = [group["lr"] for group in optimizer.param_groups]
    begin, step, words = time.monotonic(), 0, 0
    limit = arguments.minutes * 60
    treeless = [] if arguments.parse_only else ready["others"] + ready["genre"] + ready["varied"]
    if arguments.teacher and treeless:
        share = teach(read_network(arguments.teacher), treeless, Lexicon.of(ready["parsed"]))
        print(f"taught in {time.monotonic() - begin:.0f} s, {share:.1%} of the units without a tree", flush=True)
        begin = time.monotonic()
    running: dict[str, float] = {}
    arguments.out.mkdir(parents=True, exist_ok=True)
    (arguments.out / "labels.json").write_text(json.dumps(labels, ensure_ascii=False, indent=0), "utf-8")
    network.train()
    while True:
        epoch = rng.sample(ready["parsed"], min(arguments.parsed, len(ready["parsed"])))
        if not arguments.parse_only:
            epoch += ready["genre"] * arguments.genre_times + ready["varied"] + ready["others"]
        for batch in batches(epoch, rng):
            done = step / arguments.steps if arguments.steps else (time.monotonic() - begin) / limit
            if done >= 1:
                break
            for group, rate in zip(optimizer.param_groups, base, strict=True):
                group["lr"] = rate * min(1.0, (step + 1) / 50) * max(0.02, (1 - done))
            with torch.autocast("cpu", dtype=torch.bfloat16):
                losses = loss_of(network, batch)
            total = sum(WEIGHTS[name] * value for name, value in losses.items())
            optimizer.zero_grad(set_to_none=True)
            total.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            step += 1
            words += int(batch["real"].sum())
            for name, value in losses.items():
                now = float(value.detach())
                running[name] = 0.98 * running.get(name, now) + 0.02 * now
            if step % 50 == 0:
                seconds = time.monotonic() - begin
                shown = " ".join(f"{name} {value:.3f}" for name, value in sorted(running.items()))
                print(f"{seconds:6.0f}s step {step} {words / seconds:.0f} words/s {shown}", flush=True)
            if math.isnan(float(total)):
                raise SystemExit("loss is not a number")
        else:
            print("end of an epoch", flush=True)
            continue
        break
    torch.save(network.state_dict(), arguments.out / "network.pt")
    for name, rows in held.items():
        print(name, {key: round(value, 4) for key, value in evaluate(network, rows).items()}, flush=True)


if __name__ == "__main__":
    main()
