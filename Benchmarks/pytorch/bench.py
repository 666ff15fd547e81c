"""Times the PyTorch model and ReasonGym's in turn, pair by pair, and prints the ratios.

    python bench.py                      # both published sizes, f32 and bf16, eager and compiled
    python bench.py --hidden 64 --blocks 1 --heads 2 --batch 8 --modes eager --pairs 3
    python bench.py --work solve --hidden 512 --blocks 4 --heads 8

A training step is refill, segment, target segment, backward and both optimizers; solving is 16
segments of one puzzle at batch 1. A ratio is PyTorch's median over ReasonGym's median of the same
pair, so above 1 ReasonGym is faster.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median

import torch

from hrm import Config, Model, initial_weights
from machine import ROOT, cores, description, occasion
from training import Trainer

DTYPES = {"f32": "float32", "bf16": "bfloat16"}
BEGIN, END = "<!-- bench-pytorch: begin -->", "<!-- bench-pytorch: end -->"
VOCABULARY, SEGMENTS, WARM_UP = 11, 16, 3
# Seconds that PyTorch's side of a pair may take: slow work is repeated less often.
PATIENCE = 10


@dataclass(frozen=True)
class Size:
    hidden: int
    blocks: int
    heads: int
    batch: int
    cells: int = 81

    def __str__(self) -> str:
        return (
            f"D {self.hidden}, {self.blocks}+{self.blocks} blocks, h {self.heads}, "
            f"{self.batch} × {self.cells} cells"
        )


@dataclass(frozen=True)
class Case:
    work: str
    size: Size
    dtype: str
    mode: str

    def config(self) -> Config:
        size = self.size
        return Config(
            batch_size=size.batch,
            seq_len=size.cells,
            vocab_size=VOCABULARY,
            hidden_size=size.hidden,
            num_heads=size.heads,
            H_layers=size.blocks,
            L_layers=size.blocks,
            puzzle_emb_ndim=size.hidden,
            halt_max_steps=SEGMENTS,
            forward_dtype=DTYPES[self.dtype],
        )


def pytorch_work(case: Case) -> Callable[[], None]:
    """What is timed on PyTorch's side."""
    config = case.config()
    generator = torch.Generator().manual_seed(1)
    weights = initial_weights(config, generator)
    size = (config.batch_size, config.seq_len)
    inputs = torch.randint(1, VOCABULARY, size, generator=generator)
    labels = torch.randint(2, VOCABULARY, size, generator=generator)
    identifiers = torch.zeros(config.batch_size, dtype=torch.int64)
    if case.work == "step":
        trainer = Trainer(config, weights, compiled=case.mode == "compiled")

        def step():
            trainer.compute(inputs, labels, identifiers)
            trainer.update()

        return step
    model = Model(config)
    if case.mode == "compiled":
        model.segment = torch.compile(model.segment)

    def solve():
        for _, _, logits, *_ in model.evaluate(weights, inputs, identifiers):
            logits.argmax(-1)

    return solve


def pytorch_seconds(work: Callable[[], None], repeats: int) -> float:
    seconds = []
    for _ in range(repeats):
        start = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - start)
    return median(seconds)


def reasongym_seconds(binary: Path, case: Case, threads: int, repeats: int) -> float:
    options = {
        "hidden": case.size.hidden,
        "blocks": case.size.blocks,
        "heads": case.size.heads,
        "batch": case.size.batch,
        "cells": case.size.cells,
        "dtype": case.dtype,
        "workers": threads,
        "repeats": repeats,
    }
    if case.work == "solve":
        options["segments"] = SEGMENTS
    command = [str(binary), "bench", case.work, "--json"]
    for name, value in options.items():
        command += [f"--{name}", str(value)]
    run = subprocess.run(command, stdout=subprocess.PIPE, text=True)
    if run.returncode:
        sys.exit(f"{' '.join(command)} failed with exit code {run.returncode}")
    result = json.loads(run.stdout)
    return result["seconds" if case.work == "step" else "latency_seconds"]["median"]


def measure(case: Case, options: argparse.Namespace) -> str:
    """A row of the table."""
    work = pytorch_work(case)
    for _ in range(WARM_UP):
        warm = pytorch_seconds(work, 1)
    repeats = min(options.repeats, max(1, int(PATIENCE / warm)))
    pairs = []
    for _ in range(options.pairs):
        theirs = pytorch_seconds(work, repeats)
        ours = reasongym_seconds(options.reasongym, case, options.threads, repeats)
        pairs.append((theirs, ours))
        print(
            f"  {case.work}, {case.size}, {case.dtype}, {case.mode}: "
            f"PyTorch {theirs * 1e3:.1f} ms, ReasonGym {ours * 1e3:.1f} ms, ratio {theirs / ours:.2f}",
            flush=True,
        )
    ratios = [theirs / ours for theirs, ours in pairs]
    theirs, ours = (median(column) * 1e3 for column in zip(*pairs))
    return (
        f"| {case.work} | {case.size} | {case.dtype} | {case.mode} | {theirs:.1f} | {ours:.1f} "
        f"| **{median(ratios):.2f}** | {min(ratios):.2f} to {max(ratios):.2f} "
        f"| {len(pairs)} × {repeats} | {occasion()} |"
    )


