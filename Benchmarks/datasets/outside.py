"""Times what passes between ReasonGym and Python, beside either alone.

    ~/.cache/reasongym/venv/bin/python Benchmarks/datasets/outside.py .build/release/reasongym pipe
    ~/.cache/reasongym/venv/bin/python Benchmarks/datasets/outside.py .build/release/reasongym texts

`pipe` is serve-task, read line by line without parsing and by the client of Examples/python, beside
`dataset generate`. `texts` is reasoning-gym's own generators beside the same through
Examples/task_reasoning_gym.py. Rates are items a second of processor time, of all processes, which
other work on the machine does not count in; the sides take turns, and medians are printed.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from resource import RUSAGE_CHILDREN, RUSAGE_SELF
from statistics import median

from rates import peer_rate, processor_seconds

EXAMPLES = Path(__file__).resolve().parents[2] / "Examples"
sys.path.insert(0, str(EXAMPLES / "python"))
from reasongym_task import Task  # noqa: E402

BATCH = 2000


def spent(work) -> tuple[float, float]:
    """The processor seconds and the seconds that a piece of work takes."""
    def used() -> float:
        return processor_seconds(RUSAGE_SELF) + processor_seconds(RUSAGE_CHILDREN)
    start = used(), time.perf_counter()
    work()
    return used() - start[0], time.perf_counter() - start[1]


def read_lines(program: str, task: str, count: int) -> None:
    """Asks for puzzles as the client does, and reads the replies without parsing them."""
    lines = [{"protocol": "reasongym-task", "version": 1, "versions": [1, 2]}]
    lines += [{"id": first, "do": "generate",
               "items": [{"seed": seed} for seed in range(first, min(first + BATCH, count))]}
              for first in range(0, count, BATCH)]
    with subprocess.Popen(
            [program, "serve-task", task], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        for line in lines:
            process.stdin.write(json.dumps(line).encode() + b"\n")
            process.stdin.flush()
            assert b'"error"' not in process.stdout.readline()
        process.stdin.close()


def client(program: str, task: str, count: int) -> None:
    with Task(task, program=program, batch=BATCH) as served:
        assert len(served.generate_many(range(count))) == count


def generate(program: str, task: str, count: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            [program, "dataset", "generate", task, "--count", str(count), "--seed", "1",
             "--workers", "1", "--out", f"{folder}/data"], capture_output=True, text=True)
        if done.returncode != 0:
            sys.exit(done.stderr)


def pipe(program: str, turns: int) -> None:
    print("| task | lines of serve-task | Python client | `dataset generate` |\n|---|---|---|---|")
    for task, count in (("lights-out", 100_000), ("sudoku-extreme", 10_000)):
        rates = {work: [] for work in (read_lines, client, generate)}
        for _ in range(turns):
            for work, found in rates.items():
                seconds, wall = spent(lambda: work(program, task, count))
                found.append((count / seconds, count / wall))
        cells = [f"{median(r[0] for r in found):,.0f} ({median(r[1] for r in found):,.0f})"
                 for found in rates.values()]
        print(f"| {task} | {' | '.join(cells)} |", flush=True)
    print("\nin brackets: a second of the clock")


def texts(program: str, turns: int) -> None:
    page = (EXAMPLES / "reasoning-gym.md").read_text()
    print("| dataset | reasoning-gym alone | here | ratio |\n|---|---|---|---|")
    for name in re.findall(r"^\| (\w+) \|.*\| yes \|", page, re.M):
        count = int(min(1000, max(100, peer_rate(name, {}, 100))))
        theirs, ours = [], []
        for _ in range(turns):
            theirs.append(peer_rate(name, {}, count))
            with tempfile.NamedTemporaryFile() as file:
                task = f"exec:'{sys.executable}' '{__file__}' '{file.name}' timed --name {name}"
                seconds, _ = spent(lambda: generate(program, task, count))
                ours.append(count / (seconds + float(file.read())))
        theirs, ours = median(theirs), median(ours)
        print(f"| {name} | {theirs:,.0f} | {ours:,.0f} | {ours / theirs:.2f} |", flush=True)


def timed(path: str, name: str) -> None:
    """Is the task's process, and keeps its processor time from the first request for a puzzle on in
    a file: starting Python and looking at samples does not count, and would drown the rest."""
    sys.path.insert(0, str(EXAMPLES))
    import task_reasoning_gym
    file = os.open(path, os.O_WRONLY)

    class Input:
        readline, start = sys.stdin.readline, None

        def __iter__(self):
            for line in iter(self.readline, ""):
                if self.start is None and '"generate"' in line:
                    self.start = time.process_time()
                yield line
                if self.start is not None:
                    os.pwrite(file, f"{time.process_time() - self.start:.6f}".encode(), 0)

    sys.stdin, sys.argv = Input(), [sys.argv[0], "--name", name]
    task_reasoning_gym.main()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program", type=Path, help="the reasongym program")
    parser.add_argument("what", choices=["pipe", "texts", "timed"])
    parser.add_argument("--name", help=argparse.SUPPRESS)
    parser.add_argument("--turns", type=int, default=5)
    options = parser.parse_args()
    if options.what == "timed":
        return timed(options.program, options.name)
    {"pipe": pipe, "texts": texts}[options.what](str(options.program.resolve()), options.turns)


if __name__ == "__main__":
    main()
