"""Records a small case of the PyTorch model: what Fixtures/parity holds.

    python record_fixture.py [FOLDER]

Another processor or PyTorch version rounds differently in the last digits, so a new recording is
not the same to the byte.
"""

import json
import sys
from pathlib import Path

import torch

from hrm import IGNORED, Config, initial_weights
from recording import repeat_evaluation, repeat_training, stored, write_tensors
from training import Trainer

SHOWN = ("carry.steps", "carry.halted", "current.puzzle_identifiers", "metric.exact_accuracy")
FOLDER = Path(__file__).resolve().parents[2] / "Fixtures" / "parity"
SEED = 5
DOCUMENT = {
    "model": {
        "batch_size": 3,
        "seq_len": 9,
        # Two positions in front of the cells, the second one partly padding.
        "puzzle_emb_ndim": 20,
        "num_puzzle_identifiers": 4,
        "vocab_size": 6,
        "H_cycles": 2,
        "L_cycles": 2,
        "H_layers": 1,
        "L_layers": 1,
        # Two heads of 6: no multiple of any vector width, so the kernels' tails take part.
        "hidden_size": 12,
        "expansion": 4,
        "num_heads": 2,
        "pos_encodings": "rope",
        "halt_max_steps": 3,
        "halt_exploration_prob": 0.0,
        "forward_dtype": "float32",
    },
    "loss": "stablemax_cross_entropy",
    "optimizer": {
        "name": "AdamATan2",
        "lr": 0.001,
        "weight_decay": 0.1,
        "beta1": 0.9,
        "beta2": 0.95,
    },
    "puzzle_embedding_optimizer": {"name": "SignSGD", "lr": 0.01, "weight_decay": 0.1},
    "steps": 4,
}


def random_batch(config: Config, generator: torch.Generator) -> dict[str, torch.Tensor]:
    """Random tokens; the first entry asks for one cell, so that a whole answer can be right."""
    size = (config.batch_size, config.seq_len)
    inputs = torch.randint(0, config.vocab_size, size, generator=generator)
    # 0 is padding in every task, never a label.
    labels = torch.randint(1, config.vocab_size, size, generator=generator)
    labels[torch.rand(size, generator=generator) < 0.3] = IGNORED
    labels[0] = IGNORED
    labels[0, 4] = 1
    identifiers = torch.randint(
        0, config.num_puzzle_identifiers, size[:1], generator=generator
    )
    batch = {"inputs": inputs, "labels": labels, "puzzle_identifiers": identifiers}
    return {name: stored(values) for name, values in batch.items()}


def main():
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    config, steps = Config.of(DOCUMENT), DOCUMENT["steps"]
    generator = torch.Generator().manual_seed(SEED)
    weights = initial_weights(config, generator)
    # Not the fresh values, with which every puzzle is alike and none halts before the last step.
    weights["q_head.weight"].normal_(0, 0.5, generator=generator)
    weights["q_head.bias"].normal_(0, 0.5, generator=generator)
    weights["puzzle_emb.weights"].normal_(0, 0.3, generator=generator)

    trainer = Trainer(config, weights)
    batches = [random_batch(config, generator) for _ in range(steps)]
    numbers = repeat_training(trainer, batches)
    # All gradients once and all weights once: with the initial weights they are most of the bytes.
    kept = {
        name: value
        for name, value in numbers.items()
        if ".grad." not in name and ".after." not in name
        or name.startswith("step0.grad.")
        or name.startswith(f"step{steps - 1}.after.")
        or name.endswith(".grad.puzzle_emb.local_weights")
    }
    evaluation = random_batch(config, generator)
    (folder / "config.json").write_text(json.dumps(DOCUMENT, indent=1) + "\n")
    write_tensors(folder / "weights_initial.safetensors", weights)
    write_tensors(folder / "training_steps.safetensors", kept)
    write_tensors(
        folder / "evaluation.safetensors",
        repeat_evaluation(trainer, evaluation["inputs"], evaluation["puzzle_identifiers"]),
    )
    for step in range(steps):
        part = {name: numbers[f"step{step}.{name}"].tolist() for name in SHOWN}
        print(f"step {step}:", ", ".join(f"{name} {values}" for name, values in part.items()))


if __name__ == "__main__":
    main()
