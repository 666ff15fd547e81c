"""Records a small case of the symbol-equivariant model: what Fixtures/symbol-equivariant holds.

    python record_symbol_equivariant.py [FOLDER]

Another processor or PyTorch version rounds differently in the last digits, so a new recording is
not the same to the byte.
"""

import json
import sys
from dataclasses import asdict, replace
from pathlib import Path

import torch

import symbol_equivariant as model
from recording import stored, write_tensors
from trm import IGNORED, loss

FOLDER = Path(__file__).resolve().parents[2] / "Fixtures" / "symbol-equivariant"
SEED = 8
BATCH = 3
SEGMENTS = 2
CONFIG = model.Config(
    rows=2,
    columns=3,
    vocabulary=6,
    # Not in order and not side by side, so that a mistaken place shows.
    exchangeable=(4, 2, 5),
    identifiers=4,
    # Two heads of 8; two rates of rotation for each axis of the grid.
    hidden=16,
    heads=2,
    expansion=3,
    blocks=2,
    cycles=2,
    updates=3,
    # Two positions in front of the cells, the second one partly padding.
    puzzle_width=19,
    rotary_base=10,
    recursion="one-state",
)


def record(config: model.Config, folder: Path, generator: torch.Generator):
    folder.mkdir(parents=True, exist_ok=True)
    weights = model.initial_weights(config, generator)
    weights = {name: w * 0.7 if ".layers." in name else w for name, w in weights.items()}
    write_tensors(folder / "weights.safetensors", weights)
    size = (BATCH, config.cells)
    inputs = torch.randint(1, config.vocabulary, size, generator=generator)
    labels = torch.randint(1, config.vocabulary, size, generator=generator)
    labels[torch.rand(size, generator=generator) < 0.3] = IGNORED
    labels[:, 0] = 1
    identifiers = torch.randint(0, config.identifiers, size[:1], generator=generator)
    numbers = {"inputs": inputs, "labels": labels, "puzzle_identifiers": identifiers}

    fixed = config.states
    trained = {k: w if k in fixed else w.requires_grad_() for k, w in weights.items()}
    x = model.embed(inputs, identifiers, trained, config)
    states = model.start(x, trained, config)
    for segment in range(SEGMENTS):
        # Each segment starts from states that carry no gradient.
        states = model.segment([state.detach() for state in states], x, trained, config)
        logits, halting = model.heads(states[0], trained, config)
        part = {name: state for name, state in zip(fixed, states)}
        part |= {"logits": logits, "q_halt_logits": halting}
        numbers |= {f"segment{segment}.{name}": value for name, value in part.items()}
        if segment == 0:
            total = loss(logits, halting, labels)
            total.backward(retain_graph=True)
            numbers["loss"] = total.double()
            numbers |= {f"grad.{k}": w.grad for k, w in trained.items() if k not in fixed}
    write_tensors(
        folder / "numbers.safetensors", {name: stored(value) for name, value in numbers.items()}
    )
    print(f"{config.recursion}: loss {total.item():.6f}")


def main():
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    generator = torch.Generator().manual_seed(SEED)
    for recursion in ("one-state", "two-states"):
        record(replace(CONFIG, recursion=recursion), folder / recursion, generator)
    document = asdict(CONFIG) | {"batch": BATCH, "segments": SEGMENTS}
    del document["recursion"]
    (folder / "config.json").write_text(json.dumps(document, indent=1) + "\n")


if __name__ == "__main__":
    main()
