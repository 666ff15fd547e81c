#!/usr/bin/env python3
"""The time of a training step on several ranks: measured on this machine, fitted by a formula, and
from that the efficiency of larger clusters on paper.

    cluster.py measure PROGRAM --out measured.json     (root, for the network namespaces)
    cluster.py overhead PROGRAM                        (one rank under mpirun against none)
    cluster.py model measured.json

A step on R ranks with one worker each takes

    seconds = compute + bytes / rate + latency * rounds

compute is what R ranks need without a network. A rank sends each gradient and each stepped value of
the other ranks' parts once, so bytes = 8 * parameters * (R - 1) / R; with several workers a rank sends
4 * parameters * (1 + (R - 1) / R), since sums travel along the ranks. rounds are the messages that a
rank has to wait for one after another.
"""

import argparse
import json
import math
import os
import pathlib
import signal
import statistics
import subprocess
import tempfile
import time

HOSTS = """
set -eu
case $1 in
up)
  for n in 1 2; do ip netns add rgh$n; done
  ip link add rgv1 type veth peer name rgv2
  for n in 1 2; do
    ip link set rgv$n netns rgh$n
    ip -n rgh$n addr add 10.77.0.$n/24 dev rgv$n
    ip -n rgh$n link set rgv$n up
    ip -n rgh$n link set lo up
    # What a link may send at once: two milliseconds' worth.
    [ "$2" = 0 ] || ip netns exec rgh$n tc qdisc add dev rgv$n root tbf \\
      rate "$2"mbit burst $((250 * $2)) latency 200ms
  done ;;
down) for n in 1 2; do ip netns del rgh$n || true; done ;;
esac
"""
AGENT = """#!/bin/sh
host=$1; shift
n=${host##*.}
exec ip netns exec rgh$n unshare --uts sh -c "hostname host$n; $*"
"""
MPI = ["mpirun", "--allow-run-as-root", "--oversubscribe", "--bind-to", "none"]
OVER_TCP = ["--mca", "btl", "tcp,self", "--mca", "pml", "ob1"]


def seconds_of_steps(run):
    """The seconds of a step, from the fastest ten in a row: others may use the machine."""
    lines = [json.loads(line) for line in (pathlib.Path(run) / "metrics.jsonl").open()]
    lines = [line for line in lines if "steps" in line]
    times = [(b["seconds"] - a["seconds"]) / b["steps"] for a, b in zip(lines, lines[1:])]
    return min(times)


def command(program, launcher, data, options, run, steps):
    return [
        *launcher, program, "train", "hrm", "--data", data, "--set", f"hidden={options.hidden}",
        f"batch={options.batch}", "max-segments=4", "dtype=f32", "--steps", str(steps), "--seed",
        "1", "--workers", "1", "--checkpoint-minutes", "60", "--out", str(run)]


def train(program, launcher, data, options, place):
    run = pathlib.Path(tempfile.mkdtemp(dir=place)) / "run"
    subprocess.run(
        command(program, launcher, data, options, run, options.steps), check=True,
        stdout=subprocess.DEVNULL)
    return seconds_of_steps(run)


def generate(program, place):
    subprocess.run(
        [program, "dataset", "generate", "sudoku-extreme", "--set", "size=6", "--count",
         "train=200,test=10", "--disjoint", "--seed", "1", "--out", f"{place}/data"], check=True,
        stdout=subprocess.DEVNULL)
    return f"{place}/data"


class Side:
    """A training that only goes on while it is let; how long it was let, and what it did."""

    def __init__(self, program, launcher, data, options, place):
        self.run = pathlib.Path(tempfile.mkdtemp(dir=place)) / "run"
        self.job = subprocess.Popen(
            command(program, launcher, data, options, self.run, 10 ** 6), stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL)
        self.seconds, self.marks = 0, []
        while not self.line():
            assert self.job.poll() is None, f"{self.job.args} ended with {self.job.returncode}"
            time.sleep(0.01)
        children = pathlib.Path(f"/proc/{self.job.pid}/task/{self.job.pid}/children").read_text()
        self.process = int(children.split()[0]) if launcher else self.job.pid
        os.kill(self.process, signal.SIGSTOP)

    def line(self):
        """The last whole line of the metrics."""
        try:
            text = (self.run / "metrics.jsonl").read_bytes()
        except FileNotFoundError:
            return None
        lines = [line for line in text.split(b"\n")[:-1] if b'"steps"' in line]
        return json.loads(lines[-1]) if lines else None

    def go(self, slice_):
        """Goes on for a while; marks the moments, of its own time, at which lines were written."""
        start = time.monotonic()
        os.kill(self.process, signal.SIGCONT)
        while (now := time.monotonic()) < start + slice_:
            step = self.line()["step"]
            if not self.marks or step > self.marks[-1][0]:
                self.marks.append((step, self.seconds + now - start))
            time.sleep(0.01)
        os.kill(self.process, signal.SIGSTOP)
        self.seconds += time.monotonic() - start

    def seconds_of_step(self):
        # The first mark is of a line that was there before.
        (first, start), (last, end) = self.marks[1], self.marks[-1]
        return (end - start) / (last - first)

    def end(self):
        for process in {self.process, self.job.pid}:
            os.kill(process, signal.SIGKILL)
        self.job.wait()


