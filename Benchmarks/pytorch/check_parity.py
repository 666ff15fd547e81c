"""Repeats a recording with the PyTorch model and compares every number.

    python check_parity.py FOLDER... [--compile] [--tolerance 1e-4]

The error of a tensor is its largest difference over its largest recorded number. Exit code 1 where
one is above the tolerance.
"""

import argparse
import json
import re
import sys
from dataclasses import replace
from pathlib import Path

from hrm import Config
from recording import BATCH, read_tensors, repeat_evaluation, repeat_training
from training import Trainer

KINDS = (
    ("gradients", r"step\d+\.grad\."),
    ("weights after the optimizers", r"step\d+\.after\."),
    ("states", r"step\d+\.carry\.z_"),
    ("slots", r"step\d+\.(carry|current|puzzle_emb)\."),
    ("metrics", r"step\d+\.metric\."),
    ("losses", r"step\d+\.loss_sum"),
    ("logits", r"step\d+\.logits"),
    ("q values and targets", r"step\d+\.(q_|target_q)"),
    ("evaluation", r"segment\d+\."),
)


def errors(folder: Path, compiled: bool, dtype: str | None) -> dict[str, tuple[float, str, int]]:
    """The largest error of each kind, its tensor, and how many tensors were compared."""
    document = json.loads((folder / "config.json").read_text())
    config = Config.of(document)
    config = replace(config, forward_dtype=dtype or config.forward_dtype)
    weights = read_tensors(folder / "weights_initial.safetensors")
    trainer = Trainer(config, weights, compiled=compiled)
    recorded = read_tensors(folder / "training_steps.safetensors")
    batches = [
        {name: recorded[f"step{step}.{name}"] for name in BATCH}
        for step in range(document["steps"])
    ]
    numbers = repeat_training(trainer, batches)
    evaluation = read_tensors(folder / "evaluation.safetensors")
    recorded |= evaluation
    numbers |= repeat_evaluation(trainer, *(evaluation[name] for name in (BATCH[0], BATCH[2])))
    worst = {}
    for name, theirs in recorded.items():
        kind = next((kind for kind, pattern in KINDS if re.match(pattern, name)), None)
        if kind is None:
            continue
        ours = numbers[name]
        if ours.shape != theirs.shape:
            raise ValueError(f"{name} is {list(theirs.shape)}; expected {list(ours.shape)}")
        difference = (ours.double() - theirs.double()).abs().max().item()
        error = difference and difference / max(theirs.double().abs().max().item(), 1e-12)
        previous = worst.get(kind, (-1.0, "", 0))
        # Not a number compares false with everything: it must count as the worst.
        ahead = (error, name) if not error <= previous[0] else previous[:2]
        worst[kind] = (*ahead, previous[2] + 1)
    return worst


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--compile", action="store_true", help="check the compiled model")
    parser.add_argument("--dtype", choices=("float32", "bfloat16"), help="instead of the recorded")
    parser.add_argument("--tolerance", type=float, default=1e-4)
    options = parser.parse_args()
    failed = False
    for folder in options.folders:
        print(folder)
        for kind, (error, name, count) in errors(folder, options.compile, options.dtype).items():
            passed = error <= options.tolerance
            failed |= not passed
            mark = "ok" if passed else "FAIL"
            print(f"  {mark:4} {kind:28} {count:4} tensors, largest error {error:.1e} ({name})")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
