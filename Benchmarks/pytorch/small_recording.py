"""What the recordings of small models share: a fixed case, two segments, the first one's gradients.

record_trm.py, record_symbol_equivariant.py and record_deep_thinking.py say what is theirs alone.
Another processor or PyTorch version rounds differently in the last digits, so a new recording is
not the same to the byte.
"""

import json
import sys
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path

import torch
from torch import Tensor

from recording import stored, write_tensors
from trm import IGNORED, Weights, loss

BATCH = 3
SEGMENTS = 2


def draw_puzzles(config, generator: torch.Generator) -> dict[str, Tensor]:
    """Random questions and labels; some labels are left out, the first of each puzzle never."""
    size = (BATCH, config.cells)
    inputs = torch.randint(1, config.vocabulary, size, generator=generator)
    labels = torch.randint(1, config.vocabulary, size, generator=generator)
    labels[torch.rand(size, generator=generator) < 0.3] = IGNORED
    labels[:, 0] = 1
    return {"inputs": inputs, "labels": labels}


def draw_identifiers(config, generator: torch.Generator) -> Tensor:
    return torch.randint(0, config.identifiers, (BATCH,), generator=generator)


def record(
    folder: Path,
    weights: Weights,
    numbers: dict[str, Tensor],
    states: dict[str, str],
    start: Callable[[Weights], tuple[Tensor, list[Tensor]]],
    segment: Callable[[list[Tensor], Tensor, Weights], tuple[list[Tensor], Tensor, Tensor]],
):
    """Writes weights.safetensors and numbers.safetensors; returns the first segment's loss.

    `states` has each carried state's name with that of its start among the weights, which is not
    trained. `start` gives the embedded question and the first states; `segment` the next states,
    logits and halting logits.
    """
    folder.mkdir(parents=True, exist_ok=True)
    write_tensors(folder / "weights.safetensors", weights)
    fixed = states.values()
    trained = {k: w if k in fixed else w.requires_grad_() for k, w in weights.items()}
    x, carried = start(trained)
    for index in range(SEGMENTS):
        # Each segment starts from states that carry no gradient.
        carried, logits, halting = segment([state.detach() for state in carried], x, trained)
        part = dict(zip(states, carried)) | {"logits": logits, "q_halt_logits": halting}
        numbers |= {f"segment{index}.{name}": value for name, value in part.items()}
        if index == 0:
            total = loss(logits, halting, numbers["labels"])
            total.backward(retain_graph=True)
            numbers["loss"] = total.double()
            numbers |= {f"grad.{k}": w.grad for k, w in trained.items() if k not in fixed}
    write_tensors(
        folder / "numbers.safetensors", {name: stored(value) for name, value in numbers.items()}
    )
    return total.item()


def record_variants(
    default: Path, config, setting: str, values: tuple[str, ...], seed: int, record_one
):
    """Records the config with each value of a setting, into the folder of the command line."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else default
    generator = torch.Generator().manual_seed(seed)
    for value in values:
        total = record_one(replace(config, **{setting: value}), folder / value, generator)
        print(f"{value}: loss {total:.6f}")
    document = asdict(config) | {"batch": BATCH, "segments": SEGMENTS}
    del document[setting]
    (folder / "config.json").write_text(json.dumps(document, indent=1) + "\n")
