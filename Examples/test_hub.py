"""A folder of `dataset convert --to hub` in the real package datasets, and back."""
import json
import os
import unittest

from testing import ProgramTests, package


class HubTests(ProgramTests):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        os.environ["HF_HOME"] = cls.folder + "/cache"
        os.environ["HF_HUB_OFFLINE"] = "1"
        package("datasets")

    def test_load_dataset_reads_the_folder_as_it_is_and_build_brings_it_back(self):
        from datasets import load_dataset
        data, hub, back = (f"{self.folder}/{name}" for name in ("digits", "hub", "back"))
        self.succeed(["dataset", "generate", "sudoku-extreme", "--set", "size=4", "--count",
            "train=300,test=50", "--disjoint", "--augment", "2", "--seed", "1", "--out", data])
        self.succeed(["dataset", "convert", data, "--to", "hub", "--license", "cc0-1.0", "--out", hub])
        loaded = load_dataset(hub, cache_dir=self.folder + "/cache")
        self.assertEqual({name: len(rows) for name, rows in loaded.items()},
                         {"train": 900, "test": 50})
        with open(f"{hub}/data/test/00000.jsonl") as file:
            written = [json.loads(line) for line in file]
        for row, line in zip(loaded["test"], written):
            self.assertEqual(row, line)
            self.assertIsInstance(row["answer"], str)  # digits alone stay text
            self.assertEqual(len(row["answer"]), 16)
            self.assertEqual("".join("_.1234"[token] for token in row["answer_tokens"]),
                             row["answer"])
        self.assertEqual(len(set(loaded["train"]["group"])), 300)
        streamed = load_dataset(hub, split="train", streaming=True, cache_dir=self.folder + "/cache")
        self.assertEqual(next(iter(streamed)), loaded["train"][0])
        self.succeed(["dataset", "build", "sudoku-extreme", "--set", "size=4", "--hub", hub, "--out", back])
        built = json.loads(self.succeed(["dataset", "check", back, "--json"]))
        shown = [self.succeed(["dataset", "show", folder, "--split", "test", "--index", "7"])
                 for folder in (data, back)]
        self.assertEqual(shown[0].split("\n")[-12:], shown[1].split("\n")[-12:])
        self.assertTrue(built)

    def test_unknown_answers_and_names_are_kept(self):
        from datasets import load_dataset
        data, hub = f"{self.folder}/arc", f"{self.folder}/arc-hub"
        self.succeed(["dataset", "generate", "arc", "--count", "train=5,test=3", "--seed", "1", "--out", data])
        self.succeed(["dataset", "convert", data, "--to", "hub", "--out", hub])
        loaded = load_dataset(hub, cache_dir=self.folder + "/cache")
        tests = loaded["test"]
        self.assertEqual(len(set(tests["puzzle"])), 3)
        self.assertTrue(any(tests["demonstration"]) and not all(tests["demonstration"]))


if __name__ == "__main__":
    unittest.main()
