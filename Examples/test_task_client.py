"""The client, the Gymnasium environment and the reward function, on the real program."""
import os
import signal
import sys
import time
import unittest
import warnings
from concurrent.futures import ThreadPoolExecutor

from testing import ROOT, ProgramTests, package

sys.path.insert(0, os.path.join(ROOT, "Examples", "python"))
from reasongym_task import Task, TaskError  # noqa: E402
from verifiers_reward import Puzzles  # noqa: E402


class TaskTests(ProgramTests):
    def test_a_puzzle_is_generated_solved_and_judged(self):
        with Task("sudoku-extreme", program=self.program, size=4) as task:
            self.assertEqual((task.id, task.rows, task.columns), ("sudoku-extreme@1", 4, 4))
            puzzle = task.generate(seed=7)
            self.assertEqual(puzzle, task.generate(seed=7))
            self.assertNotEqual(puzzle["question"], task.generate(seed=8)["question"])
            self.assertEqual(task.solve(puzzle["question"]), puzzle["answer"])
            self.assertTrue(task.verify(puzzle["question"], puzzle["answer"])["solved"])
            wrong = task.verify(puzzle["question"], "1" * 16)
            self.assertFalse(wrong["solved"])
            self.assertTrue(wrong["problem"])
            self.assertEqual(len(task.draw(puzzle["question"])), 4)
            self.assertEqual(task.text(task.tokens("12.4")), "12.4")
            self.assertIn("box", task.rules + str(task.legend))

    def test_batches_are_the_single_requests(self):
        with Task("lights-out", program=self.program, batch=100, size=3) as task:
            many = task.generate_many(range(250))
            self.assertEqual(many[:5] + many[-1:], [task.generate(s) for s in [0, 1, 2, 3, 4, 249]])
            triples = [(p["question"], a, p["answer"]) for p in many
                       for a in (p["answer"], many[0]["answer"])]
            judged = task.verify_many(triples)
            self.assertEqual(judged[:6], [task.verify(*triple) for triple in triples[:6]])
            self.assertTrue(all(verdict["solved"] for verdict in judged[::2]))

    def test_any_answer_is_judged_and_wrong_requests_say_why(self):
        with Task("maze-hard", program=self.program, size=8) as task:
            question = task.generate(1, rating=None)["question"]
            for answer in ["", "?", "é" * 64, "#" * 64, "o" * 1000]:
                self.assertFalse(task.verify(question, answer)["solved"])
            with self.assertRaisesRegex(TaskError, "64"):
                task.verify("###", "")
            with self.assertRaisesRegex(TaskError, "seed"):
                task.generate(-1)
        with self.assertRaises(TaskError):
            task.generate(1)
        with self.assertRaisesRegex(TaskError, "size"):
            Task("sudoku-extreme", program=self.program, size=5)
        with self.assertRaises(TaskError):
            Task("sudoku-extreme", program="/no/such/program")

    def test_a_program_that_ended_or_is_another_says_so(self):
        with self.assertRaisesRegex(TaskError, "ended"):
            with Task("sudoku-extreme", program=self.program, size=4) as task:
                process = task.process
                process.kill()
                process.wait()
                task.generate(1)
        self.assertIsNone(task.process)
        self.assertTrue(process.stdout.closed)
        for reply, reason in (("hello", "does not answer as a task: b'hello"),
                              ('{"version": 1}', "is no reasongym that speaks version 2")):
            other = self.path("another program")
            with open(other, "w") as file:
                file.write(f"#!/bin/sh\nread -r line\necho '{reply}'\n")
            os.chmod(other, 0o755)
            with self.assertRaisesRegex(TaskError, reason):
                Task("sudoku-extreme", program=other)

    def test_no_request_gets_the_reply_to_one_that_was_interrupted(self):
        def interrupt(*_):
            raise KeyboardInterrupt

        before = signal.signal(signal.SIGALRM, interrupt)
        self.addCleanup(signal.signal, signal.SIGALRM, before)
        with Task("sudoku-extreme", program=self.program, batch=20_000) as task:
            signal.setitimer(signal.ITIMER_REAL, 0.2)
            start = time.monotonic()
            with self.assertRaises(KeyboardInterrupt):
                task.generate_many(range(20_000))
            self.assertLess(time.monotonic() - start, 5)
            with self.assertRaisesRegex(TaskError, "interruption"):
                task.generate(5)

    def test_threads_take_turns(self):
        with Task("lights-out", program=self.program, size=3) as task:
            alone = [task.generate(seed) for seed in range(200)]
            with ThreadPoolExecutor(8) as pool:
                self.assertEqual(list(pool.map(task.generate, range(200))), alone)

    def test_a_forked_process_needs_a_task_of_its_own(self):
        with Task("lights-out", program=self.program, size=3) as task:
            child = os.fork()
            if child == 0:
                try:
                    task.generate(1)
                except TaskError as error:
                    task.close()  # its own ends alone
                    os._exit("belongs to the process that made it" in str(error))
                os._exit(2)
            self.assertEqual(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), 1)
            self.assertEqual(task.generate(1), task.generate(1))

    def test_ratings_are_met(self):
        with Task("sudoku-extreme", program=self.program) as task:
            self.assertGreaterEqual(task.generate(3, rating=(3, 10))["rating"], 3)

    def test_arc_comes_with_its_demonstrations(self):
        puzzles = Puzzles("arc", program=self.program)
        row = puzzles.rows(1, seed=5)[0]
        self.assertIn("Example 2:", row["prompt"][0]["content"])
        self.assertEqual(puzzles.solved(puzzles.grid(row["answer"]), row["answer"], row["info"]), 1.0)

    def test_a_hundred_thousand_verdicts(self):
        with Task("sudoku-extreme", program=self.program, size=4) as task:
            puzzles = task.generate_many(range(2000))
            triples = [(p["question"], p["answer"], p["answer"]) for p in puzzles] * 10
            start = time.monotonic()
            self.assertTrue(all(verdict["solved"] for verdict in task.verify_many(triples)))
            print(f"{len(triples) / (time.monotonic() - start):.0f} verdicts a second", end=" ")


