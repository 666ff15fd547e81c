#!/usr/bin/env python3
"""Training, generation, evaluation and comparisons on several ranks: the same bytes as in one
process, whole files after kills, and clear errors. Prints what it measured; fails at the first
difference.

mpi-test.py PROGRAM [--kills N] [--only NAME ...]; what `make build MPI=1` makes is beside the program.
"""

import argparse
import hashlib
import json
import os
import pathlib
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time

MPIRUN = ["mpirun", "--allow-run-as-root", "--oversubscribe", "--bind-to", "none"]


def command(ranks, *arguments):
    launcher = MPIRUN + ["-n", str(ranks)] if ranks else []
    return launcher + [str(options.program)] + [str(part) for part in arguments]


def run(ranks, *arguments, code=0, **more):
    """Runs the program on ranks (0: without mpirun) and returns its output."""
    done = subprocess.run(
        command(ranks, *arguments), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        timeout=600, **more)
    assert code is None or (done.returncode == 0) == (code == 0), done.stdout
    return done.stdout


def run_alone(ranks, *arguments):
    """The same, with the standard output alone."""
    return subprocess.run(
        command(ranks, *arguments), stdout=subprocess.PIPE, check=True, text=True,
        timeout=600).stdout


def digest(path):
    """One hash of a file, or of all files of a folder and their names."""
    path = pathlib.Path(path)
    files = [path] if path.is_file() else sorted(p for p in path.rglob("*") if p.is_file())
    assert files, path
    total = hashlib.sha256()
    for file in files:
        name = str(file.relative_to(path)) if file != path else ""
        total.update(name.encode() + b"\0" + hashlib.sha256(file.read_bytes()).digest())
    return total.hexdigest()


def weights(run_folder):
    """The hash of the newest checkpoint's agent: weights, moments, carried states."""
    newest = sorted((pathlib.Path(run_folder) / "checkpoints").glob("step-*"))[-1]
    return newest.name, digest(newest / "agent")


def ranks_of(launcher):
    """The processes of each rank that mpirun started, by rank."""
    found = {}
    for folder in pathlib.Path("/proc").glob("[0-9]*"):
        try:
            parent = int((folder / "stat").read_text().rsplit(")", 1)[1].split()[1])
            if parent != launcher.pid:
                continue
            for entry in (folder / "environ").read_bytes().split(b"\0"):
                if entry.startswith(b"OMPI_COMM_WORLD_RANK="):
                    found[int(entry.split(b"=")[1])] = int(folder.name)
        except (OSError, IndexError):
            continue
    return found


# The kills after which mpirun hung, and was ended by what the program leaves to watch it.
HUNG_LAUNCHERS = []


def kill(ranks, victim, after, number, *arguments, environment=None, within=10, stops_launcher=False):
    """Starts the program, sends a rank a signal, and returns the seconds until the job had ended
    and what it said; None if it was done before. Nothing may live longer than that."""
    job = subprocess.Popen(
        command(ranks, *arguments), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        env=dict(os.environ, **(environment or {})))
    deadline = time.time() + 60
    while len(ranks_of(job)) < ranks and job.poll() is None and time.time() < deadline:
        time.sleep(0.005)
    time.sleep(after)
    started = ranks_of(job)
    if victim not in started:
        job.communicate()
        return None
    start = time.time()
    if stops_launcher:
        os.kill(job.pid, signal.SIGSTOP)
    os.kill(started[victim], number)
    try:
        text, _ = job.communicate(timeout=within)
    except subprocess.TimeoutExpired:
        for process in [job.pid, *ranks_of(job).values()]:
            os.kill(process, signal.SIGKILL)
        raise
    if job.returncode == -signal.SIGKILL:
        HUNG_LAUNCHERS.append(arguments)
    deadline = start + within
    while any(pathlib.Path("/proc", str(process)).exists() for process in started.values()):
        assert time.time() < deadline, "a rank outlives its launcher"
        time.sleep(0.05)
    return time.time() - start, text


def data(name="data"):
    if not pathlib.Path(name).exists():
        run(0, "dataset", "generate", "sudoku-extreme", "--set", "size=6", "--count",
            "train=200,validation=16,test=40", "--disjoint", "--seed", "1", "--out", name,
            "--workers", "1")
    return name


