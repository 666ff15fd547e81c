"""Weights both ways between the program and PyTorch: the model of Benchmarks/pytorch."""

import json
import os
import sys
import unittest

from testing import ROOT, ProgramTests, package


def setUpModule():
    """Imports what needs PyTorch, or skips."""
    global torch, hrm, pt, record_fixture, recording, training
    torch = package("torch")
    sys.path[:0] = [os.path.join(ROOT, "Benchmarks/pytorch"), os.path.join(ROOT, "Examples")]
    import hrm
    import pt_to_safetensors as pt
    import record_fixture
    import recording
    import training


def configuration(metadata, batch_size=1):
    """The PyTorch model's configuration from an exported file's header."""
    members = json.loads(metadata["configuration"])
    known = hrm.Config.__dataclass_fields__
    return hrm.Config(batch_size=batch_size, **{k: v for k, v in members.items() if k in known})


def answers(config, weights, inputs):
    """The tokens that the PyTorch model answers with, and the logits of every segment."""
    model = hrm.Model(config)
    identifiers = torch.zeros(len(inputs), dtype=torch.long)
    logits = [step[2] for step in model.evaluate(weights, inputs, identifiers)]
    return logits[-1].argmax(-1), logits


class WeightsTests(ProgramTests):
    puzzles = 1000

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.succeed(
            ["train", "hrm", "--data", "data", "--steps", "60", "--out", "run", "--set", *cls.tiny]
        )
        cls.succeed(["weights", "export", "run", "--out", "model.safetensors"])
        cls.weights, cls.metadata = pt.read_safetensors(cls.path("model.safetensors"))

    def questions(self):
        """The test questions and the program's answers, as tokens [n, cells]."""
        self.succeed("evaluate run --data data --force --predictions answers.jsonl".split())
        tokens = {character: i for i, character in enumerate(self.metadata["vocabulary"])}
        with open(self.path("answers.jsonl")) as file:
            lines = [json.loads(line) for line in file]
        self.succeed(
            "dataset convert data --split test --to jsonl --out test.jsonl --force".split())
        with open(self.path("test.jsonl")) as file:
            questions = [json.loads(line)["question"] for line in file]

        def encode(text):
            return [tokens[character] for character in text]

        return (
            torch.tensor([encode(text) for text in questions]),
            torch.tensor([encode(line["answer"]) for line in lines]),
        )

    def test_the_file_is_a_safetensors_file(self):
        safetensors = package("safetensors.torch")
        read = safetensors.load_file(self.path("model.safetensors"))
        self.assertEqual(set(read), set(self.weights))
        for name, tensor in read.items():
            self.assertTrue(torch.equal(tensor, self.weights[name]), name)

    def test_answers_are_equal_here_and_there(self):
        questions, expected = self.questions()
        found, _ = answers(configuration(self.metadata), self.weights, questions)
        self.assertEqual(found.shape, (self.puzzles, 36))
        self.assertTrue(torch.equal(found, expected))

    def check_logits(self, name, config, weights):
        """Records PyTorch's numbers with these weights; `parity` repeats them here to 1e-4."""
        document = json.loads(json.dumps(record_fixture.DOCUMENT))
        document["model"] |= {
            member: getattr(config, member) for member in document["model"]
        } | {"batch_size": 4, "halt_exploration_prob": 0.0}
        document["steps"] = 1
        config = hrm.Config.of(document)
        generator = torch.Generator().manual_seed(3)
        weights = {name: tensor.clone() for name, tensor in weights.items()}
        os.makedirs(self.path(name))
        with open(self.path(f"{name}/config.json"), "w") as file:
            json.dump(document, file)
        pt.write_safetensors(self.path(f"{name}/weights_initial.safetensors"), weights)
        trainer = training.Trainer(config, weights)
        inputs, identifiers = (
            record_fixture.random_batch(config, generator)[member]
            for member in ("inputs", "puzzle_identifiers")
        )
        batches = [record_fixture.random_batch(config, generator)]
        # The first step's logits are those of these weights; the evaluation follows it.
        steps = recording.repeat_training(trainer, batches)
        evaluation = recording.repeat_evaluation(trainer, inputs, identifiers)
        for part, numbers in (("evaluation", evaluation), ("training_steps", steps)):
            pt.write_safetensors(self.path(f"{name}/{part}.safetensors"), numbers)
        report = json.loads(self.succeed(["parity", name, "--json"]))
        self.assertTrue(report["passes"])
        errors = {result["kind"]: result["error"] for result in report["results"]}
        self.assertLess(errors["logits"], 1e-4)
        print(f"\n  {name}: largest relative error of logits {errors['logits']:.1e}")

    def test_logits_of_weights_trained_here(self):
        self.check_logits("from-here", configuration(self.metadata), self.weights)

    def test_logits_of_weights_made_there(self):
        config = configuration(self.metadata)
        weights = hrm.initial_weights(config, torch.Generator().manual_seed(11))
        self.check_logits("from-there", config, weights)

    def test_weights_come_back_bit_for_bit(self):
        config = configuration(self.metadata)
        generator = torch.Generator().manual_seed(7)
        trained = hrm.initial_weights(config, generator)
        trained["puzzle_emb.weights"] = torch.randn(
            trained["puzzle_emb.weights"].shape, generator=generator)
        prefix = "_orig_mod.model.inner."
        torch.save({prefix + k: v for k, v in trained.items()}, self.path("there.pt"))
        refused = self.run_program(
            "weights import there.pt --agent hrm --data data --out refused".split())
        self.assertIn("pt_to_safetensors.py", refused.stderr)
        pt.write_safetensors(self.path("there.safetensors"), pt.read_checkpoint(self.path("there.pt")))
        unknown = self.run_program(
            "weights import there.safetensors --agent hrm --data data --out unknown".split())
        self.assertIn("heads", unknown.stderr)
        self.succeed(
            "weights import there.safetensors --agent hrm --data data --out back "
            "--set heads=2 max-segments=4".split())
        self.succeed("weights export back --out back.safetensors".split())
        back, _ = pt.read_safetensors(self.path("back.safetensors"))
        self.assertEqual(set(back), set(trained))
        for name, tensor in back.items():
            self.assertTrue(torch.equal(tensor, trained[name]), name)
        print(f"\n  {len(back)} tensors came back, equal to the bit")
        # A model that was made there answers the same here.
        self.succeed("evaluate back --data data --predictions back.jsonl".split())
        questions, _ = self.questions()
        found, _ = answers(config, trained, questions)
        vocabulary = self.metadata["vocabulary"]
        with open(self.path("back.jsonl")) as file:
            lines = [json.loads(line)["answer"] for line in file]
        self.assertEqual(
            ["".join(vocabulary[token] for token in row) for row in found.tolist()], lines)
        self.assertEqual(len(lines), self.puzzles)

    def test_an_imported_run_resumes_and_goes_on_a_board(self):
        self.succeed(
            "weights import model.safetensors --agent hrm --data data --out imported".split())
        self.succeed("evaluate imported --data data --submit board.db".split())
        self.assertIn("imported", self.succeed("leaderboard show board.db".split()))
        self.succeed("train hrm --out imported --resume --steps 5".split())

    def test_what_does_not_fit_is_named(self):
        broken = dict(self.weights)
        name = "H_level.layers.0.self_attn.o_proj.weight"
        gate = "H_level.layers.0.mlp.gate_up_proj.weight"
        broken[gate] = broken[gate].T
        broken["extra.weight"] = broken.pop(name)
        pt.write_safetensors(self.path("broken.safetensors"), broken)
        result = self.run_program(
            "weights import broken.safetensors --agent hrm --data data --out broken "
            "--set heads=2".split())
        self.assertEqual(result.returncode, 1)
        for text in (f"{name} is missing", "transposed", "extra.weight is not known"):
            self.assertIn(text, result.stderr)
        self.assertFalse(os.path.exists(self.path("broken/config.json")))


if __name__ == "__main__":
    unittest.main()
