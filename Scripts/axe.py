"""axe-core, the accessibility checker, for Scripts/browser-test.py; kept outside this repository.

The script is taken from the file that AXE names, or out of the PyPI package axe-playwright-python,
which pip downloads once into ~/.cache/reasongym; without either there is none.
"""
import os
import subprocess
import sys
import zipfile
from pathlib import Path

PACKAGE = "axe-playwright-python"
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "reasongym/axe"

# What the page violates, as "rule (impact): where": WCAG 2 at levels A and AA, and axe's best practices.
RUN = """axe.run(document, {preload: false, resultTypes: ["violations"]}).then((result) => result.violations.map((rule) =>
  `${rule.id} (${rule.impact}), ${rule.nodes.length} times: ${rule.help}: ${rule.nodes[0].target.join(" ")}`))"""


def source():
    """The text of axe-core; None, with a line that says why, if it cannot be had."""
    if "AXE" in os.environ:
        return Path(os.environ["AXE"]).read_text()
    wheels = list(CACHE.glob("*.whl"))
    if not wheels:
        done = subprocess.run(
            [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", CACHE, PACKAGE],
            capture_output=True, text=True)
        wheels = list(CACHE.glob("*.whl"))
        if not wheels:
            print(f"axe-core is not here and {PACKAGE} cannot be downloaded, so its rules are not checked: "
                  + (done.stderr.strip().splitlines() or ["no reason given"])[-1])
            return None
    with zipfile.ZipFile(wheels[-1]) as wheel:
        name = next(name for name in wheel.namelist() if name.endswith("axe.min.js"))
        return wheel.read(name).decode()
