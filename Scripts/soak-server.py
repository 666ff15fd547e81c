#!/usr/bin/env python3
"""Soak: a leaderboard's server under clients of every kind, killed twice, loses no entry.

    soak-server.py PROGRAM [--minutes N] [--clients N] [--rate REQUESTS_PER_SECOND] [--entries N]
        [--seed N]

Clients ask for pages and rankings, submit, and also send slow, huge, malformed and abandoned requests.
Halfway and at the end, after ten seconds of nothing but submissions, the server is killed (signal 9)
while they go on. Then every entry that it acknowledged must be on the board, with its score, and the
memory of each half must have stayed flat: the first third warms up, and the median of the last may be
1 MB above that of the second, which in half an hour at 10 requests a second is a leak of 0.35 KB per
request. After --entries submissions the board does not grow until then, since its pages need more
memory.
Prints the requests by kind and status, and the memory by minute; exit code 1 if anything is amiss.
"""
import argparse, collections, json, os, random, re, signal, socket, statistics, subprocess, sys
import tempfile, threading, time
from pathlib import Path

# How often each kind is sent, and the statuses that may answer it; 0 is a connection that was closed.
BUSY = {408, 429, 503}
KINDS = {
    "page": (20, {200}), "ranking": (12, {200}), "benchmarks": (8, {200}), "missing": (4, {404}),
    "submit": (2, {201}), "repeat": (3, {400, 201}), "wrong answers": (4, {400}),
    "wrong token": (4, {401}), "not JSON": (4, {400}), "wrong contestant": (3, {400}),
    "slow head": (3, {200, 0}), "slow body": (3, {400, 0}), "stalled": (2, {0}),
    "huge head": (4, {431, 0}), "huge body": (1, {400, 413, 0}), "huge length": (4, {413}),
    "malformed": (8, {200, 400, 404, 405, 411, 413, 431, 0}), "noise": (4, {400, 431, 0}),
    "abandoned head": (4, {0}), "abandoned body": (4, {0}), "abandoned answer": (6, {0}),
}


class Server:
    def __init__(self, program, folder):
        self.program, self.folder, self.process, self.port = program, folder, None, 0

    def start(self):
        self.errors = open(self.folder / "errors.txt", "ab")
        self.process = subprocess.Popen(
            [self.program, "leaderboard", "serve", "board.db", "--port", "0", "--token-file", "token"],
            cwd=self.folder, stdout=subprocess.PIPE, stderr=self.errors, text=True)
        self.port = int(re.search(r":(\d+)/", self.process.stdout.readline()).group(1))

    def kill(self):
        died = self.process.poll()
        self.process.kill()
        self.process.wait()
        return died

    def memory(self):
        """Resident anonymous memory in MB, and the numbers of threads and of open files."""
        process = Path(f"/proc/{self.process.pid}")
        status = (process / "status").read_text()
        threads = int(re.search(r"Threads:\s+(\d+)", status).group(1))
        size = int(re.search(r"RssAnon:\s+(\d+)", status).group(1)) / 1024
        return size, threads, len(list((process / "fd").iterdir()))


