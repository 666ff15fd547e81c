"""Records ten steps of torch.optim.AdamW and torch.optim.Muon: what Fixtures/optimizers.json holds.

    python record_optimizers.py [FILE]

A case has a matrix, ten gradients and the matrix after each step, in f32. PyTorch's Muon runs its
Newton-Schulz iteration in bf16; "muon-f32" is the same optimizer with that rounding left out, so that
the rule itself can be compared to the last digits.
"""

import json
import sys
from pathlib import Path

import torch

FILE = Path(__file__).resolve().parents[2] / "Fixtures" / "optimizers.json"
STEPS = 10
CASES = [
    ("adamw", (5, 7), dict(lr=0.01, betas=(0.9, 0.95), weight_decay=0.1), 0),
    ("adamw", (5, 7), dict(lr=0.01, betas=(0.9, 0.95), weight_decay=0.1), 0.5),
    ("muon", (12, 5), dict(lr=0.02, momentum=0.95, weight_decay=0.1), 0),
    ("muon", (5, 12), dict(lr=0.02, momentum=0.95, weight_decay=0.1), 0.5),
    ("muon-f32", (12, 5), dict(lr=0.02, momentum=0.95, weight_decay=0.1), 0),
    ("muon-f32", (5, 12), dict(lr=0.02, momentum=0.95, weight_decay=0.1), 0.5),
]


def numbers(tensor: torch.Tensor) -> list[float]:
    return [round(value, 7) for value in tensor.flatten().tolist()]


def case(name: str, shape: tuple[int, int], options: dict, clip: float) -> dict:
    generator = torch.Generator().manual_seed(3)
    start = torch.randn(shape, generator=generator)
    gradients = [torch.randn(shape, generator=generator) for _ in range(STEPS)]
    # What is stored is what is stepped.
    start, *gradients = (torch.tensor(numbers(x)).reshape(shape) for x in [start, *gradients])
    parameter = torch.nn.Parameter(start.clone())
    optimizer = (torch.optim.AdamW if name == "adamw" else torch.optim.Muon)([parameter], **options)
    after = []
    # The type that the iteration looks up by name.
    rounded = torch.bfloat16
    if name == "muon-f32":
        torch.bfloat16 = torch.float32
    for gradient in gradients:
        parameter.grad = gradient.clone()
        if clip:
            torch.nn.utils.clip_grad_norm_([parameter], clip)
        optimizer.step()
        after.append(numbers(parameter.detach()))
    torch.bfloat16 = rounded
    return {
        "optimizer": name,
        "rows": shape[0],
        "columns": shape[1],
        "rate": options["lr"],
        "decay": options["weight_decay"],
        "clip": clip,
        "start": numbers(start),
        "gradients": [numbers(x) for x in gradients],
        "after": after,
    }


def main():
    file = Path(sys.argv[1]) if len(sys.argv) > 1 else FILE
    recording = {"pytorch": torch.__version__, "cases": [case(*c) for c in CASES]}
    file.write_text(json.dumps(recording) + "\n")
    print(f"{len(CASES)} cases of {STEPS} steps in {file}")


if __name__ == "__main__":
    main()