def test_plain():
    """Nothing of MPI is linked; alone, the program says how to get what joins ranks."""
    linked = subprocess.run(
        ["ldd", options.program], stdout=subprocess.PIPE, text=True, check=True).stdout
    assert "libmpi" not in linked and "libopen-" not in linked, linked
    pathlib.Path("alone").mkdir()
    alone = shutil.copy(options.program, "alone")
    library = pathlib.Path("alone", "libreasongym-mpi.so").absolute()
    said = []
    for content in (None, b"no library"):
        if content:
            library.write_bytes(content)
        done = subprocess.run(
            MPIRUN + ["-n", "2", str(alone), "tasks"], stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True)
        lines = [line for line in done.stdout.splitlines() if "make build MPI=1" in line]
        assert done.returncode != 0 and len(lines) == 1, done.stdout
        said += lines
    subprocess.run([str(alone), "tasks"], stdout=subprocess.DEVNULL, check=True)
    return "\n  " + "\n  ".join(said)


def test_generate():
    """One process and four ranks write the same bytes."""
    arguments = ["dataset", "generate", "sudoku-extreme", "--set", "size=6", "--count",
                 "train=300,test=40", "--augment", "3", "--disjoint", "--seed", "7", "--workers", "1"]
    run(0, *arguments, "--out", "one")
    for ranks in (1, 2, 4):
        run(ranks, *arguments, "--out", f"ranks{ranks}")
        assert digest("one") == digest(f"ranks{ranks}"), ranks
        assert not pathlib.Path(f"ranks{ranks}.shards").exists()
    return digest("one")[:16]


def test_build():
    """Ranks build the dataset that one process builds; what is wrong with a file is told once."""
    run(0, "dataset", "convert", data(), "--to", "csv", "--split", "train", "--out", "train.csv")
    run(0, "dataset", "convert", data(), "--to", "csv", "--split", "test", "--out", "test.csv")
    arguments = ["dataset", "build", "sudoku-extreme", "--set", "size=6", "--train", "train.csv",
                 "--test", "test.csv", "--subsample", "150", "--augment", "40", "--seed", "3",
                 "--workers", "1"]
    run(0, *arguments, "--out", "built1")
    for ranks in (1, 2, 3):
        run(ranks, *arguments, "--out", f"built-ranks{ranks}")
        assert digest("built1") == digest(f"built-ranks{ranks}"), ranks
    lines = pathlib.Path("train.csv").read_text().splitlines()
    lines[170] = lines[1].split(",")[0] + "," + lines[2].split(",")[0]
    pathlib.Path("train.csv").write_text("\n".join(lines[:1] + lines[100:]))
    text = run(3, *arguments[:-6], "--out", "built-bad", code=1)
    assert text.count("train.csv:72") == 1 and not pathlib.Path("built-bad").exists(), text
    return digest("built1")[:16]


def test_train():
    """1 x 4, 2 x 2 and 4 x 1 give the same bits, also if each part is trained under another."""
    said = []
    for agent in ("hrm", "transformer"):
        for dtype in ("f32", "bf16"):
            found = {}
            for ranks, workers in ((1, 4), (2, 2), (4, 1)):
                out = f"{agent}-{dtype}-{ranks}x{workers}"
                run(ranks, *arguments_of_training(agent, dtype, out, workers))
                found[out] = weights(out)
            out = f"{agent}-{dtype}-killed"
            kill_training(agent, dtype, out)
            run(4, "train", agent, "--out", out, "--resume", "--workers", "1")
            found[out] = weights(out)
            assert len(set(found.values())) == 1, found
            said.append(f"{agent} {dtype} {next(iter(found.values()))[1][:12]}")
    return "; ".join(said)


def arguments_of_training(agent, dtype, out, workers, steps=12):
    return ["train", agent, "--data", data(), "--preset", "tiny", "--set", "batch=16",
            f"dtype={dtype}", "--seed", "5", "--checkpoint-steps", "3", "--steps", str(steps),
            "--workers", str(workers), "--out", out]


def kill_training(agent, dtype, out):
    """Kills a training on 2 x 2 once it has a checkpoint."""
    job = subprocess.Popen(
        command(2, *arguments_of_training(agent, dtype, out, 2)), stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL)
    while job.poll() is None:
        if any(pathlib.Path(out, "checkpoints").glob("step-*")):
            for process in ranks_of(job).values():
                os.kill(process, signal.SIGKILL)
            break
        time.sleep(0.002)
    job.wait()


