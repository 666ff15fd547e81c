"""A task of ReasonGym for reinforcement learning of language models: rows, a prompt, a reward.

    from verifiers_reward import Puzzles

    puzzles = Puzzles("sudoku-extreme", size=4)
    rows = puzzles.rows(1000, seed=1)     # dictionaries: prompt (chat messages), answer, info
    puzzles.solved(completion, answer, info=rows[0]["info"])       # 1.0 or 0.0

`solved` has the form of a reward function of the library verifiers: its rubric calls it by name with
prompt, completion, answer, info and more. With it: `datasets.Dataset.from_list(rows)` as the data,
`verifiers.Rubric(funcs=[puzzles.solved])` as the rubric of a `verifiers.SingleTurnEnv`. The reward is
exact: the whole puzzle, judged by the rules, not by the label. Needs nothing but reasongym.
"""
from reasongym_task import Task


class Puzzles:
    def __init__(self, name, rating=None, **settings):
        self.task, self.rating = Task(name, **settings), rating

    def rows(self, count, seed=0):
        """Puzzles as a data set: the seeds are seed, seed + 1, …"""
        return [{"prompt": [{"role": "user", "content": self.prompt(puzzle)}],
                 "answer": puzzle["answer"],
                 "info": {"question": puzzle["question"], "rating": puzzle["rating"]}}
                for puzzle in self.task.generate_many(range(seed, seed + count), self.rating)]

    def prompt(self, puzzle):
        task = self.task
        legend = "".join(f"\n{entry['symbols'] or 'Places'}: {entry['meaning']}"
                         for entry in task.legend)
        shown = [f"Example {number}:\n{self.grid(pair['question'])}\nis answered by\n"
                 f"{self.grid(pair['answer'])}\n\n"
                 for number, pair in enumerate(puzzle.get("demonstrations", []), 1)]
        return (f"{task.rules}{legend}\n\n{''.join(shown)}The question:\n"
                f"{self.grid(puzzle['question'])}\n\nEnd your reply with the answer alone: "
                f"{task.rows} lines of exactly {task.columns} of these characters.")

    def grid(self, text):
        return "\n".join(self.task.lines(text))

    def read(self, reply):
        """The last lines of a reply that are a grid; None where there is none."""
        rows, columns, known = self.task.rows, self.task.columns, set(self.task.vocabulary)
        lines = [line.strip("\r") for line in reply.split("\n")]
        lines = [line and line.ljust(columns) for line in lines]
        for end in range(len(lines), rows - 1, -1):
            block = lines[end - rows:end]
            if all(len(line) == columns and known.issuperset(line) for line in block):
                return "".join(block)
        return None

    @staticmethod
    def text(completion):
        """The text of a reply, or of its last message; empty if it has none, as a call of a tool."""
        if isinstance(completion, (list, tuple)) and completion:
            last = completion[-1]
            completion = last.get("content") if isinstance(last, dict) else last
        if isinstance(completion, list):
            completion = "".join(str(part.get("text") or "") for part in completion
                                 if isinstance(part, dict))
        return completion if isinstance(completion, str) else ""

    def solved(self, completion, answer, info, **_):
        """1.0 if the reply's last grid solves the puzzle, else 0.0."""
        found = self.read(self.text(completion))
        if found is None:
            return 0.0
        return float(self.task.verify(info["question"], found, answer)["solved"])
