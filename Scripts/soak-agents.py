#!/usr/bin/env python3
"""Soak: agents that leak, flood and die do not wear the gym down, and cost it answers only.

    soak-agents.py PROGRAM [--minutes N] [--seed N]

Three lanes run side by side: one evaluation and one comparison, both as long as the soak, with a process
that leaks memory, floods its outputs and (in the evaluation) dies; and rounds of short trainings that
are killed, or lose their process, and go on by --resume. The memory of the long ones must stay flat,
every end must be told as such, every answer kept must be right, and no process may be left over.
Prints figures by lane; exit code 1 if anything is amiss.
"""
import argparse, json, os, random, re, signal, statistics, subprocess, sys, tempfile, threading, time
import uuid
from pathlib import Path

AGENT = '''
import itertools, json, os, random, sys, time
pause, death = float(sys.argv[1]), float(sys.argv[2])
kept, steps, draw = [], 0, random.Random(time.time_ns())
def say(**fields): print(json.dumps(fields), flush=True)
def solve(text):
    place = text.find(".")
    if place < 0: return text
    row, column = divmod(place, 4)
    seen = {text[i] for i in range(16) if i // 4 == row or i % 4 == column
            or (i // 8, i % 4 // 2) == (row // 2, column // 2)}
    for digit in "1234":
        if digit not in seen and (found := solve(text[:place] + digit + text[place + 1:])): return found
sys.stdin.readline()
say(protocol="reasongym-agent", version=3, name="leaky", batch=8, learns=True)
for line in sys.stdin:
    asked = json.loads(line)
    time.sleep(pause)
    kept.append(bytearray(os.urandom(1 << 10) * 256))
    if len(kept) > 400: del kept[:]
    sys.stderr.write("what a long story " * 4000 + "\\n")
    fate = draw.random()
    if fate < death * 0.2: os.kill(os.getpid(), 9)
    elif fate < death * 0.4: raise MemoryError("no more memory")
    elif fate < death * 0.5: sys.stdout.write("x" * (200 << 20))
    elif fate < death * 0.6: say(id=-1, answer="?")
    elif fate < death * 0.7: sys.stdout.write('{"id":' * 5000 + "\\n")
    elif fate < death * 0.8: [say(id=0, answer="late") for _ in range(10 ** 6)]
    elif fate < death: os._exit(draw.randrange(256))
    do = asked["do"]
    if do == "learn":
        steps += 1
        say(id=asked["id"], loss=1 / steps, exact=0)
    elif do == "save":
        open(asked["folder"] + "/steps", "w").write(str(steps))
        say(id=asked["id"])
    elif do == "restore":
        steps = int(open(asked["folder"] + "/steps").read())
        say(id=asked["id"])
    else:
        for item in asked["questions"]: say(id=item["id"], answer=solve(item["question"]))
'''
TINY = ("--set hidden=8 heads=2 high-blocks=1 low-blocks=1 batch=4 expansion=1 max-segments=2 "
        "warmup-steps=2").split()


class Gym:
    def __init__(self, program, folder, seed):
        self.program, self.folder, self.mark = program, folder, f"SOAK={uuid.uuid4()}"
        name, value = self.mark.split("=")
        self.environment = dict(os.environ, NO_COLOR="1", **{name: value})
        self.draw, self.problems, self.ended = random.Random(seed), [], threading.Event()

    def start(self, line, log):
        with open(self.folder / log, "w") as file:
            return subprocess.Popen([self.program, *line], cwd=self.folder, env=self.environment,
                                    stdin=subprocess.DEVNULL, stdout=file, stderr=subprocess.STDOUT)

    def run(self, line, log, timeout=300):
        """The exit code, None if it had to be killed after a time, and what it printed."""
        process = self.start(line, log)
        try:
            code = process.wait(timeout)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            code = None
        return code, (self.folder / log).read_text(errors="replace")

    def expect(self, holds, text):
        if not holds:
            self.problems.append(text)
        return holds

    def agent(self, pause, death):
        return f"exec:exec python3 -B agent.py {pause} {death}"

    def leftover(self):
        found = []
        for path in Path("/proc").glob("[0-9]*/environ"):
            try:
                if self.mark.encode() in path.read_bytes():
                    found.append((path.parent / "cmdline").read_bytes().replace(b"\0", b" ").decode()[:80])
            except OSError:
                pass
        return found


def memory(process):
    """Resident anonymous memory in MB; nil once it has ended."""
    try:
        status = Path(f"/proc/{process.pid}/status").read_text()
        return int(re.search(r"RssAnon:\s+(\d+)", status).group(1)) / 1024
    except (OSError, AttributeError):
        return None


