"""A task of ReasonGym as a Gymnasium environment (pip install gymnasium numpy).

    from gymnasium_env import PuzzleEnv

    env = PuzzleEnv("sudoku-extreme", size=4)
    observation, info = env.reset(seed=1)
    observation, reward, terminated, truncated, info = env.step([cell, token])

The observation is the grid of tokens: the question, with what was written over it. An action writes a
token into a cell; with `whole=True` it is a whole answer, judged at once. The reward is 1 when the
task's verifier says that the puzzle is solved, and 0 else; nothing is paid for parts.
"""
import gymnasium
import numpy

from reasongym_task import Task


class PuzzleEnv(gymnasium.Env):
    metadata = {"render_modes": ["ansi"], "render_fps": 4}

    def __init__(self, task, rating=None, whole=False, most_steps=None, render_mode=None,
                 program="reasongym", **settings):
        self.task = Task(task, program=program, **settings)
        self.rating, self.whole, self.render_mode = rating, whole, render_mode
        self.most_steps = 1 if whole else most_steps or 4 * self.task.cells
        tokens, cells = len(self.task.vocabulary), self.task.cells
        self.observation_space = gymnasium.spaces.Box(
            0, tokens - 1, (self.task.rows, self.task.columns), numpy.uint8)
        self.action_space = gymnasium.spaces.MultiDiscrete(
            [tokens] * cells if whole else [cells, tokens])

    def reset(self, *, seed=None, options=None):
        super().reset(seed=seed)
        self.puzzle = self.task.generate(int(self.np_random.integers(2 ** 53)), self.rating)
        self.grid = numpy.array(self.task.tokens(self.puzzle["question"]), numpy.uint8)
        self.steps = 0
        told = {"rating": self.puzzle["rating"], "rules": self.task.rules}
        if "demonstrations" in self.puzzle:  # without which a question of ARC means nothing
            told["demonstrations"] = self.puzzle["demonstrations"]
        return self._seen(), told

    def step(self, action):
        if self.whole:
            self.grid[:] = action
        else:
            self.grid[int(action[0])] = int(action[1])
        self.steps += 1
        verdict = self.task.verify(self.puzzle["question"], self.task.text(self.grid),
                                   self.puzzle["answer"])
        solved = verdict["solved"]
        info = {"solved": solved, "problem": verdict["problem"] or "", **verdict["findings"]}
        over = solved or self.whole
        return self._seen(), float(solved), over, not over and self.steps >= self.most_steps, info

    def render(self):
        if self.render_mode == "ansi":
            return "\n".join(self.task.lines(self.task.text(self.grid)))

    def close(self):
        self.task.close()

    def _seen(self):
        return self.grid.reshape(self.task.rows, self.task.columns).copy()
