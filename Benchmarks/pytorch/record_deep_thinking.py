"""Records a small case of the deep thinking network: what Fixtures/deep-thinking holds.

    python record_deep_thinking.py [FOLDER]

Another processor or PyTorch version rounds differently in the last digits, so a new recording is
not the same to the byte.
"""

import json
import sys
from dataclasses import asdict, replace
from pathlib import Path

import torch

import deep_thinking as model
from recording import stored, write_tensors
from trm import IGNORED, loss

FOLDER = Path(__file__).resolve().parents[2] / "Fixtures" / "deep-thinking"
SEED = 9
BATCH = 3
SEGMENTS = 2
CONFIG = model.Config(
    # Neither a square nor a multiple of any vector width.
    rows=3,
    columns=5,
    vocabulary=5,
    hidden=12,
    blocks=2,
    iterations=4,
    ending="norm",
)


def record(config: model.Config, folder: Path, generator: torch.Generator):
    folder.mkdir(parents=True, exist_ok=True)
    weights = model.initial_weights(config, generator)
    weights = {name: w * 0.7 if "recur." in name else w for name, w in weights.items()}
    write_tensors(folder / "weights.safetensors", weights)
    size = (BATCH, config.cells)
    inputs = torch.randint(1, config.vocabulary, size, generator=generator)
    labels = torch.randint(1, config.vocabulary, size, generator=generator)
    labels[torch.rand(size, generator=generator) < 0.3] = IGNORED
    labels[:, 0] = 1
    numbers = {"inputs": inputs, "labels": labels}

    trained = {k: w if k == "z_init" else w.requires_grad_() for k, w in weights.items()}
    x = model.embed(inputs, trained, config)
    z = trained["z_init"].expand_as(x)
    for segment in range(SEGMENTS):
        # Each segment starts from states that carry no gradient.
        z = model.segment(z.detach(), x, trained, config)
        logits, halting = model.heads(z, trained)
        part = {"z": z, "logits": logits, "q_halt_logits": halting}
        numbers |= {f"segment{segment}.{name}": value for name, value in part.items()}
        if segment == 0:
            total = loss(logits, halting, labels)
            total.backward(retain_graph=True)
            numbers["loss"] = total.double()
            numbers |= {f"grad.{k}": w.grad for k, w in trained.items() if k != "z_init"}
    write_tensors(
        folder / "numbers.safetensors", {name: stored(value) for name, value in numbers.items()}
    )
    print(f"{config.ending}: loss {total.item():.6f}")


def main():
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    generator = torch.Generator().manual_seed(SEED)
    for ending in ("norm", "relu"):
        record(replace(CONFIG, ending=ending), folder / ending, generator)
    document = asdict(CONFIG) | {"batch": BATCH, "segments": SEGMENTS}
    del document["ending"]
    (folder / "config.json").write_text(json.dumps(document, indent=1) + "\n")


if __name__ == "__main__":
    main()
