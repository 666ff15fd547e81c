"""Records a small case of the Tiny Recursive Model: what Fixtures/trm holds.

    python record_trm.py [FOLDER]

small_recording.py has what all such recordings share.
"""

from pathlib import Path

import torch

import trm
from small_recording import draw_identifiers, draw_puzzles, record, record_variants

FOLDER = Path(__file__).resolve().parents[2] / "Fixtures" / "trm"
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



def record_one(config: trm.Config, folder: Path, generator: torch.Generator) -> float:
    weights = trm.initial_weights(config, generator)
    # Smaller than fresh ones, with which some applications of the mlp network amplify the rounding
    # of the last digit ten thousandfold.
    weights = {name: w * 0.7 if ".layers." in name else w for name, w in weights.items()}
    numbers = draw_puzzles(config, generator)
    numbers["puzzle_identifiers"] = draw_identifiers(config, generator)

    def start(w):
        x = trm.embed(numbers["inputs"], numbers["puzzle_identifiers"], w, config)
        return x, list(trm.start(x, w))

    def segment(states, x, w):
        y, z = trm.segment(*states, x, w, config)
        return [y, z], *trm.heads(y, w, config)

    return record(folder, weights, numbers, {"z_H": "H_init", "z_L": "L_init"}, start, segment)

if __name__ == "__main__":
    record_variants(FOLDER, CONFIG, "mixing", ("attention", "mlp"), 7, record_one)
