#!/usr/bin/env python3
"""Kills processes that submit to a board, at random moments, and looks for what was acknowledged.

    Benchmarks/leaderboard/crash.py [--program .build/release/reasongym] [--submissions 1000]

Two processes submit at once, each random answers to 30 puzzles; one of every two pairs' processes
is killed with SIGKILL at a random moment. At the end every entry whose receipt was printed has to
be on the board, and the board has to open (its integrity check runs then).
"""
import argparse
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
    parser.add_argument("--submissions", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    program, random_numbers = options.program.resolve(), random.Random(options.seed)

    with tempfile.TemporaryDirectory() as folder:
        def run(*words, **more):
            return subprocess.run([program, *words], cwd=folder, capture_output=True, text=True, **more)

        made = run("dataset", "generate", "sudoku-extreme", "--set", "size=4", "--count",
                   "train=1,test=30", "--seed", "1", "--out", "data")
        created = run("leaderboard", "create", "board.db", "--data", "data")
        if made.returncode or created.returncode:
            sys.exit(made.stderr + created.stderr)

        def submission(number):
            lines = [{"id": f"test/{i}", "answer": "".join(random_numbers.choices("1234", k=16))}
                     for i in range(30)]
            (Path(folder) / f"{number}.jsonl").write_text("\n".join(map(json.dumps, lines)) + "\n")
            return subprocess.Popen(
                [program, "leaderboard", "submit", "board.db", f"{number}.jsonl", "--agent",
                 f"agent {number}", "--json"],
                cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

        # How long one takes, so that kills fall everywhere in it.
        start = time.time()
        first = submission(0)
        acknowledged, kills, refused = {json.loads(first.communicate()[0])["entry"]}, 0, []
        span = 2 * (time.time() - start)
        number = 1
        while number < options.submissions:
            pair = [submission(number), submission(number + 1)]
            number += 2
            victim = random_numbers.choice(pair)
            time.sleep(random_numbers.random() * span)
            if victim.poll() is None:
                victim.kill()
                kills += 1
            for process in pair:
                output, errors = process.communicate()
                if process.returncode == 0:
                    acknowledged.add(json.loads(output)["entry"])
                elif process is not victim:
                    refused.append(errors)
        shown = run("leaderboard", "show", "board.db", "--json")
        if shown.returncode:
            sys.exit(f"the board does not open: {shown.stderr}")
        present = {standing["entry"] for standing in json.loads(shown.stdout)["standings"]}
    missing = acknowledged - present
    print(f"{number} submissions, {kills} killed, {len(acknowledged)} acknowledged, "
          f"{len(present)} on the board, {len(missing)} missing, {len(refused)} refused")
    if refused:
        print(refused[0], file=sys.stderr)
    sys.exit(bool(missing or refused))


if __name__ == "__main__":
    main()
