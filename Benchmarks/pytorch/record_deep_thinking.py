"""Records a small case of the deep thinking network: what Fixtures/deep-thinking holds.

    python record_deep_thinking.py [FOLDER]

small_recording.py has what all such recordings share.
"""

from pathlib import Path

import torch

import deep_thinking as model
from small_recording import draw_puzzles, record, record_variants

FOLDER = Path(__file__).resolve().parents[2] / "Fixtures" / "deep-thinking"
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



def record_one(config: model.Config, folder: Path, generator: torch.Generator) -> float:
    weights = model.initial_weights(config, generator)
    weights = {name: w * 0.7 if "recur." in name else w for name, w in weights.items()}
    numbers = draw_puzzles(config, generator)

    def start(w):
        x = model.embed(numbers["inputs"], w, config)
        return x, [w["z_init"].expand_as(x)]

    def segment(states, x, w):
        z = model.segment(states[0], x, w, config)
        return [z], *model.heads(z, w)

    return record(folder, weights, numbers, {"z": "z_init"}, start, segment)

if __name__ == "__main__":
    record_variants(FOLDER, CONFIG, "ending", ("norm", "relu"), 9, record_one)