def overhead(options):
    """Two trainings, alone and as the one rank of an mpirun, go on in turn, half a second each, so
    that whatever else the machine does meets both alike."""
    program = str(pathlib.Path(options.program).absolute())
    ratios = []
    with tempfile.TemporaryDirectory(prefix="reasongym-cluster-") as place:
        data = generate(program, place)
        for number in range(options.rounds):
            kinds = [[], [*MPI, "-n", "1"]][:: -1 if number % 2 else 1]
            sides = []
            try:
                for kind in kinds:
                    sides.append(Side(program, kind, data, options, place))
                for _ in range(int(2 * options.seconds)):
                    for side in sides:
                        side.go(0.5)
            finally:
                for side in sides:
                    side.end()
            alone, ranked = [side.seconds_of_step() for side in sides][:: -1 if number % 2 else 1]
            ratios.append(ranked / alone - 1)
            print(f"{alone:.5f} s a step alone, {100 * ratios[-1]:+.2f} %", flush=True)
    print(f"hidden {options.hidden}: one rank under mpirun takes "
          f"{100 * statistics.median(ratios):+.2f} % (median of {len(ratios)} pairs, "
          f"{100 * min(ratios):+.2f} to {100 * max(ratios):+.2f})")


def measure(options):
    program = str(pathlib.Path(options.program).absolute())
    with tempfile.TemporaryDirectory(prefix="reasongym-cluster-") as place:
        data = generate(program, place)
        agents = pathlib.Path(place, "agent")
        agents.write_text(AGENT)
        agents.chmod(0o755)
        pathlib.Path(place, "hosts").write_text(HOSTS)
        measured = {"options": vars(options), "load": os.getloadavg()[0], "ranks": {}, "rates": {}}
        # What is compared is measured in turn, so that a machine that becomes slower harms all alike.
        kinds = [("plain", [])] + [(str(n), [*MPI, "-n", str(n)]) for n in (1, 2, 4)]
        times = {name: [] for name, _ in kinds}
        for _ in range(options.rounds):
            for name, launcher in kinds:
                times[name].append(train(program, launcher, data, options, place))
        measured["ranks"] = {name: statistics.median(all_) for name, all_ in times.items()}
        print(json.dumps(measured["ranks"]), flush=True)
        times = {rate: [] for rate in options.rates}
        for _ in range(options.rounds):
            for rate in options.rates:
                subprocess.run(["sh", f"{place}/hosts", "up", str(rate)], check=True)
                try:
                    launcher = [
                        "ip", "netns", "exec", "rgh1", "unshare", "--uts", "sh", "-c",
                        'hostname host1; exec "$@"', "sh", *MPI, "--mca", "plm_rsh_agent",
                        str(agents), *OVER_TCP, "--mca", "btl_tcp_if_include", "10.77.0.0/24",
                        "--mca", "oob_tcp_if_include", "10.77.0.0/24", "-H",
                        "10.77.0.1:1,10.77.0.2:1", "-n", "2"]
                    times[rate].append(train(program, launcher, data, options, place))
                finally:
                    subprocess.run(["sh", f"{place}/hosts", "down"], check=True)
                print(rate, "Mbit/s", times[rate][-1], flush=True)
        measured["rates"] = {rate: statistics.median(all_) for rate, all_ in times.items()}
        run = subprocess.run(
            [program, "train", "hrm", "--data", data, "--set", f"hidden={options.hidden}",
             "batch=1", "--steps", "1", "--workers", "1", "--out", f"{place}/count"],
            check=True, text=True, capture_output=True)
        digits = run.stderr.split("parameters")[0].split(":")[-1]
        measured["parameters"] = int("".join(c for c in digits if c.isdigit()))
        pathlib.Path(options.out).write_text(json.dumps(measured, indent=2) + "\n")


