"""The PyTorch agent in `compare`, with the real torch."""
import json
import os
import sys
import unittest

from testing import ROOT, ProgramTests, package

SCRIPT = os.path.join(ROOT, "Examples", "agent_torch.py")


class TorchAgentTests(ProgramTests):
    @classmethod
    def setUpClass(cls):
        package("torch")
        super().setUpClass()

    def compare(self, out, steps, *more):
        self.succeed(["compare", f"torch=exec:'{sys.executable}' '{SCRIPT}' --width 32", "most-frequent",
            "--task", "sudoku-extreme", "--size", "4", "--train", "200", "--validation", "20",
            "--test", "40", "--augment", "5", "--steps", str(steps), "--seeds", "1,2", "--out",
            f"{self.folder}/{out}", *more])
        with open(f"{self.folder}/{out}/summary.json") as file:
            return json.load(file)

    def test_it_learns_under_the_same_budget_and_repeats_itself(self):
        first, second = self.compare("one", 60), self.compare("two", 60)
        for summary in (first, second):
            learner = summary["contestants"][0]
            self.assertEqual(learner["label"], "torch")
            self.assertEqual([run["steps"] for run in learner["runs"]], [60, 60])
        self.assertEqual(first["contestants"][0]["accuracy"], second["contestants"][0]["accuracy"])


if __name__ == "__main__":
    unittest.main()
