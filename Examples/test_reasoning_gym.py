"""reasoning-gym's datasets as tasks, on the real package."""
import json
import os
import subprocess
import sys
import unittest

from testing import ROOT, ProgramTests, package

SCRIPT = os.path.join(ROOT, "Examples", "task_reasoning_gym.py")


class ReasoningGymTests(ProgramTests):
    @classmethod
    def setUpClass(cls):
        package("reasoning_gym")
        super().setUpClass()

    def exec(self, name, more=""):
        return f"exec:'{sys.executable}' '{SCRIPT}' --name {name} --memory '{self.folder}/memory' {more}"

    def test_datasets_go_through_generate_train_and_evaluate(self):
        for name in ("chain_sum", "letter_counting", "fraction_simplification"):
            task, data, out = self.exec(name), f"{self.folder}/{name}", f"{self.folder}/run-{name}"
            self.succeed(["dataset", "generate", task, "--count", "train=60,test=20", "--disjoint", "--seed",
                "1", "--out", data])
            self.succeed(["train", "transformer", "--data", data, "--task", task, "--preset", "tiny", "--steps",
                "3", "--out", out])
            said = json.loads(self.succeed(["evaluate", out, "--data", data, "--task", task, "--json"]))
            self.assertIn("chain" if name == "chain_sum" else "", str(said))

    def test_replies_depend_on_the_request_alone(self):
        def ask(*requests):
            lines = [{"protocol": "reasongym-task", "version": 1}, *requests]
            done = subprocess.run(
                [sys.executable, SCRIPT, "--name", "countdown", "--sample", "4", "--memory",
                 self.folder], input="\n".join(map(json.dumps, lines)) + "\n", text=True,
                capture_output=True)
            return [json.loads(line) for line in done.stdout.splitlines()][1:]

        make = {"id": 0, "do": "make", "settings": {}}
        _, one, two = ask(make, {"id": 1, "do": "generate", "seed": 5, "rating": None},
                          {"id": 2, "do": "generate", "seed": 6, "rating": None})
        _, again = ask(make, {"id": 2, "do": "generate", "seed": 6, "rating": None})
        self.assertEqual(two, again)
        # Its scorer asks for the numbers of the puzzle, which another process remembers.
        check = {"id": 3, "do": "verify", "question": one["question"], "answer": one["answer"],
                 "expected": one["answer"]}
        self.assertTrue(ask(make, check)[1]["solved"])
        self.assertFalse(ask(make, {**check, "answer": two["answer"]})[1]["solved"])

    def test_what_does_not_fit_says_why(self):
        done = subprocess.run([sys.executable, SCRIPT, "--name", "graph_color"], text=True,
                              input='{"protocol": "reasongym-task", "version": 1}\n',
                              capture_output=True)
        self.assertIn("graph_color does not fit: ", done.stderr)


if __name__ == "__main__":
    unittest.main()