def sent(parameters, ranks, workers=1):
    """The bytes that a rank sends in a step."""
    other = (ranks - 1) / ranks
    return 4 * parameters * ((1 if workers > 1 else other) + other)


def model(options):
    measured = json.loads(pathlib.Path(options.measured).read_text())
    parameters = measured["parameters"]
    rates = {int(rate): seconds for rate, seconds in measured["rates"].items()}
    print(f"{parameters} parameters; seconds per step on this machine, without a network:")
    for name, seconds in measured["ranks"].items():
        print(f"  {name:>5}: {seconds:.4f}")
    # Two unknowns, from the link without a limit and the slowest one; the others are a test. The
    # share of a rate that the numbers themselves get is the rest: headers, and the filling of a link.
    bytes_ = sent(parameters, 2)
    free = rates[0]
    slowest = min(rate for rate in rates if rate)
    share = bytes_ * 8e-6 / slowest / (rates[slowest] - free)
    print(f"\nTwo hosts, {bytes_ / 1e6:.2f} MB a step each way; the numbers get {share:.2f} of a rate:")
    for rate, seconds in sorted(rates.items()):
        if not rate:
            print(f"  no limit:     {seconds:.4f} measured (fitted)")
            continue
        predicted = free + bytes_ * 8e-6 / (rate * share)
        note = "fitted" if rate == slowest else f"{100 * (predicted / seconds - 1):+.1f} %"
        print(f"  {rate:5d} Mbit/s: {seconds:.4f} measured, {predicted:.4f} predicted ({note})")
    print("\nEfficiency on paper: nodes of 32 workers, batch 768, "
          f"{options.latency * 1e6:.0f} us a round")
    for name, count, step in (("1M", 1e6, options.small), ("27M", 27.3e6, options.large)):
        print(f"\n{name} parameters, {step:.2f} s a step on one node")
        print("| ranks | " + " | ".join(f"{rate} Gbit/s" for rate in (1, 10, 100)) + " |")
        print("|---|---|---|---|")
        for ranks in (8, 16, 32, 64, 128, 256, 512, 1024):
            cells = []
            for rate in (1, 10, 100):
                chunks = max(ranks, count / (1 << 17))
                # Gradients pass all ranks in chunks; values and short messages double each round.
                piece = 4 * count / chunks * 8 / (rate * 1e9 * share)
                passing = (chunks + ranks) * (piece + options.latency)
                values = 4 * count * (ranks - 1) / ranks * 8 / (rate * 1e9 * share)
                rounds = 8 * math.ceil(math.log2(ranks)) * options.latency
                time = step / ranks + passing + values + rounds
                cells.append(f"{100 * step / ranks / time:.0f} %" if ranks <= 768 else "–")
            print(f"| {ranks} | " + " | ".join(cells) + " |")


def main():
    parser = argparse.ArgumentParser()
    commands = parser.add_subparsers(required=True)
    for name, run in (("overhead", overhead), ("measure", measure)):
        part = commands.add_parser(name)
        part.add_argument("program")
        part.add_argument("--hidden", type=int, default=128)
        part.add_argument("--batch", type=int, default=16)
        part.add_argument("--rounds", type=int, default=5)
        if run is overhead:
            part.add_argument("--seconds", type=float, default=20, help="of a side, a round")
        else:
            part.add_argument("--steps", type=int, default=60)
        part.set_defaults(run=run)
    part.add_argument("--rates", type=int, nargs="+", default=[0, 100, 300, 1000],
                      help="in Mbit/s; 0 for no limit")
    part.add_argument("--out", default="measured.json")
    part = commands.add_parser("model")
    part.add_argument("measured")
    part.add_argument("--latency", type=float, default=5e-5, help="seconds a round")
    part.add_argument("--small", type=float, default=0.6, help="a step of 1M on one node")
    part.add_argument("--large", type=float, default=3.0, help="a step of 27M on one node")
    part.set_defaults(run=model)
    options = parser.parse_args()
    run = options.run
    del options.run
    run(options)


main()
