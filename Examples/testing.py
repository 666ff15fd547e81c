"""What the examples' tests share: the program, and plain words where something is missing.

    python3 -m unittest discover -s Examples

The program is $REASONGYM, or .build/release/reasongym of this checkout.
"""

import importlib
import os
import subprocess
import tempfile
import unittest

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def package(name):
    """A Python package; a module's tests are skipped where it is missing."""
    try:
        return importlib.import_module(name)
    except ImportError as error:
        raise unittest.SkipTest(
            f"The Python package {name} is not installed, so these tests were not run ({error})."
        ) from None


class ProgramTests(unittest.TestCase):
    """Tests that run the program in a temporary folder, with a small dataset in `data`."""

    tiny = (
        "hidden=64 heads=2 high-blocks=2 low-blocks=1 batch=16 max-segments=4 warmup-steps=2".split()
    )

    puzzles = 100  # to test with

    @classmethod
    def setUpClass(cls):
        cls.program = os.environ.get("REASONGYM") or os.path.join(ROOT, ".build/release/reasongym")
        if not os.access(cls.program, os.X_OK):
            raise unittest.SkipTest(
                f"There is no program at {cls.program}, so these tests were not run: make build."
            )
        cls.program = os.path.abspath(cls.program)
        cls.temporary = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.temporary.cleanup)
        cls.folder = cls.temporary.name
        cls.succeed(
            "dataset generate sudoku-extreme --set size=6 --seed 1 --disjoint --out data "
            f"--count train=200,validation=20,test={cls.puzzles}".split()
        )

    @classmethod
    def run_program(cls, arguments):
        """Runs the program to its end; the result has returncode, stdout and stderr."""
        return subprocess.run(
            [cls.program, *arguments], cwd=cls.folder, capture_output=True, text=True
        )

    @classmethod
    def succeed(cls, arguments):
        """Runs the program, which has to succeed; returns what it printed."""
        result = cls.run_program(arguments)
        if result.returncode != 0:
            raise AssertionError(f"{' '.join(arguments)}: {result.stderr}")
        return result.stdout

    @classmethod
    def path(cls, name):
        """A file in the temporary folder."""
        return os.path.join(cls.folder, name)
