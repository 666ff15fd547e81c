"""wandb_follow.py, with wandb's offline mode."""

import glob
import os
import struct
import subprocess
import sys
import unittest

from testing import ROOT, ProgramTests, package


def setUpModule():
    """Looks for wandb, or skips."""
    global messages
    package("wandb")
    messages = package("wandb.proto.wandb_internal_pb2")


def records(path):
    """The records of a .wandb file: a head of 7 bytes, then blocks as in LevelDB's logs.

    A block of 32 KiB holds pieces with a check (4 bytes), a length (2) and a kind: 1 whole, 2 first,
    3 middle, 4 last piece of a record.
    """
    with open(path, "rb") as file:
        data = file.read()
    position, record = 7, b""
    while position + 7 <= len(data):
        room = 32768 - position % 32768
        if room < 7:
            position += room
            continue
        _, length, kind = struct.unpack("<IHB", data[position : position + 7])
        record += data[position + 7 : position + 7 + length]
        position += 7 + length
        if kind in (1, 4):
            message = messages.Record()
            message.ParseFromString(record)
            yield message
            record = b""


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
        steps, losses = [], 0
        for record in records(files[0]):
            for item in record.history.item:
                name = item.key or ".".join(item.nested_key)
                if name == "step":
                    steps.append(int(item.value_json))
                losses += name == "train/loss"
        self.assertEqual(len(steps), count)
        self.assertEqual(losses, 4)

    def test_a_folder_without_a_run_is_refused(self):
        for text in (None, "no JSON", "[]"):
            folder = self.path(f"no run {text}")
            os.makedirs(folder)
            if text is not None:
                with open(os.path.join(folder, "config.json"), "w") as file:
                    file.write(text)
            result = subprocess.run(
                [sys.executable, "-B", os.path.join(ROOT, "Examples/wandb_follow.py"), folder],
                cwd=self.folder, capture_output=True, text=True)
            self.assertEqual(result.returncode, 1)
            self.assertIn("holds no run: ", result.stderr)
            self.assertNotIn("Traceback", result.stderr)


if __name__ == "__main__":
    unittest.main()