def test_evaluate():
    """The ranks share a split: the same answers, also after an interruption."""
    trained = trained_run()
    run(0, "evaluate", trained, "--data", data(), "--predictions", "one.jsonl", "--workers", "1")
    for ranks in (2, 3):
        run(ranks, "evaluate", trained, "--data", data(), "--predictions", f"{ranks}.jsonl",
            "--workers", "1")
        assert digest("one.jsonl") == digest(f"{ranks}.jsonl")
    shown = [run_alone(n, "scale", trained, "--data", data(), "--segments", "1,4", "--votes", "1,2",
                       "--workers", "1", "--json") for n in (0, 3)]
    points = [without_times(json.loads(text))["points"] for text in shown]
    assert points[0] == points[1]
    probed = [
        json.loads(run_alone(n, "probe", trained, "--data", data(), "--starts", "2", "--json"))
        for n in (0, 3)]
    assert probed[0] == probed[1]
    return digest("one.jsonl")[:16]


def trained_run():
    if not pathlib.Path("trained").exists():
        run(0, *arguments_of_training("hrm", "f32", "trained", 2, steps=30))
    return "trained"


def without_times(value):
    if isinstance(value, dict):
        return {key: without_times(part) for key, part in value.items() if "second" not in key}
    return [without_times(part) for part in value] if isinstance(value, list) else value


COMPARE = ["compare", "hrm", "transformer", "solver", "--seeds", "1,2", "--steps", "6", "--preset",
           "tiny", "--set", "agents.batch=16", "--workers", "1"]


def compared(folder):
    return without_times(json.loads(pathlib.Path(folder, "summary.json").read_text()))


def test_compare():
    """Ranks take agents and seeds: the table is that of one process."""
    run(0, *COMPARE, "--data", data(), "--out", "compared1")
    run(3, *COMPARE, "--data", data(), "--out", "compared3")
    assert compared("compared1") == compared("compared3")
    made = ["--task", "sudoku-extreme", "--size", "6", "--train", "60", "--validation", "8",
            "--test", "16", "--augment", "1"]
    run(3, *COMPARE, *made, "--out", "compared-made")
    rows = compared("compared1")["contestants"]
    return ", ".join(f"{row['label']} {row['accuracy']['mean']:.3f}" for row in rows)


def test_kills():
    """Each rank in turn is killed in training, generation and compare: the job ends within seconds,
    and the same command with --resume ends with the same bytes."""
    random.seed(options.seed)
    slowest, struck, most = 0, 0, options.kills
    whole = run(0, *arguments_of_training("hrm", "f32", "whole", 4, steps=30)) and weights("whole")
    generate = ["dataset", "generate", "sudoku-extreme", "--set", "size=6", "--count",
                "train=4000,test=400", "--disjoint", "--seed", "7", "--workers", "1"]
    run(0, *generate, "--out", "generated")
    run(0, *COMPARE, "--data", data(), "--out", "compared")
    wholes = {"train": whole, "generate": digest("generated"), "compare": compared("compared")}

    def job(kind, out):
        if kind == "train":
            return arguments_of_training("hrm", "f32", out, 2, steps=30)
        if kind == "generate":
            return [*generate, "--out", out]
        return [*COMPARE, "--data", data(), "--out", out]

    for number in range(most):
        kind = ("train", "generate", "compare")[number % 3]
        ranks = 2 if kind == "train" else 3
        out = f"killed-{number}"
        ended = kill(ranks, number // 3 % ranks, random.uniform(0.1, 2.5), signal.SIGKILL,
                     *job(kind, out))
        if ended is not None:
            struck += 1
            slowest = max(slowest, ended[0])
        resume = {
            "train": pathlib.Path(out, "config.json").exists(),
            "generate": pathlib.Path(out + ".shards").exists(),
            "compare": True,
        }[kind]
        again = job(kind, out) + (["--resume"] if resume else [])
        if kind == "train" and resume:
            again = ["train", "hrm", "--out", out, "--resume", "--workers", "2"]
        if not (kind == "generate" and pathlib.Path(out).exists()):
            run(ranks, *again)
        found = {"train": lambda: weights(out), "generate": lambda: digest(out),
                 "compare": lambda: compared(out)}[kind]()
        assert found == wholes[kind], (number, kind)
        shutil.rmtree(out)
    return (f"{most} jobs, {struck} of them hit; the slowest ended {slowest:.1f} s after the kill; "
            f"mpirun itself hung and was ended in {len(HUNG_LAUNCHERS)}")


