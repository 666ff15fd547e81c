#!/usr/bin/env python3
"""Fault injection: every writing system call of a command fails once, and nothing is lost.

    check-faults.py PROGRAM [--every N] [--only COMMAND]

For each command that writes, and for each n up to the number of calls that a clean run makes, the
n-th write, sync or rename fails (a preloaded library, faults/failing-calls.c). After each: the
program ended by itself with a message, what it left is whole or absent, and the same command without
a fault reaches the result of a clean run. Prints a table; exit code 1 if a line of it is not whole.
--every N takes each N-th call only.
"""
import argparse, contextlib, hashlib, json, os, re, shutil, sqlite3, subprocess, sys, tempfile
from pathlib import Path

CALLS = {"write": "write", "sync": "sync", "rename": "rename"}
TINY = ("--set hidden=8 heads=2 high-blocks=1 low-blocks=1 batch=4 expansion=1 max-segments=2 "
        "warmup-steps=2").split()


class Gym:
    def __init__(self, program, library, folder):
        self.program, self.library, self.folder = program, library, folder
        # What stands for the number of an entry and for a key in the commands.
        self.words = {}

    def run(self, line, call=None, at=0, count=None):
        environment = dict(os.environ, NO_COLOR="1")
        if call:
            environment.update(LD_PRELOAD=str(self.library), FAULT_CALLS=call, FAULT_AT=str(at))
        if count:
            environment["FAULT_COUNT"] = str(count)
        line = [self.words.get(word, word) for word in line]
        return subprocess.run([self.program, *line], cwd=self.folder, env=environment, text=True,
                              capture_output=True, timeout=120, stdin=subprocess.DEVNULL)

    def path(self, name):
        return self.folder / name

    def remove(self, *names):
        for name in names:
            for path in [self.folder / name, *self.folder.glob(name + ".*")]:
                if not path.exists():
                    continue
                shutil.rmtree(path) if path.is_dir() else path.unlink()