class RewardTests(ProgramTests):
    def test_the_reward_is_exact(self):
        puzzles = Puzzles("sudoku-extreme", program=self.program, size=4)
        rows = puzzles.rows(3, seed=1)
        self.assertEqual(rows, puzzles.rows(3, seed=1))
        self.assertIn("every row", rows[0]["prompt"][0]["content"].replace("each row", "every row"))
        for row in rows:
            right = "I think\n```\n" + puzzles.grid(row["answer"]) + "\n```\nis it."
            reply = [{"role": "assistant", "content": right}]
            self.assertEqual(puzzles.solved(reply, row["answer"], info=row["info"], state={}), 1.0)
            parts = [{"role": "assistant", "content": [{"type": "text", "text": right}]}]
            self.assertEqual(puzzles.solved(parts, row["answer"], info=row["info"]), 1.0)
            for wrong in ["", "no", right.replace("1", "2"), row["answer"], None, [],
                          [{"role": "assistant"}], [{"role": "assistant", "content": None}]]:
                self.assertEqual(puzzles.solved(wrong, row["answer"], info=row["info"]), 0.0)


class GymnasiumTests(ProgramTests):
    @classmethod
    def setUpClass(cls):
        package("gymnasium")
        super().setUpClass()

    def environment(self, **options):
        from gymnasium_env import PuzzleEnv
        environment = PuzzleEnv("sudoku-extreme", program=self.program, size=4, **options)
        self.addCleanup(environment.close)
        return environment

    def test_check_env_finds_nothing(self):
        from gymnasium.utils.env_checker import check_env
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            warnings.filterwarnings("ignore", message=".*render.*|.*spec.*")
            check_env(self.environment(render_mode="ansi"), skip_render_check=False)
            check_env(self.environment(whole=True), skip_render_check=True)

    def test_writing_the_answer_ends_with_a_reward_of_one(self):
        environment = self.environment()
        grid, info = environment.reset(seed=1)
        answer = environment.task.tokens(environment.puzzle["answer"])
        total = 0
        for cell, token in enumerate(answer):
            if grid.flat[cell] == token:
                continue
            grid, reward, terminated, truncated, info = environment.step([cell, token])
            total += reward
        self.assertTrue(terminated and info["solved"] and not truncated)
        self.assertEqual(total, 1)

    def test_demonstrations_are_told(self):
        from gymnasium_env import PuzzleEnv
        environment = PuzzleEnv("arc", program=self.program, whole=True)
        self.addCleanup(environment.close)
        told = environment.reset(seed=1)[1]["demonstrations"]
        self.assertGreater(len(told), 1)
        self.assertEqual(len(told[0]["answer"]), environment.task.cells)

    def test_a_whole_answer_is_judged_at_once(self):
        environment = self.environment(whole=True)
        environment.reset(seed=2)
        answer = environment.task.tokens(environment.puzzle["answer"])
        self.assertEqual(environment.step(answer)[1:3], (1.0, True))
        environment.reset(seed=2)
        self.assertEqual(environment.step([2] * 16)[1:3], (0.0, True))


if __name__ == "__main__":
    unittest.main()
