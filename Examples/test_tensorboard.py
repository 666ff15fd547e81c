"""The event files of `reasongym train --tensorboard`, read by the real tensorboard package."""

import json
import unittest

from testing import ProgramTests, package


def setUpModule():
    """Imports TensorBoard's reader, or skips."""
    global accumulator
    package("tensorboard")
    from tensorboard.backend.event_processing import event_accumulator as accumulator


class TensorBoardTests(ProgramTests):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.succeed(
            ["train", "hrm", "--data", "data", "--steps", "40", "--validate-steps", "20",
             "--tensorboard", "logs", "--out", "run", "--set", *cls.tiny]
        )

    def metrics(self):
        with open(self.path("run/metrics.jsonl")) as file:
            return [json.loads(line) for line in file]

    def events(self):
        events = accumulator.EventAccumulator(self.path("logs/run"))
        events.Reload()
        return events

    def check(self, tag, pairs):
        found = [(event.step, event.value) for event in self.events().Scalars(tag)]
        self.assertEqual([step for step, _ in found], [step for step, _ in pairs], tag)
        for (_, value), (_, expected) in zip(found, pairs):
            self.assertAlmostEqual(value, expected, delta=1e-6 * max(1, abs(expected)))

    def check_all(self):
        lines = self.metrics()
        training = [line for line in lines if "loss" in line]
        self.check("train/loss", [(line["step"], line["loss"]) for line in training])
        self.check("learning-rate", [(line["step"], line["learning-rate"]) for line in training])
        self.check(
            "validation/exact-accuracy",
            [(line["step"], line["validation"]["exact"]["accuracy"]) for line in lines
             if "validation" in line])
        total, flops = 0, []
        for line in training:
            total += line["flops"]
            flops.append((line["step"], total))
        self.check("cost/flops", flops)

    def test_scalars_are_those_of_metrics_jsonl(self):
        self.check_all()

    def test_accuracy_by_rating_and_the_settings_are_texts(self):
        events = self.events()
        texts = events.Tags()["tensors"]
        self.assertIn("configuration", texts)
        text = events.Tensors("configuration")[0].tensor_proto.string_val[0].decode()
        self.assertIn("| hidden | 64 |", text)
        self.assertIn("validation/by-rating", texts)
        table = events.Tensors("validation/by-rating")[-1].tensor_proto.string_val[0].decode()
        self.assertIn("| rating | solved | of | accuracy |", table)

    def test_a_resumed_run_continues_its_curves(self):
        self.succeed(
            "train hrm --out run --resume --steps 60 --tensorboard logs".split())
        self.check_all()

    def test_a_folder_that_cannot_be_written_is_an_error_before_training(self):
        with open(self.path("file"), "w"):
            pass
        result = self.run_program(
            ["train", "hrm", "--data", "data", "--steps", "2", "--tensorboard", "file",
             "--out", "other", "--set", *self.tiny])
        self.assertEqual(result.returncode, 1)
        self.assertIn("file", result.stderr)


if __name__ == "__main__":
    unittest.main()