class Clients:
    def __init__(self, server, token, answers, options):
        self.server, self.token, self.answers, self.options = server, token, answers, options
        self.counts = collections.Counter()
        self.acknowledged, self.problems, self.lock = {}, [], threading.Lock()
        self.ended, self.pausing, self.hurrying = (threading.Event() for _ in range(3))
        self.number, self.threads = 0, []

    def start(self):
        """Starts the clients, unless they have started."""
        if self.threads:
            return
        self.threads = [threading.Thread(target=self.run, args=(n,)) for n in range(self.options.clients)]
        for thread in self.threads:
            thread.start()

    def warm_up(self):
        """Sends the largest bodies side by side, so that memory has been as large as it becomes."""
        def send(number):
            for draw in [random.Random(number)] * 3:
                try:
                    self.send("huge body", draw)
                except OSError:
                    pass
        threads = [threading.Thread(target=send, args=(number,)) for number in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def finish(self):
        self.ended.set()
        for thread in self.threads:
            thread.join()

    def run(self, number):
        draw = random.Random(f"{self.options.seed} {number}")
        kinds, weights = list(KINDS), [weight for weight, _ in KINDS.values()]
        while not self.ended.wait(draw.expovariate(self.options.rate / self.options.clients)):
            kind, server = draw.choices(kinds, weights)[0], self.server.process
            if self.hurrying.is_set():
                kind = "submit"
            elif kind == "submit" and len(self.acknowledged) >= self.options.entries:
                kind = "repeat"
            try:
                status, body = self.send(kind, draw)
            except OSError:
                status, body = 0, b""
            # A server that was killed meanwhile owes no answer.
            killed = self.pausing.is_set() or self.server.process is not server
            with self.lock:
                self.counts[kind, "killed" if killed and status == 0 else status] += 1
                if status not in KINDS[kind][1] | BUSY and not killed:
                    self.problems.append(f"{kind}: {status} {body[:200]!r}")

    def send(self, kind, draw):
        if kind == "page":
            return self.ask(draw.choice(["/", "/index.html"]))
        if kind in ("ranking", "benchmarks"):
            return self.ask("/api/" + kind)
        if kind == "missing":
            return self.ask("/" + "../" * draw.randrange(4) + draw.choice(["etc/passwd", "x", "%00", "api/x"]))
        if kind in ("submit", "repeat"):
            return self.submit(draw, kind == "repeat")
        if kind == "wrong answers":
            return self.post(self.lines(draw, extra='{"id":"test/999","answer":"1"}\n'))
        if kind == "wrong token":
            return self.post(self.lines(draw), token="x" * draw.randrange(1, 99))
        if kind == "not JSON":
            return self.post(draw.randbytes(draw.randrange(5000)))
        if kind == "wrong contestant":
            return self.post(self.lines(draw), f"Contestant: {'[' * draw.randrange(4000)}\r\n")
        if kind == "huge body":
            return self.post(b'{"id":"test/0","answer":"' + b"1" * draw.randrange(1 << 20, 8 << 20) + b'"}\n')
        return self.broken(kind, draw)

    def broken(self, kind, draw):
        head = b"GET /api/ranking HTTP/1.1\r\nHost: x\r\n"
        post = f"POST /api/submissions?agent=a HTTP/1.1\r\nAuthorization: Bearer {self.token}\r\n".encode()
        if kind == "slow head":
            return self.talk([head[n:n + 9] for n in range(0, len(head), 9)] + [b"\r\n"], pause=0.5)
        if kind == "slow body":
            return self.talk([post + b"Content-Length: 12\r\n\r\n"] + [b"x"] * 12, pause=0.5)
        if kind == "stalled":
            return self.talk([head], patience=2)
        if kind == "huge head":
            return self.talk([head + b"X: " + b"y" * draw.randrange(17000, 200_000)])
        if kind == "huge length":
            return self.talk([post + b"Content-Length: %d\r\n\r\n" % 10 ** draw.randrange(9, 30)])
        if kind == "noise":
            return self.talk([draw.randbytes(draw.randrange(1, 3000)) + b"\r\n\r\n"])
        if kind == "malformed":
            text = bytearray(head + b"Content-Length: 0\r\n\r\n")
            for _ in range(draw.randrange(1, 6)):
                place = draw.randrange(len(text))
                text[place:place + draw.randrange(3)] = draw.choice(
                    [b"\r\n", b"\0", b":", b" ", b"\xff", b"GET", b"Transfer-Encoding: chunked\r\n", b"-1", b"/"])
            return self.talk([bytes(text), b"\r\n\r\n"], patience=2)
        # The rest is abandoned.
        parts = {"head": [head], "body": [post + b"Content-Length: 9999\r\n\r\n{"], "answer": [head + b"\r\n"]}
        return self.talk(parts[kind.split()[1]], patience=0)

    def lines(self, draw, extra=""):
        return ("".join(draw.sample(self.answers, draw.randrange(1, len(self.answers)))) + extra).encode()

    def submit(self, draw, again):
        with self.lock:
            self.number += 1
            name, lines = f"agent-{self.number}", self.lines(draw)
            if again and self.acknowledged:
                name, lines = draw.choice(list(self.acknowledged.values()))[:2]
        status, body = self.post(lines, name=name)
        if status == 201:
            entry = json.loads(body)
            with self.lock:
                self.acknowledged[entry["entry"]] = (name, lines, entry["solved"])
        return status, body

    def post(self, body, headers="", token=None, name="agent"):
        head = (f"POST /api/submissions?agent={name} HTTP/1.1\r\nHost: x\r\n{headers}"
                f"Authorization: Bearer {token or self.token}\r\nContent-Length: {len(body)}\r\n\r\n")
        return self.talk([head.encode() + body])

    def ask(self, path):
        return self.talk([f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode()])

    def talk(self, parts, pause=0.0, patience=30):
        """Sends the parts; the status and body of the answer, or 0 if there is none."""
        with socket.create_connection(("127.0.0.1", self.server.port), timeout=30) as wire:
            try:
                for part in parts:
                    wire.sendall(part)
                    if pause:
                        time.sleep(pause)
            except OSError:
                pass  # Refused before everything was sent: the answer says why.
            if patience == 0:
                return 0, b""
            wire.settimeout(patience)
            answer = b""
            try:
                while part := wire.recv(1 << 16):
                    answer += part
            except OSError:
                pass
        head, _, body = answer.partition(b"\r\n\r\n")
        match = re.match(rb"HTTP/1\.1 (\d+)", head)
        return (int(match.group(1)), body) if match else (0, answer)


def prepare(program, folder):
    def run(line):
        result = subprocess.run([program, *line.split()], cwd=folder, text=True, capture_output=True)
        if result.returncode:
            sys.exit(f"{line}: {result.stderr}")
        return result.stdout
    run("dataset generate sudoku-extreme --set size=4 --count train=2,test=40 --seed 1 --out data")
    run("leaderboard create board.db --data data")
    run("evaluate solver --data data --predictions answers.jsonl")
    return [line + "\n" for line in (folder / "answers.jsonl").read_text().splitlines()]


def soak(server, clients, minutes):
    """Serves for a time, then kills; the samples of memory."""
    server.start()
    clients.warm_up()
    clients.pausing.clear()
    clients.start()
    samples, end = [], time.time() + minutes * 60
    while time.time() < end and server.process.poll() is None:
        if end - time.time() < 10:
            clients.hurrying.set()
        samples.append(server.memory())
        time.sleep(5)
    clients.pausing.set()
    died = server.kill()
    clients.hurrying.clear()
    if died is not None:
        clients.problems.append(f"the server died by itself: {died}")
    return samples


def medians(samples, parts):
    """The median memory in MB of each of several equal parts of the time."""
    edges = [len(samples) * part // parts for part in range(parts + 1)]
    return [statistics.median([s[0] for s in samples[a:b]] or [0]) for a, b in zip(edges, edges[1:])]


def check(program, folder, clients):
    shown = subprocess.run([program, "leaderboard", "show", "board.db", "--json"], cwd=folder, text=True,
                           capture_output=True)
    if shown.returncode:
        return [f"the board cannot be read: {shown.stderr}"]
    kept = {standing["entry"]: standing["solved"]["solved"]
            for standing in json.loads(shown.stdout)["standings"]}
    problems = []
    for entry, (name, lines, solved) in clients.acknowledged.items():
        right = lines.count(b"\n")
        if entry not in kept:
            problems.append(f"the acknowledged entry {entry} of {name} is lost")
        elif not kept[entry] == solved == right:
            problems.append(f"{entry} of {name}: {kept[entry]} or {solved} solved, not {right}")
    return problems


def main():
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("program", type=os.path.abspath)
    options.add_argument("--minutes", type=float, default=30)
    options.add_argument("--clients", type=int, default=50)
    options.add_argument("--rate", type=float, default=10)
    options.add_argument("--entries", type=int, default=30)
    options.add_argument("--seed", type=int, default=1)
    options = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        answers = prepare(options.program, folder)
        token = random.Random(options.seed).randbytes(16).hex()
        (folder / "token").write_text(token)
        server = Server(options.program, folder)
        clients = Clients(server, token, answers, options)
        clients.pausing.set()
        problems = []
        for half in (1, 2):
            samples = soak(server, clients, options.minutes / 2)
            _, second, last = medians(samples, 3)
            each = max(1, len(samples) // 15)
            print(f"half {half}: {len(clients.acknowledged)} entries; MB of memory, threads, files: "
                  + ", ".join("%.0f/%d/%d" % sample for sample in samples[::each]))
            quarters = ", ".join("%.1f" % median for median in medians(samples, 4))
            print(f"half {half}: {quarters} MB by quarter; from the second third to the last, "
                  f"{last - second:+.1f} MB", flush=True)
            if last - second > 1:
                problems.append(f"the memory of half {half} grows")
            problems += check(options.program, folder, clients)
        clients.finish()
        print("requests by kind and status:")
        for kind in KINDS:
            found = {status: n for (name, status), n in clients.counts.items() if name == kind}
            print(f"  {kind:16} {sum(found.values()):6}  "
                  + ", ".join(f"{status}: {n}" for status, n in sorted(found.items(), key=str)))
        errors = (folder / "errors.txt").read_text().splitlines()
        print(f"{len(clients.acknowledged)} entries acknowledged, {len(errors)} lines on standard error: "
              + "; ".join(line for line in errors if "accepted entry" not in line)[:500])
    problems += clients.problems
    for problem in problems[:20]:
        print(problem)
    print(f"{len(problems)} problems")
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
