"""Answers every question with the question: the least that an agent can be.

    reasongym evaluate "exec:python3 Examples/agent_copy.py" --data data/sudoku
"""
import json
import sys

sys.stdin.readline()  # the greeting: task, vocabulary, grid
print(json.dumps({"protocol": "reasongym-agent", "version": 1, "name": "copy"}), flush=True)
for line in sys.stdin:
    for asked in json.loads(line)["questions"]:
        print(json.dumps({"id": asked["id"], "answer": asked["question"]}), flush=True)
