"""wandb_follow.py, with wandb's offline mode."""

import glob
import os
import subprocess
import sys
import unittest

from testing import ROOT, ProgramTests, package


def setUpModule():
    """Looks for wandb, or skips."""
    global datastore, wandb_internal_pb2
    package("wandb")
    try:
        from wandb.proto import wandb_internal_pb2
        from wandb.sdk.internal import datastore
    except ImportError as error:
        raise unittest.SkipTest(f"This wandb cannot read its own files ({error}).") from None


class FollowTests(ProgramTests):
    def test_every_line_is_logged(self):
        self.succeed(
            ["train", "hrm", "--data", "data", "--steps", "40", "--out", "run", "--set", *self.tiny]
        )
        result = subprocess.run(
            [sys.executable, "-B", os.path.join(ROOT, "Examples/wandb_follow.py"), "run", "--once",
             "--dir", self.folder],
            cwd=self.folder, capture_output=True, text=True,
        )
        self.assertEqual(result.returncode, 0, result.stderr)
        files = glob.glob(self.path("wandb/offline-run-*/*.wandb"))
        self.assertEqual(len(files), 1, result.stdout)
        with open(self.path("run/metrics.jsonl")) as file:
            count = len(file.readlines())
        self.assertGreater(count, 3)
        self.assertIn(f"Logged {count} lines", result.stdout)
        store = datastore.DataStore()
        store.open_for_scan(files[0])
        steps, losses = [], 0
        while (data := store.scan_data()) is not None:
            record = wandb_internal_pb2.Record()
            record.ParseFromString(data)
            for item in record.history.item:
                name = item.key or ".".join(item.nested_key)
                if name == "step":
                    steps.append(int(item.value_json))
                losses += name == "train/loss"
        self.assertEqual(len(steps), count)
        self.assertEqual(losses, 4)


if __name__ == "__main__":
    unittest.main()