def long_lane(gym, name, line, check):
    """Runs a command until the soak ends, interrupts it, and looks at its memory."""
    process, samples = gym.start(line, name + ".log"), []
    while not gym.ended.wait(2) and process.poll() is None:
        samples.append(memory(process) or 0)
    log = gym.folder / (name + ".log")
    if gym.expect(process.poll() is None, f"{name}: ended early, {process.returncode}: {log.read_text()[-400:]}"):
        begin = time.time()
        process.send_signal(signal.SIGINT)
        process.wait(60)
        gym.expect(process.returncode == 130, f"{name}: exit code {process.returncode} after Ctrl-C")
        gym.expect(time.time() - begin < 10, f"{name}: took {time.time() - begin:.1f} s to end")
    quarter = max(1, len(samples) // 4)
    grown = statistics.median(samples[-quarter:]) - statistics.median(samples[quarter:2 * quarter] or [0])
    gym.expect(grown < 8, f"{name}: memory grows by {grown:.1f} MB")
    print(f"{name}: {len(samples) * 2} s; MB: "
          + ", ".join(f"{s:.0f}" for s in samples[::max(1, len(samples) // 15)])
          + f"; from the second quarter to the last {grown:+.1f}; {check(gym)}", flush=True)


def answers(gym):
    # The journal of an interrupted evaluation: a header, then a line for each puzzle, in tokens.
    journal = (gym.folder / "answers.jsonl.partial").read_text().splitlines()[1:]
    lines = [json.loads(line) for line in journal if line.startswith('{"pass"')]
    right = map(json.loads, (gym.folder / "right.jsonl").read_text().splitlines())
    solved = {number: " ".join(str(int(digit) + 1) for digit in line["answer"])
              for number, line in enumerate(right)}
    given = [line for line in lines if line["answer"]]
    for line in lines:
        gym.expect(line["answer"] in (None, solved[line["puzzle"]]), f"a wrong answer was kept: {line}")
        gym.expect(line["answer"] or line["failure"], f"an answer is lost without a reason: {line}")
    gym.expect(given, "the evaluation kept no answer")
    reasons = {}
    for line in lines:
        if not line["answer"]:
            reason = re.sub(r"[0-9.]+", "N", line["failure"])[:60]
            reasons[reason] = reasons.get(reason, 0) + 1
    return f"{len(lines)} answers kept, {len(given)} right, lost: {reasons}"


def learned(gym):
    runs = list(gym.folder.glob("long/runs/*/metrics.jsonl"))
    gym.expect(runs, "the comparison wrote no metrics")
    return f"{sum(len(p.read_text().splitlines()) for p in runs)} lines of metrics"


def weights(gym, run):
    newest = max((gym.folder / run / "checkpoints").glob("step-*"), default=None)
    return newest and (newest.name, [hash for name, hash in json.loads(
        (newest / "manifest.json").read_text())["files"].items() if name.startswith("agent/")])


def rounds(gym):
    """Trainings that are killed, and comparisons whose process dies, until the time is over."""
    tally = {"trainings": 0, "kills": 0, "comparisons": 0, "deaths": 0}
    train = ["train", "hrm", "--data", "data", "--steps", "40", "--checkpoint-steps", "5", "--workers",
             "1", "--allow-leakage", *TINY, "--out"]
    gym.run([*train, "clean"], "clean.log")
    resumed = False
    while not gym.ended.is_set():
        line = [*train, "run", "--force"]
        while True:
            code, text = gym.run(line, "train.log", gym.draw.choice([0.05, 0.2, 0.5, 60]))
            if code is not None:
                break
            tally["kills"] += 1
            resumed = (gym.folder / "run/config.json").exists()
            line = ["train", "hrm", "--out", "run", "--resume"] if resumed else line
        tally["trainings"] += 1
        gym.expect(code == 0, f"train: exit code {code}: {text[-400:]}")
        gym.expect(weights(gym, "run") == weights(gym, "clean"), "the weights differ after kills")
        line = ["compare", "leaky=" + gym.agent(0.01, 0.02), "--data", "data", "--steps", "30", "--seeds",
                "1", "--limit", "20", "--allow-leakage", "--out", "short", "--force"]
        for _ in range(20):
            code, text = gym.run(line, "compare.log")
            if code == 0:
                break
            tally["deaths"] += 1
            gym.expect(code == 1 and "process" in text, f"compare: exit code {code}: {text[-400:]}")
            if (gym.folder / "short").exists():
                line = [*line[:-1], "--resume"]
        gym.expect(code == 0, f"compare does not come to its end: {text[-400:]}")
        tally["comparisons"] += 1
        gym.ended.wait(gym.draw.uniform(2, 6))
    print(f"rounds: {tally}", flush=True)


def main():
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("program", type=os.path.abspath)
    options.add_argument("--minutes", type=float, default=30)
    options.add_argument("--seed", type=int, default=1)
    options = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        gym = Gym(options.program, Path(folder), options.seed)
        (gym.folder / "agent.py").write_text(AGENT)
        # Eight answers a request, three requests a second: enough puzzles for the whole soak.
        count = int(options.minutes * 60 * 24) + 100
        for line in [f"dataset generate sudoku-extreme --set size=4 --count train=20,test={count} --seed 1 --out many",
                     "dataset generate sudoku-extreme --set size=4 --count train=20,test=20 --seed 1 --out data",
                     "evaluate solver --data many --predictions right.jsonl"]:
            code, text = gym.run(line.split(), "prepare.log")
            if code:
                sys.exit(f"{line}: {text}")
        lanes = [
            threading.Thread(target=long_lane, args=(gym, "evaluate", [
                "evaluate", gym.agent(0.35, 0.01), "--data", "many", "--predictions", "answers.jsonl"], answers)),
            threading.Thread(target=long_lane, args=(gym, "compare", [
                "compare", "leaky=" + gym.agent(0.3, 0), "--data", "data", "--minutes", str(options.minutes * 4),
                "--seeds", "1", "--allow-leakage", "--out", "long"], learned)),
            threading.Thread(target=rounds, args=(gym,)),
        ]
        for lane in lanes:
            lane.start()
        time.sleep(options.minutes * 60)
        gym.ended.set()
        for lane in lanes:
            lane.join()
        time.sleep(1)
        left = gym.leftover()
        gym.expect(not left, f"processes are left over: {left}")
    for problem in gym.problems[:20]:
        print(problem)
    print(f"{len(gym.problems)} problems")
    sys.exit(1 if gym.problems else 0)


if __name__ == "__main__":
    main()
