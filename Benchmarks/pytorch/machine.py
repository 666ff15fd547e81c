"""What a table of timings must say about where it was made."""

import os
import platform
import subprocess
from datetime import date
from pathlib import Path

import torch

ROOT = Path(__file__).resolve().parents[2]


def cores() -> int:
    """The processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def processor() -> str:
    """The processor's name and the instructions that matter to matrix products."""
    path = Path("/proc/cpuinfo")
    if not path.exists():
        return platform.processor() or platform.machine()
    fields = {}
    for line in path.read_text().splitlines():
        name, _, value = line.partition(":")
        fields.setdefault(name.strip(), value.strip())
    known = fields.get("flags", fields.get("Features", "")).split()
    wanted = ("avx2", "avx512f", "avx512_bf16", "amx_bf16", "asimd", "bf16")
    return f"{fields.get('model name', platform.machine())} ({', '.join(sorted(set(known) & set(wanted)))})"


def first_line(*command: str) -> str:
    """The first line that a command prints, or "unknown" where there is no such command."""
    try:
        run = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=True)
    except (OSError, subprocess.CalledProcessError):
        return "unknown"
    return next(iter(run.stdout.splitlines()), "unknown")


def description(threads: int) -> list[str]:
    """Lines for a report."""
    return [
        f"Machine: {processor()}, {threads} of {os.cpu_count()} threads, {platform.system()}",
        f"PyTorch {torch.__version__}, Python {platform.python_version()}",
        first_line("swift", "--version"),
    ]


def occasion() -> str:
    """When something is measured, and the commit that last changed the program."""
    commit = first_line("git", "log", "-1", "--format=%h", "--", "Sources")
    return f"{date.today().isoformat()}, {commit}"
