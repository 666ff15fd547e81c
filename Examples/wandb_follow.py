#!/usr/bin/env python3
"""Follows a run's metrics.jsonl into Weights & Biases.

    python3 Examples/wandb_follow.py runs/first
    python3 Examples/wandb_follow.py runs/first --once --online --project sudoku

It reads what is there, then waits for more until Ctrl-C; --once ends at the file's end. By default it
works in wandb's offline mode: nothing leaves the machine until `wandb sync` is called. It needs wandb
alone.
"""

import argparse
import json
import os
import sys
import time


def numbers(line):
    """What a line of metrics.jsonl says, under wandb's names; empty if it says nothing."""
    step = line.get("step")
    if not isinstance(step, int):
        return {}
    values = {}
    if "validation" in line:
        score = line["validation"]
        values["validation/exact-accuracy"] = (score.get("exact") or {}).get("accuracy")
        values["validation/cell-accuracy"] = score.get("cell-accuracy")
        for name, tally in (score.get("by-rating") or {}).items():
            values[f"validation-by-rating/{name}"] = tally.get("accuracy")
    else:
        for name in ("loss", "cell-accuracy", "exact-accuracy", "segments"):
            values[f"train/{name}"] = line.get(name)
        for name in ("learning-rate", "epoch", "seconds", "flops"):
            values[name] = line.get(name)
        values.update({f"train/{k}": v for k, v in (line.get("extra") or {}).items()})
    known = {k: v for k, v in values.items() if isinstance(v, (int, float))}
    return {"step": step, **known} if known else {}


def lines(path, once, pause=2.0):
    """The complete lines of a growing file; one that a resumed run cut back is read on from there."""
    position, rest = 0, b""
    while True:
        if os.path.exists(path):
            size = os.path.getsize(path)
            if size < position:
                position, rest = size, b""
            with open(path, "rb") as file:
                file.seek(position)
                data = file.read()
            position += len(data)
            *whole, rest = (rest + data).split(b"\n")
            for text in whole:
                try:
                    line = json.loads(text)
                except ValueError:
                    continue
                if isinstance(line, dict):
                    yield line
        if once:
            return
        time.sleep(pause)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("run", help="the run's folder")
    parser.add_argument("--project", default="reasongym")
    parser.add_argument("--once", action="store_true", help="end at the end of the file")
    parser.add_argument("--online", action="store_true", help="send everything to wandb's servers")
    parser.add_argument("--dir", default=".", help="where wandb keeps its files")
    options = parser.parse_args()
    try:
        with open(os.path.join(options.run, "config.json")) as file:
            configuration = json.load(file)
    except (OSError, ValueError) as error:
        sys.exit(f"{options.run} holds no run: {error}")
    if not isinstance(configuration, dict):
        sys.exit(f"{options.run} holds no run: its config.json is not an object")
    try:
        import wandb
    except ImportError:
        sys.exit("wandb is not installed: pip install wandb")

    run = wandb.init(
        project=options.project, name=os.path.basename(os.path.abspath(options.run)),
        mode="online" if options.online else "offline", dir=options.dir,
        config={
            "agent": configuration.get("agent"),
            "task": (configuration.get("task") or {}).get("id"),
            **(configuration.get("settings") or {}),
        },
    )
    run.define_metric("step")
    run.define_metric("*", step_metric="step")
    count = 0
    try:
        for line in lines(os.path.join(options.run, "metrics.jsonl"), options.once):
            values = numbers(line)
            if values:
                run.log(values)
                count += 1
    except KeyboardInterrupt:
        pass
    folder = run.dir
    run.finish()
    print(f"Logged {count} lines into {os.path.dirname(folder)}.")


if __name__ == "__main__":
    main()