def tree(path, *, without=()):
    """A hash of a folder's files and their names."""
    digest = hashlib.sha256()
    for file in sorted(p for p in path.rglob("*") if p.is_file()):
        if file.name not in without:
            digest.update(str(file.relative_to(path)).encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()


class Generate:
    name, outputs = "dataset generate", ["new"]
    line = ("dataset generate sudoku-extreme --set size=4 --count train=20,test=10 --seed 3 "
            "--out new").split()

    def again(self, gym):
        if gym.path("new").exists():
            return self.line + ["--force"]
        return self.line + (["--resume"] if gym.path("new.partial").exists() else [])

    def check(self, gym):
        if gym.path("new").exists():
            result = gym.run(["dataset", "show", "new"])
            return None if result.returncode == 0 else f"the folder is not whole: {result.stderr}"

    def result(self, gym):
        return tree(gym.path("new"))


class Train:
    name, outputs = "train", ["run"]
    line = ["train", "hrm", "--data", "data", "--steps", "6", "--checkpoint-steps", "2", "--workers",
            "1", "--allow-leakage", *TINY, "--out", "run"]

    def again(self, gym):
        whole = (gym.path("run") / "config.json").exists()
        return ["train", "hrm", "--out", "run", "--resume"] if whole else self.line

    def check(self, gym):
        folder = gym.path("run") / "checkpoints"
        if not any(folder.glob("step-*")):
            return None
        result = gym.run(["evaluate", "run", "--data", "data", "--limit", "2"])
        bad = result.returncode != 0 or "damaged" in result.stderr
        return f"the last checkpoint is not whole: {result.stderr}" if bad else None

    def result(self, gym):
        newest = max((gym.path("run") / "checkpoints").glob("step-*"))
        return newest.name + tree(newest / "agent")


class Evaluate:
    name, outputs = "evaluate", ["answers"]
    line = "evaluate run0 --data data --json --predictions answers.jsonl".split()

    def again(self, gym):
        if gym.path("answers.jsonl").exists():
            return self.line + ["--force"]
        return self.line + (["--resume"] if gym.path("answers.jsonl.partial").exists() else [])

    def check(self, gym):
        path = gym.path("answers.jsonl")
        if path.exists():
            lines = path.read_text().splitlines()
            if len(lines) != 10:
                return f"the file of answers has {len(lines)} lines"
            for line in lines:
                json.loads(line)

    def result(self, gym):
        return gym.path("answers.jsonl").read_text()


class Submit:
    name, outputs = "leaderboard submit", ["board"]
    line = "leaderboard submit board.db given.jsonl --agent faulty --data data".split()

    def begin(self, gym):
        for file in gym.folder.glob("board.db*"):
            file.unlink()
        shutil.copy(gym.path("empty.db"), gym.path("board.db"))

    def again(self, gym):
        shown = gym.run(["leaderboard", "show", "board.db", "--json"])
        return None if "faulty" in shown.stdout else self.line

    def check(self, gym):
        result = gym.run(["leaderboard", "show", "board.db", "--json"])
        return None if result.returncode == 0 else f"the board cannot be read: {result.stderr}"

    def result(self, gym):
        shown = gym.run(["leaderboard", "show", "board.db", "--json"])
        return str(shown.stdout.count("faulty"))


class Page:
    name, outputs = "leaderboard page", ["site"]
    line = "leaderboard page full.db --out site".split()

    def again(self, gym):
        return self.line

    def check(self, gym):
        index = gym.path("site") / "index.html"
        if gym.path("site").exists() and index.exists() and "</html>" not in index.read_text():
            return "the first page is cut"

    def result(self, gym):
        return str(sorted(str(p.relative_to(gym.path("site"))) for p in gym.path("site").rglob("*")))


class Compare:
    name, outputs = "compare", ["compared"]
    line = ["compare", "solver", "hrm", "--data", "data", "--steps", "2", "--seeds", "1", "--workers",
            "1", "--allow-leakage", "--set", *("hrm." + text for text in TINY[1:]), "--out", "compared"]

    def again(self, gym):
        return self.line + (["--resume"] if (gym.path("compared") / "compare.json").exists() else [])

    def check(self, gym):
        for file in gym.path("compared").glob("runs/*/result.json"):
            json.loads(file.read_text())
            if len((file.parent / "predictions.jsonl").read_text().splitlines()) != 10:
                return f"{file.parent.name} has a result without its predictions"

    def result(self, gym):
        folder = gym.path("compared")
        answers = [p.read_text() for p in sorted(folder.glob("runs/*/predictions.jsonl"))]
        return str([answers, sorted(p.name for p in folder.iterdir() if not p.name.startswith("."))])


class Board:
    """A command that changes a board: the result is the rows of its tables, without times."""

    def __init__(self, name, before, line):
        self.name, self.before, self.outputs = "leaderboard " + name, before, ["board"]
        self.line = ["leaderboard", name, "board.db", *line.split()]

    def begin(self, gym):
        for file in gym.folder.glob("board.db*"):
            file.unlink()
        if self.before:
            shutil.copy(gym.path(self.before), gym.path("board.db"))
        self.unchanged = self.result(gym)

    def again(self, gym):
        return self.line if self.result(gym) == self.unchanged else None

    def check(self, gym):
        if self.result(gym) not in (self.unchanged, self.wanted):
            return "the board is neither changed nor as before"

    def result(self, gym):
        if not gym.path("board.db").exists():
            return []
        with contextlib.closing(sqlite3.connect(gym.path("board.db"))) as board:
            rows = [row for row in board.iterdump() if row.startswith("INSERT")]
        return [re.sub(r"\b1[78]\d{8}\b|20\d\d-\d\d-\d\d[ T][\d:.]+", "time", row)
                for row in rows if "migrations" not in row]


class Whole:
    """A command with one output, which is whole or absent at any time; `read` leaves out of it what
    differs from run to run."""

    def __init__(self, line, output, read=None):
        self.line, self.output, self.read = line.split(), output, read
        groups = ("dataset", "leaderboard", "weights")
        self.name = " ".join(self.line[:2 if self.line[0] in groups else 1])
        for option in {"--to", "--svg", "--submission"} & set(self.line):
            self.name += " " + self.line[self.line.index(option) + 1]
        self.outputs = [output.split(".")[0]]

    def again(self, gym):
        if gym.path(self.output).exists():
            return None
        return self.line + (["--resume"] if gym.path(self.output + ".partial").exists() else [])

    def check(self, gym):
        if gym.path(self.output).exists() and self.result(gym) != self.wanted:
            return "the output is there and not whole"

    def result(self, gym):
        path = gym.path(self.output)
        if self.read:
            return self.read(path.read_text())
        return tree(path) if path.is_dir() else path.read_bytes()


OTHERS = [
    Compare(),
    Whole("dataset build sudoku-extreme --set size=4 --train table.csv --out built", "built"),
    Whole("dataset convert data --to csv --out csv.csv", "csv.csv"),
    Whole("dataset convert data --to hub --out hub", "hub"),
    Whole("dataset convert data --to folder --out copy", "copy"),
    Whole("dataset convert tasks --split test --to arc-json --out files", "files"),
    Whole("dataset merge data more --out merged", "merged"),
    # Their seconds differ.
    Whole("scale run0 --data data --segments 1,2 --out page.html", "page.html", lambda t: t[-9:]),
    Whole("scale run0 --data data --segments 1,2 --svg curve.svg", "curve.svg", lambda t: t[-7:]),
    Whole("probe run0 --data data --starts 2 --out probe.html", "probe.html"),
    Whole("evaluate guesses --data tasks --submission both.json", "both.json"),
    Whole("weights export run0 --out weights.safetensors", "weights.safetensors"),
    Whole("leaderboard questions full.db --out questions.jsonl", "questions.jsonl"),
    # The signature differs.
    Whole("leaderboard export full.db ENTRY --key key --out entry.jsonl", "entry.jsonl",
          lambda t: t.count("\n")),
    Board("create", "", "--data data"),
    Board("attach", "full.db", "ENTRY --scale scale.json --probe probe.json"),
    Board("import", "empty.db", "exported --from SIGNER"),
]


def prepare(gym):
    def run(line):
        result = gym.run(line if isinstance(line, list) else line.split())
        if result.returncode:
            sys.exit(f"{line}: {result.stderr}")
        return result.stdout

    sudoku = "dataset generate sudoku-extreme --set size=4 --count train=20,test=10"
    run(f"{sudoku} --seed 1 --out data")
    run(f"{sudoku} --seed 2 --out more")
    run("dataset generate arc --count 4 --split test --augment 1 --seed 1 --out tasks")
    run("train most-frequent --data tasks --steps 1 --allow-leakage --out guesses")
    run("dataset convert more --to csv --out table.csv")
    run(["train", "hrm", "--data", "data", "--steps", "2", "--workers", "1", "--allow-leakage", *TINY,
         "--out", "run0"])
    run("leaderboard create empty.db --data data")
    run("leaderboard create full.db --data data")
    run("evaluate run0 --data data --predictions given.jsonl")
    run("leaderboard submit full.db given.jsonl --agent first --data data")
    for name, line in {"scale": "--segments 1,2", "probe": "--starts 2"}.items():
        gym.path(f"{name}.json").write_text(run(f"{name} run0 --data data {line} --json"))
    shown = json.loads(run("leaderboard show full.db --json"))
    gym.words["ENTRY"] = shown["standings"][0]["entry"]
    run("leaderboard key --out key")
    gym.words["SIGNER"] = run("leaderboard export full.db ENTRY --key key --out exported").split()[-1]


def begin(command, gym):
    gym.remove(*command.outputs)
    if hasattr(command, "begin"):
        command.begin(gym)


def fault(command, gym, call, at, wanted):
    """What is not as it should be after the at-th call failed; None if all is."""
    begin(command, gym)
    result = gym.run(command.line, call, at)
    if result.returncode < 0:
        return f"ended by signal {-result.returncode}: {result.stderr[-200:]}"
    if result.returncode and not result.stderr.strip():
        return "no message"
    problem = command.check(gym)
    if problem:
        return problem
    if result.returncode == 0 and command.result(gym) != wanted:
        return "it says that all went well, and the result differs"
    again = command.again(gym)
    if again and result.returncode:
        result = gym.run(again)
        if result.returncode:
            return f"the command does not continue: {result.stderr[-300:]}"
    return None if command.result(gym) == wanted else "the result differs from a clean run's"


def main():
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("program")
    options.add_argument("--every", type=int, default=1)
    options.add_argument("--only")
    options = options.parse_args()
    here = Path(__file__).resolve().parent
    with tempfile.TemporaryDirectory() as folder:
        library = Path(folder) / "failing-calls.so"
        subprocess.run(["cc", "-O1", "-shared", "-fPIC", "-o", library,
                        here / "faults" / "failing-calls.c", "-ldl"], check=True)
        work = Path(folder) / "work"
        work.mkdir()
        gym = Gym(os.path.abspath(options.program), library, work)
        prepare(gym)
        failures = 0
        print(f"{'command':30}  call    calls  tried  whole")
        for command in [Generate(), Train(), Evaluate(), Submit(), Page(), *OTHERS]:
            if options.only and options.only not in command.name:
                continue
            for call in CALLS:
                begin(command, gym)
                count = Path(folder) / "count"
                result = gym.run(command.line, call, 0, count)
                if result.returncode:
                    sys.exit(f"{command.name}: {result.stderr}")
                calls, wanted = int(count.read_text()), command.result(gym)
                command.wanted = wanted
                tried = list(range(1, calls + 1, options.every))
                problems = {at: p for at in tried if (p := fault(command, gym, call, at, wanted))}
                print(f"{command.name:30}  {call:6}  {calls:5}  {len(tried):5}  "
                      f"{len(tried) - len(problems):5}", flush=True)
                for at, problem in list(problems.items())[:5]:
                    print(f"    {call} {at}: {problem.strip()}", flush=True)
                failures += len(problems)
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
