#!/usr/bin/env python3
"""A board of many entries over many puzzles: how fast it takes, shows and draws them.

    Benchmarks/leaderboard/scale.py [--program .build/release/reasongym] [--entries 200]
        [--puzzles 10000] [--keep FOLDER]

Each entry answers a share of 4×4 Sudoku rightly, the rest at random. With --keep, the board and its
site stay in that new folder, for a profiler.
"""
import argparse
import contextlib
import json
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", type=Path, default=ROOT / ".build/release/reasongym")
    parser.add_argument("--entries", type=int, default=200)
    parser.add_argument("--puzzles", type=int, default=10_000)
    parser.add_argument("--keep", type=Path)
    options = parser.parse_args()
    program = options.program.resolve()
    if options.keep:
        options.keep.mkdir(parents=True)

    with contextlib.nullcontext(options.keep) if options.keep else (
            tempfile.TemporaryDirectory()) as folder:
        def run(*words):
            start = time.time()
            done = subprocess.run([program, *words], cwd=folder, capture_output=True, text=True)
            if done.returncode:
                sys.exit(f"{' '.join(words)}: {done.stderr}")
            return time.time() - start, done.stdout

        run("dataset", "generate", "sudoku-extreme", "--set", "size=4", "--count",
            f"train=1,test={options.puzzles}", "--seed", "1", "--out", "data")
        run("leaderboard", "create", "board.db", "--data", "data")
        run("evaluate", "solver", "--data", "data", "--predictions", "right.jsonl")
        right = [json.loads(line)["answer"] for line in open(Path(folder) / "right.jsonl")]
        numbers, seconds = random.Random(1), []
        for entry in range(options.entries):
            share = entry / options.entries
            with open(Path(folder) / "answers.jsonl", "w") as file:
                for index, answer in enumerate(right):
                    if numbers.random() > share:
                        answer = "".join(numbers.choices("1234", k=16))
                    file.write(f'{{"id":"test/{index}","answer":"{answer}"}}\n')
            seconds.append(run("leaderboard", "submit", "board.db", "answers.jsonl", "--agent",
                               f"agent {entry}")[0])
        shows = sorted(run("leaderboard", "show", "board.db")[0] for _ in range(5))
        took, output = run("leaderboard", "page", "board.db", "--out", "site", "--json")
        page = json.loads(output)
        size = (Path(folder) / "board.db").stat().st_size
    print(f"{options.entries} entries of {options.puzzles} puzzles: {sum(seconds) / len(seconds):.3f} s "
          f"a submission, {options.puzzles * len(seconds) / sum(seconds):.0f} answers a second; "
          f"board {size / 1e6:.1f} MB")
    print(f"show {shows[2]:.3f} s (median of 5); page {took:.1f} s, largest file "
          f"{page['largest-bytes'] / 1e6:.2f} MB ({page['largest']}), {page['files']} files, "
          f"{page['bytes'] / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
