"""A task of ReasonGym in Python: generates, verifies, solves and draws its puzzles. No dependencies.

    from reasongym_task import Task

    with Task("sudoku-extreme", size=4) as task:
        puzzle = task.generate(seed=7)
        assert task.verify(puzzle["question"], puzzle["answer"])["solved"]
        many = task.generate_many(range(10_000))          # batches: one line for many puzzles
        judged = task.verify_many([(p["question"], p["answer"], p["answer"]) for p in many])

Puzzles are texts with one character of `task.vocabulary` a cell, row after row. The program
`reasongym` must be on the path, or name it: Task("maze-hard", program=".build/release/reasongym").
"""
import json
import os
import subprocess
import threading


class TaskError(Exception):
    """The task cannot do what was asked; the message is the program's."""


class Task:
    """A task, served by a process of its own. Threads take turns; what is forked off, such as the
    workers of a data loader, makes a task of its own."""

    def __init__(self, name, program="reasongym", batch=2000, **settings):
        self.batch, self.process, self.owner = batch, None, os.getpid()
        self.turn = threading.Lock()
        try:
            self.process = subprocess.Popen(
                [program, "serve-task", name], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        except OSError as error:
            raise TaskError(f"{program} cannot be started: {error}") from error
        self.count = 0
        greeting = self._said({"protocol": "reasongym-task", "version": 1, "versions": [1, 2]})
        if greeting.get("version") != 2:
            raise TaskError(f"{program} is no reasongym that speaks version 2 of reasongym-task")
        self.id, self.summary = greeting["id"], greeting["summary"]
        self.settings, self.several = greeting["settings"], greeting["several"]
        made = self._ask("make", settings={k.replace("_", "-"): v for k, v in settings.items()})
        self.vocabulary, self.rows, self.columns = made["vocabulary"], made["rows"], made["columns"]
        self.levels, self.regions = made["levels"], made["regions"]
        self.rules, self.legend = made["rules"], made["legend"]

    @property
    def cells(self):
        return self.rows * self.columns

    def generate(self, seed, rating=None):
        """A puzzle: question, answer, rating, and demonstrations where it has such. The same seed
        gives the same puzzle. `rating` is None, or the least and the most."""
        return self._ask("generate", seed=seed, rating=rating and list(rating))

    def generate_many(self, seeds, rating=None):
        wish = {"rating": list(rating)} if rating else {}
        return self._batches("generate", [{"seed": seed, **wish} for seed in seeds])

    def verify(self, question, answer, expected=None):
        """The verdict: solved, problem (what is wrong), cells (where), findings. `expected` is the
        answer that the puzzle was generated with; some findings compare with it."""
        return self._ask("verify", question=question, answer=answer, expected=expected)

    def verify_many(self, triples):
        """The verdicts of many (question, answer, expected)."""
        return self._batches("verify", [dict(zip(("question", "answer", "expected"), triple))
                                        for triple in triples])

    def solve(self, question):
        """An answer by the task's own solver; None where there is none."""
        return self._ask("solve", question=question).get("answer")

    def draw(self, question, answer=None):
        """The rows of a picture, as texts."""
        drawn = self._ask("draw", question=question, answer=answer)
        columns, texts = drawn["columns"], drawn["texts"]
        return [texts[i:i + columns] for i in range(0, len(texts), columns)]

    def tokens(self, text):
        """A text's tokens: the places of its characters in the vocabulary."""
        return [self.vocabulary.index(character) for character in text]

    def text(self, tokens):
        return "".join(self.vocabulary[token] for token in tokens)

    def lines(self, text):
        """A text as the lines of its grid."""
        return [text[r * self.columns:(r + 1) * self.columns] for r in range(self.rows)]

    def close(self):
        process, self.process = self.process, None
        if process:
            if self.owner == os.getpid():
                process.kill()  # it keeps nothing, and may be busy for long
            try:
                process.stdin.close()
            except OSError:  # it ended before it had read everything
                pass
            process.stdout.close()
            process.wait()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def __del__(self):
        self.close()

    def _batches(self, request, items):
        replies = []
        for start in range(0, len(items), self.batch):
            replies += self._ask(request, items=items[start:start + self.batch])["items"]
        for reply in replies:
            if "error" in reply:
                raise TaskError(reply["error"])
        return replies

    def _ask(self, request, **fields):
        if self.owner != os.getpid():  # both would read each other's replies
            raise TaskError("the task belongs to the process that made it: make another here")
        with self.turn:
            self.count += 1
            reply = self._said({"id": self.count, "do": request, **fields})
        if "error" in reply:
            raise TaskError(reply["error"])
        del reply["id"]
        return reply

    def _said(self, message):
        if not self.process:
            raise TaskError("the task is closed, as also after an interruption: make another")
        try:
            self.process.stdin.write(json.dumps(message, separators=(",", ":")).encode() + b"\n")
            self.process.stdin.flush()
            line = self.process.stdout.readline()
        except OSError:
            line = b""
        except BaseException:  # interrupted: the next request would get the reply to this one
            self.close()
            raise
        if not line:
            raise TaskError("the program ended; its error output says why")
        try:
            reply = json.loads(line)
        except ValueError:
            reply = None
        if not isinstance(reply, dict):
            raise TaskError(f"the program does not answer as a task: {line[:80]!r}")
        return reply
