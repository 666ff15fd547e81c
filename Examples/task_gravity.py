"""A task in Python: stones fall to the bottom of their columns. Everything a task needs, here.

    reasongym dataset generate "exec:python3 Examples/task_gravity.py" --set size=6 \\
        --count train=1000,test=100 --seed 1 --out data/gravity
"""
import json
import random
import sys

VOCABULARY = "_.#"  # padding, air, stone
settings = {"size": 5}


def cells():
    return settings["size"] ** 2


def fall(question):
    size = settings["size"]
    columns = ["".join(sorted(question[c::size], key=".#".index)) for c in range(size)]
    return "".join(columns[i % size][i // size] for i in range(cells()))


def moved(question):
    return sum(a != b for a, b in zip(question, fall(question)))


def make(request):
    settings.update(request["settings"])
    return {"vocabulary": VOCABULARY, "rows": settings["size"], "columns": settings["size"],
            "rules": "Every stone falls until it lies on the ground or on another stone of its "
                     "column. The answer shows where the stones are then.",
            "legend": [{"symbols": ".", "meaning": "air"}, {"symbols": "#", "meaning": "a stone"}],
            "levels": [{"name": "light", "least": 0, "most": cells() // 3},
                       {"name": "heavy", "least": cells() // 3, "most": cells()}]}


def generate(request):
    chance = random.Random(request["seed"])  # all that is random comes from the seed
    least, most = request["rating"] or (0, cells())
    for _ in range(1000):
        density = chance.random()
        question = "".join(".#"[chance.random() < density] for _ in range(cells()))
        if least <= moved(question) <= most:
            return {"question": question, "answer": fall(question), "rating": moved(question)}
    return {"error": f"no puzzle of rating {least} to {most} in 1000 tries"}


def verify(request):
    question, answer, size = request["question"], request["answer"], settings["size"]
    kept = all(sorted(question[c::size]) == sorted(answer[c::size]) for c in range(size))
    above = [i for i in range(cells() - size) if answer[i] == "#" and answer[i + size] == "."]
    problem = None if kept and not above else "a stone hangs in the air" if kept else \
        "stones were lost or made"
    return {"solved": problem is None, "problem": problem, "cells": above,
            "findings": {"kept": kept, "fallen": not above}}


def solve(request):
    return {"solution": "unique", "answer": fall(request["question"])}


def draw(request):
    shown = request["answer"] or request["question"]
    return {"texts": [{".": "·", "#": "●"}.get(cell, "?") for cell in shown],
            "roles": ["wall" if cell == "#" else "blank" for cell in shown]}


json.loads(sys.stdin.readline())
print(json.dumps({
    "protocol": "reasongym-task", "version": 1, "id": "gravity@1", "can": ["solve", "draw"],
    "findings": ["kept", "fallen"],
    "summary": "let the stones fall to the bottom of their columns",
    "settings": [{"name": "size", "summary": "rows and columns", "kind": "integer",
                  "default": 5, "least": 2, "most": 16}]}), flush=True)
for line in sys.stdin:
    request = json.loads(line)
    reply = {"make": make, "generate": generate, "verify": verify, "solve": solve,
             "draw": draw}[request["do"]](request)
    print(json.dumps({"id": request["id"], **reply}), flush=True)
