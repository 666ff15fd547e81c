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
        self.assertEqual(first["agents"][0]["label"], "torch")
        for summary in (first, second):
            text = json.dumps(summary["agents"][0])
            self.assertIn('"steps": 60', text)
        def solved(summary):
            return [entry["solved"] for entry in summary["agents"][0]["seeds"]]
        self.assertEqual(solved(first), solved(second))


if __name__ == "__main__":
    unittest.main()
