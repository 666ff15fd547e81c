"""Any dataset of reasoning-gym (pip install reasoning-gym) as a task: its texts, its own scorer.

    reasongym dataset generate "exec:python3 Examples/task_reasoning_gym.py --name chain_sum" \\
        --count train=2000,test=200 --disjoint --seed 1 --out data/chain-sum

A puzzle is one row of characters: the part of the question that changes, then open cells for the
answer. What all questions have in common is told once, in the rules. Cells and characters are those
of a sample; puzzles that do not fit them are drawn again. A table of what fits: README.md.
"""
import argparse
import hashlib
import inspect
import json
import os
import signal
import subprocess
import sys

PADDING, OPEN, END, LINE = "∅", "▁", "▪", "⏎"  # LINE stands for a line break
MOST_CELLS, TRIES, SECONDS = 4096, 200, 5

parser = argparse.ArgumentParser()
parser.add_argument("--name", help="the dataset, such as chain_sum")
parser.add_argument("--table", action="store_true", help="print which of all datasets fit, and stop")
parser.add_argument("--config", default="{}", help="its settings as JSON, such as {\"max_terms\": 3}")
parser.add_argument("--sample", type=int, default=64, help="puzzles that decide cells and tokens")
parser.add_argument("--strict", action="store_true",
                    help="claim that each question has one answer, so that conformance doubts others")
parser.add_argument("--memory", default=os.path.expanduser("~/.cache/reasongym/reasoning-gym"),
                    help="folder that remembers which puzzle a question was, for scorers that ask")


class DoesNotFit(Exception):
    """Why a dataset is not a task of rows of characters."""


def too_long(*_):
    raise TimeoutError


def cells(text):
    return text.replace("\n", LINE)


class Gym:
    """One dataset: item by seed, the shape of its rows, its scorer."""

    def __init__(self, options):
        import reasoning_gym
        from reasoning_gym.dataset import ProceduralDataset
        self.name, self.memory = options.name, None
        config = json.loads(options.config)
        # A data set for each puzzle: some make all theirs at once, and seeds have 32 bits.
        self.create = lambda seed: reasoning_gym.create_dataset(
            options.name, seed=seed, size=1, **config)
        self.data = self.create(0)
        self.source = self.create(0)
        self.reseeds = self.can_reseed()
        scorer = type(self.data).score_answer
        self.judges = scorer is not ProceduralDataset.score_answer
        self.several = self.judges and not options.strict
        sample = [self.entry(2 ** 31 + seed) for seed in range(options.sample)]
        asked = [cells(entry["question"]) for entry in sample]
        answers = [cells(entry["answer"]) for entry in sample]
        self.before = os.path.commonprefix(asked)
        ends = [text[len(self.before):][::-1] for text in asked]
        self.after = os.path.commonprefix(ends)[::-1]
        parts = [self.part(text) for text in asked]
        self.question_cells, self.answer_cells = max(map(len, parts)), max(map(len, answers))
        if not self.question_cells or not self.answer_cells:
            raise DoesNotFit("all its questions are the same")
        if self.question_cells + self.answer_cells > MOST_CELLS:
            raise DoesNotFit(f"{self.question_cells} + {self.answer_cells} characters a puzzle")
        self.characters = "".join(sorted(set("".join(parts + answers))))
        if set(self.characters) & {PADDING, OPEN, END} or len(self.characters) > 251:
            raise DoesNotFit(f"its texts have {len(self.characters)} different characters")
        if not all(character.isprintable() for character in self.characters):
            raise DoesNotFit("its texts have characters that cannot be printed")
        if len(set(asked)) < len(asked) / 2:
            raise DoesNotFit(f"only {len(set(asked))} of {len(asked)} questions differ")
        if self.judges and "metadata" in inspect.getsource(scorer):
            self.memory = Memory(options)
            for seed, text in enumerate(asked):
                self.memory.seeds[Memory.key(text)] = 2 ** 31 + seed

    def can_reseed(self):
        """Whether the dataset under another seed gives what one made for that seed gives, in any
        order: some read a book when they are made."""
        try:
            made = [self.create(seed)[0] for seed in range(4)]
            return made * 2 == [self.reseeded(seed)[0] for seed in [*range(4), *range(4)]]
        except Exception:
            return False

    def reseeded(self, seed):
        self.source.seed = self.source.config.seed = seed
        return self.source

    def entry(self, seed):
        entry = (self.reseeded if self.reseeds else self.create)(seed)[0]
        if not isinstance(entry["answer"], str):
            raise DoesNotFit("its puzzles have no answer as a text, only a scorer")
        return entry

    def part(self, text):
        """The part of a question that changes; nothing where it is of another form."""
        inner = len(text) - len(self.before) - len(self.after)
        fits = inner >= 0 and text.startswith(self.before) and text.endswith(self.after)
        return text[len(self.before):len(self.before) + inner] if fits else ""

    def make(self, request):
        breaks = [{"symbols": LINE, "meaning": "a line break"}] if LINE in self.characters else []
        plain = self.characters.replace(LINE, "")
        return {
            "vocabulary": PADDING + OPEN + END + self.characters, "rows": 1,
            "columns": self.question_cells + self.answer_cells,
            "rules": f"A puzzle of reasoning-gym's {self.name}, in {self.question_cells} cells, then "
                     f"its answer in {self.answer_cells}. The whole question is \""
                     f"{self.before[-900:]}[the cells]{self.after[:900]}\"",
            "legend": [{"symbols": OPEN, "meaning": "in the question, a cell of the answer"},
                       {"symbols": END, "meaning": "in the answer, nothing more"}, *breaks,
                       {"symbols": plain, "meaning": "the character itself"}]}

    def generate(self, request):
        for attempt in range(TRIES):
            mixed = f"{request['seed']} {attempt}".encode()
            seed = int.from_bytes(hashlib.sha256(mixed).digest()[:4], "big") >> 1
            entry = self.entry(seed)
            text, answer = cells(entry["question"]), cells(entry["answer"])
            part = self.part(text)
            if (part and answer and len(part) <= self.question_cells and len(answer) <= self.answer_cells
                    and set(self.characters).issuperset(part + answer)):
                if self.memory:
                    self.memory.keep(text, seed)
                return {"question": part.ljust(self.question_cells, PADDING)
                        + OPEN * self.answer_cells,
                        "answer": PADDING * self.question_cells
                        + answer.ljust(self.answer_cells, END)}
        return {"error": f"{TRIES} puzzles of {self.name} in a row have other characters or lengths "
                         f"than its sample; a larger --sample may help"}

    def verify(self, request):
        def told(name):
            return request[name][self.question_cells:].rstrip(END).replace(LINE, "\n")
        answer, expected = told("answer"), told("expected")
        exact = answer == expected
        verdict = {"solved": False, "problem": None, "cells": [], "findings": {"exact": exact}}
        if any(mark in answer for mark in (END, OPEN, PADDING)):
            return {**verdict, "problem": "the answer has a cell that is not a character"}
        part = request["question"][:self.question_cells].rstrip(PADDING)
        text = self.before + part + self.after
        entry = {"question": text.replace(LINE, "\n"), "answer": expected}
        if self.memory:
            seed = self.memory.seed(text)
            if seed is None:
                return {"error": f"the scorer of {self.name} asks for more than question and answer, "
                                 "and this question was not made with this --memory"}
            entry = self.entry(seed)
        try:
            signal.alarm(SECONDS)
            score = float(self.data.score_answer(answer, entry))
        except Exception as error:  # an answer that its scorer cannot read is a wrong one
            return {**verdict, "problem": f"its scorer fails: {type(error).__name__}"}
        finally:
            signal.alarm(0)
        if score >= 1 - 1e-9:
            return {**verdict, "solved": True}
        return {**verdict, "problem": f"reasoning-gym scores it {score:.3g}"}


