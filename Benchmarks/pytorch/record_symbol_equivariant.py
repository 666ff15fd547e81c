"""Records a small case of the symbol-equivariant model: what Fixtures/symbol-equivariant holds.

    python record_symbol_equivariant.py [FOLDER]

small_recording.py has what all such recordings share.
"""

from pathlib import Path

import torch

import symbol_equivariant as model
from small_recording import draw_identifiers, draw_puzzles, record, record_variants

FOLDER = Path(__file__).resolve().parents[2] / "Fixtures" / "symbol-equivariant"
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



def record_one(config: model.Config, folder: Path, generator: torch.Generator) -> float:
    weights = model.initial_weights(config, generator)
    weights = {name: w * 0.7 if ".layers." in name else w for name, w in weights.items()}
    numbers = draw_puzzles(config, generator)
    numbers["puzzle_identifiers"] = draw_identifiers(config, generator)

    def start(w):
        x = model.embed(numbers["inputs"], numbers["puzzle_identifiers"], w, config)
        return x, model.start(x, w, config)

    def segment(states, x, w):
        states = model.segment(states, x, w, config)
        return states, *model.heads(states[0], w, config)

    return record(folder, weights, numbers, {n: n for n in config.states}, start, segment)

if __name__ == "__main__":
    record_variants(FOLDER, CONFIG, "recursion", ("one-state", "two-states"), 8, record_one)