def test_launcher():
    """An mpirun that does not get on after a rank was killed is ended, and the ranks with it."""
    ended = kill(2, 0, 2, signal.SIGKILL, *arguments_of_training("hrm", "f32", "stuck", 1, 100000),
                 stops_launcher=True)
    assert ended, "it ended before"
    assert HUNG_LAUNCHERS.pop(), "mpirun went on"
    return f"{ended[0]:.1f} s after the kill"


def test_hang():
    """A rank that does not get on ends the job at the time limit, and is named."""
    ended = kill(3, 1, 2, signal.SIGSTOP, *arguments_of_training("hrm", "f32", "hung", 1, 100000),
                 environment={"REASONGYM_RANK_SECONDS": "4"}, within=15)
    assert ended, "it ended before"
    lines = [line for line in ended[1].splitlines() if "rank 1 on" in line]
    assert len(lines) == 1, ended
    return f"{ended[0]:.1f} s at a limit of 4 s: {lines[0]}"


def several(*commands):
    """Runs several commands, a rank each, as one job; returns what it said."""
    line = MPIRUN[:]
    for number, arguments in enumerate(commands):
        line += ([":"] if number else []) + ["-n", "1", *map(str, arguments)]
    done = subprocess.run(
        line, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=120)
    assert done.returncode != 0, done.stdout
    errors = [text for text in done.stdout.splitlines() if text.startswith("Error: ")]
    assert len(errors) == 1, done.stdout
    return errors[0]


def test_bad():
    """Ranks that do not agree, too many ranks, and folders that are not shared."""
    program = options.program
    said = []

    def train(out, *more):
        return [program, *arguments_of_training("hrm", "f32", out, 1), *more]

    said.append(several(train("bad"), train("bad", "--seed", "6")))
    other = pathlib.Path("other-program").absolute()
    shutil.copy(program, other)
    shutil.copy(program.parent / "libreasongym-mpi.so", ".")
    with open(other, "ab") as file:
        file.write(b"another version")
    said.append(several(train("bad"), [other, *train("bad")[1:]]))
    run(0, "dataset", "generate", "sudoku-extreme", "--set", "size=6", "--count",
        "train=200,validation=16,test=40", "--disjoint", "--seed", "2", "--out", "place1/data",
        "--workers", "1")
    shutil.copytree(data(), "place0/data")
    there = ["sh", "-c", 'cd place$OMPI_COMM_WORLD_RANK && exec "$@"', "sh"]
    said.append(several([*there, *train("bad")], [*there, *train("bad")]))
    shutil.rmtree("place1/data")
    shutil.copytree(data(), "place1/data")
    said.append(several([*there, *train("bad")], [*there, *train("bad")]))
    for text, expected in zip(said, ("command line", "program", "data", "share")):
        assert expected in text, text
    text = run(4, *arguments_of_training("hrm", "f32", "bad4", 5), code=1)
    assert "more than the batch has slots" in text, text
    assert not pathlib.Path("bad").exists() and not pathlib.Path("bad4").exists()
    text = run(2, "train", "most-frequent", "--data", data(), "--steps", "3", "--out", "bad2", code=1)
    assert "learns in one process" in text, text
    text = run(2, "train", "hrm", "--data", data(), "--out", "bad3", code=1)
    assert text.count("Say how long to train") == 1, text
    run(2, "tasks")
    return "\n  " + "\n  ".join(said)


TESTS = [test_plain, test_generate, test_build, test_train, test_evaluate, test_compare, test_hang,
         test_launcher, test_bad, test_kills]


def main():
    with tempfile.TemporaryDirectory(prefix="reasongym-mpi-") as folder:
        os.chdir(folder)
        for test in TESTS:
            name = test.__name__[len("test_"):]
            if options.only and name not in options.only:
                continue
            start = time.time()
            print(f"{name}: {test() or 'good'} ({time.time() - start:.0f} s)", flush=True)


parser = argparse.ArgumentParser()
parser.add_argument("program", type=lambda path: pathlib.Path(path).absolute())
parser.add_argument("--kills", type=int, default=9)
parser.add_argument("--seed", type=int, default=1)
parser.add_argument("--only", nargs="*")
options = parser.parse_args()
sys.exit(main())
