"""Times dataset generators in turn: reasoning-gym's (from PyPI) and ReasonGym's.

    python3 -m venv ~/.cache/reasongym/peers
    ~/.cache/reasongym/peers/bin/pip install reasoning-gym
    ~/.cache/reasongym/peers/bin/python Benchmarks/datasets/rates.py .build/release/reasongym

Both run on one thread. Rates are items a second of processor time, which other work on the
machine does not count in; ReasonGym's include starting the program and writing the dataset.
"""

import argparse
import resource
import subprocess
import tempfile
import time
from pathlib import Path

import reasoning_gym

# What is compared, the peer's data set with its settings and size, and our command.
PAIRS = [
    (
        "Sudoku 9x9, one solution; ours also minimal and rated",
        ("sudoku", {}, 30),
        ("sudoku-extreme", [], 20_000),
    ),
    (
        "mazes 20x20; the peer's path from 10 steps, ours one path only, from 60",
        ("maze", {"min_grid_size": 20, "max_grid_size": 20, "min_dist": 10, "max_dist": 400}, 2_000),
        ("maze-hard", ["kind=unique", "size=20", "min-path=60", "max-path=140"], 20_000),
    ),
    (
        "mazes 30x30, walls 30-50 %, paths over 110 (Maze-Hard)",
        None,
        ("maze-hard", [], 500),
    ),
    (
        "ARC tasks, whole with demonstrations (re-arc)",
        ("rearc", {}, 200),
        ("arc", [], 10_000),
    ),
]


def processor_seconds(who: int) -> float:
    usage = resource.getrusage(who)
    return usage.ru_utime + usage.ru_stime


def peer_rate(name: str, settings: dict, count: int) -> float:
    items = reasoning_gym.create_dataset(name, size=count, seed=1, **settings)
    items[0]  # what is loaded once does not count
    start = processor_seconds(resource.RUSAGE_SELF)
    for index in range(1, count):
        items[index]
    return (count - 1) / (processor_seconds(resource.RUSAGE_SELF) - start)


def our_rate(program: Path, task: str, settings: list[str], count: int) -> float:
    with tempfile.TemporaryDirectory() as folder:
        command = [str(program), "dataset", "generate", task]
        if settings:
            command += ["--set", *settings]
        command += ["--count", str(count), "--seed", "1", "--workers", "1"]
        start = processor_seconds(resource.RUSAGE_CHILDREN)
        subprocess.run(
            [*command, "--out", f"{folder}/data"], check=True, stdout=subprocess.DEVNULL)
        return count / (processor_seconds(resource.RUSAGE_CHILDREN) - start)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program", type=Path, help="the reasongym program")
    program = parser.parse_args().program
    started = time.time()
    print("| items | reasoning-gym | ReasonGym | ratio |\n|---|---|---|---|")
    for what, peer, ours in PAIRS:
        rate = our_rate(program, *ours)
        theirs = peer_rate(*peer) if peer else None
        cells = [f"{theirs:,.1f}/s", f"{rate:,.0f}/s", f"{rate / theirs:,.0f}"] if theirs else [
            "-", f"{rate:,.0f}/s", "-"]
        print(f"| {what} | {' | '.join(cells)} |", flush=True)
    print(f"\nin {time.time() - started:.0f} s")


if __name__ == "__main__":
    main()