def table(rows: list[str]) -> str:
    return "\n".join(
        [
            "| work | size | dtype | PyTorch | PyTorch ms | ReasonGym ms | ratio | from, to "
            "| pairs × repetitions | measured, ReasonGym |",
            "|---|---|---|---|---|---|---|---|---|---|",
            *rows,
        ]
    )


def case_of(row: str) -> list[str]:
    return row.split("|")[1:5]


def write(path: Path, about: list[str], rows: list[str]):
    """Puts the table into the file. Rows of other cases stay where the machine and the versions
    are the same, so that a benchmark may be run in parts."""
    text = path.read_text() if path.exists() else "# Results\n"
    before, _, rest = text.partition(BEGIN)
    old, _, after = rest.partition(END)
    about = [f"- {line}" for line in about]
    if set(about) <= set(old.splitlines()):
        cases = [case_of(row) for row in rows]
        old_rows = [line for line in old.splitlines() if line.startswith(("| step", "| solve"))]
        rows = [row for row in old_rows if case_of(row) not in cases] + rows
    section = [
        "## One HRM training step and one solved puzzle, beside PyTorch",
        "\n".join(about),
        "`make bench-pytorch`: medians of pairs; a ratio above 1 means that ReasonGym is faster.",
        table(sorted(rows, key=case_of)),
    ]
    text = "\n\n".join([before.rstrip(), BEGIN, *section, END + after.rstrip()]) + "\n"
    aside = path.with_suffix(".new")
    aside.write_text(text)
    aside.replace(path)


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    for name in ("hidden", "blocks", "heads", "batch", "cells"):
        parser.add_argument(f"--{name}", type=int, help="one size instead of the published two")
    parser.add_argument("--work", nargs="+", choices=("step", "solve"), default=["step", "solve"])
    parser.add_argument("--dtypes", nargs="+", choices=DTYPES, default=list(DTYPES))
    modes = ["eager", "compiled"]
    parser.add_argument("--modes", nargs="+", choices=modes, default=modes)
    parser.add_argument("--threads", type=int, default=cores(), help="of both sides")
    parser.add_argument("--pairs", type=int, default=5, help="pairs per row")
    parser.add_argument("--repeats", type=int, default=5, help="most repetitions a side of a pair")
    binary = ROOT / ".build" / "release" / "reasongym"
    parser.add_argument("--reasongym", type=Path, default=binary, help="the program to time")
    parser.add_argument("--output", type=Path, default=ROOT / "Benchmarks" / "RESULTS.md")
    parser.add_argument("--no-write", action="store_true", help="print the table only")
    options = parser.parse_args()
    if min(options.threads, options.pairs, options.repeats) < 1:
        parser.error("--threads, --pairs and --repeats must be at least 1")
    if not options.reasongym.is_file():
        parser.error(f"{options.reasongym} does not exist; build it: swift build -c release")
    if "compiled" in options.modes and not any(map(shutil.which, ("c++", "g++", "clang++"))):
        parser.error("torch.compile needs a C++ compiler: install g++, or pass --modes eager")
    return options


def sizes(options: argparse.Namespace) -> list[Size]:
    published = [Size(128, 2, 4, 64), Size(512, 4, 8, 16)]
    given = {name: getattr(options, name) for name in Size.__dataclass_fields__}
    given = {name: value for name, value in given.items() if value is not None}
    return [replace(published[0], **given)] if given else published


def main():
    options = parse()
    torch.set_num_threads(options.threads)
    about = description(options.threads)
    print("\n".join(about), f"Load average: {os.getloadavg()[0]:.2f}", sep="\n", flush=True)
    rows = []
    for work in options.work:
        for size in sizes(options):
            size = size if work == "step" else replace(size, batch=1)
            for dtype in options.dtypes:
                for mode in options.modes:
                    rows.append(measure(Case(work, size, dtype, mode), options))
                    if not options.no_write:
                        write(options.output, about, rows)
                    # Compiled code of one case is of no use to the next.
                    torch.compiler.reset()
    print(table(rows))
    if not options.no_write:
        print(f"written to {options.output}")


if __name__ == "__main__":
    main()
