"""Records a small case of the Tiny Recursive Model: what Fixtures/trm holds.

    python record_trm.py [FOLDER]

Another processor or PyTorch version rounds differently in the last digits, so a new recording is
not the same to the byte.
"""

import json
import sys
from dataclasses import asdict, replace
from pathlib import Path

import torch

import trm
from recording import stored, write_tensors

FOLDER = Path(__file__).resolve().parents[2] / "Fixtures" / "trm"
SEED = 7
BATCH = 3
SEGMENTS = 2
CONFIG = trm.Config(
    cells=6,
    vocabulary=5,
    identifiers=4,
    # Two heads of 4, no multiple of any vector width, so the kernels' tails take part.
    hidden=8,
    heads=2,
    expansion=4,
    blocks=2,
    cycles=3,
    latent_updates=6,
    # Two positions in front of the cells, the second one partly padding.
    puzzle_width=11,
    mixing="attention",
)


def record(config: trm.Config, folder: Path, generator: torch.Generator):
    folder.mkdir(parents=True, exist_ok=True)
    weights = trm.initial_weights(config, generator)
    # Smaller than fresh ones, with which some applications of the mlp network amplify the rounding
    # of the last digit ten thousandfold.
    weights = {name: w * 0.7 if ".layers." in name else w for name, w in weights.items()}
    write_tensors(folder / "weights.safetensors", weights)
    size = (BATCH, config.cells)
    inputs = torch.randint(1, config.vocabulary, size, generator=generator)
    labels = torch.randint(1, config.vocabulary, size, generator=generator)
    labels[torch.rand(size, generator=generator) < 0.3] = trm.IGNORED
    labels[:, 0] = 1
    identifiers = torch.randint(0, config.identifiers, size[:1], generator=generator)
    numbers = {"inputs": inputs, "labels": labels, "puzzle_identifiers": identifiers}

    fixed = ("H_init", "L_init")
    trained = {k: w if k in fixed else w.requires_grad_() for k, w in weights.items()}
    x = trm.embed(inputs, identifiers, trained, config)
    y, z = trm.start(x, trained)
    for segment in range(SEGMENTS):
        # Each segment starts from states that carry no gradient.
        y, z = trm.segment(y.detach(), z.detach(), x, trained, config)
        logits, halting = trm.heads(y, trained, config)
        part = {"z_H": y, "z_L": z, "logits": logits, "q_halt_logits": halting}
        numbers |= {f"segment{segment}.{name}": value for name, value in part.items()}
        if segment == 0:
            loss = trm.loss(logits, halting, labels)
            loss.backward(retain_graph=True)
            numbers["loss"] = loss.double()
            numbers |= {f"grad.{k}": w.grad for k, w in trained.items() if k not in fixed}
    write_tensors(
        folder / "numbers.safetensors", {name: stored(value) for name, value in numbers.items()}
    )
    print(f"{config.mixing}: loss {loss.item():.6f}")


def main():
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    generator = torch.Generator().manual_seed(SEED)
    for mixing in ("attention", "mlp"):
        record(replace(CONFIG, mixing=mixing), folder / mixing, generator)
    document = asdict(CONFIG) | {"batch": BATCH, "segments": SEGMENTS}
    del document["mixing"]
    (folder / "config.json").write_text(json.dumps(document, indent=1) + "\n")


if __name__ == "__main__":
    main()