class Memory:
    """Which seed made a question: lines of a file that several processes may append to."""

    def __init__(self, options):
        key = hashlib.sha256(options.config.encode()).hexdigest()[:8]
        os.makedirs(options.memory, exist_ok=True)
        self.path = os.path.join(options.memory, f"{options.name}-{key}.txt")
        self.seeds, self.place = {}, 0
        self.file = open(self.path, "a")

    @staticmethod
    def key(text):
        return hashlib.sha256(text.encode()).hexdigest()[:24]

    def keep(self, text, seed):
        key = self.key(text)
        if key not in self.seeds:
            self.seeds[key] = seed
            self.file.write(f"{key} {seed}\n")
            self.file.flush()

    def seed(self, text):
        key = self.key(text)
        if key not in self.seeds:
            with open(self.path) as file:
                file.seek(self.place)
                for line in file.read().splitlines():
                    known, _, seed = line.partition(" ")
                    if seed.isdigit():
                        self.seeds.setdefault(known, int(seed))
                self.place = file.tell()
        return self.seeds.get(key)


def table():
    """Prints a line of a Markdown table for each dataset, each tried in a process of its own."""
    from reasoning_gym.factory import DATASETS
    print("| dataset | cells | tokens | judged by | fits |\n|---|---|---|---|---|")
    for name in sorted(DATASETS):
        said = json.dumps({"protocol": "reasongym-task", "version": 1}) + "\n" + json.dumps(
            {"id": 0, "do": "make", "settings": {}}) + "\n"
        try:
            done = subprocess.run([sys.executable, __file__, "--name", name], input=said, text=True,
                                  capture_output=True, timeout=60)
            greeting, made = map(json.loads, done.stdout.splitlines())
            judge = "its own scorer" if greeting["several"] else "equality"
            print(f"| {name} | {made['columns']} | {len(made['vocabulary'])} | {judge} | yes |")
        except subprocess.TimeoutExpired:
            print(f"| {name} | | | | no: 64 of its puzzles take more than a minute |")
        except ValueError:
            reason = (done.stderr.strip().splitlines() or ["it ends at once"])[-1]
            reason = reason.removeprefix(f"{name} ").removeprefix("does not fit: ")
            print(f"| {name} | | | | no: {reason} |", flush=True)


def main():
    options = parser.parse_args()
    if options.table:
        return table()
    if not options.name:
        parser.error("name a dataset by --name")
    signal.signal(signal.SIGALRM, too_long)
    wire, sys.stdout = sys.stdout, sys.stderr  # what a dataset prints must not reach the gym
    json.loads(sys.stdin.readline())
    try:
        gym = Gym(options)
    except ImportError:
        sys.exit("reasoning-gym is not installed: pip install reasoning-gym")
    except DoesNotFit as why:
        sys.exit(f"{options.name} does not fit: {why}")
    except Exception as error:
        sys.exit(f"{options.name} cannot be made: {type(error).__name__}: {error}")
    name = "rg-" + options.name.replace("_", "-")
    print(json.dumps({
        "protocol": "reasongym-task", "version": 1, "id": f"{name}@1", "findings": ["exact"],
        "several": gym.several, "summary": f"answer a question of reasoning-gym's {options.name}",
    }), file=wire, flush=True)
    for line in sys.stdin:
        request = json.loads(line)
        try:
            reply = {"make": gym.make, "generate": gym.generate,
                     "verify": gym.verify}[request["do"]](request)
        except Exception as error:  # its fault, told as such
            reply = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps({"id": request["id"], **reply}), file=wire, flush=True)


if __name__ == "__main__":
    main()
