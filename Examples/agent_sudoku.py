"""Solves Sudoku of any size by backtracking: a whole agent for ReasonGym.

    reasongym evaluate "exec:python3 Examples/agent_sudoku.py" --data data/sudoku
"""
import json
import math
import sys


def solve(cells, size):
    """Cells as digits from 0, -1 for a blank; the same filled, or None where that is impossible."""
    high = next(h for h in range(math.isqrt(size), 0, -1) if size % h == 0)
    wide = size // high
    units = [(c // size, size + c % size, 2 * size + c // size // high * high + c % size // wide)
             for c in range(size * size)]
    free = [(1 << size) - 1] * (3 * size)  # the digits that each row, column and box still lacks

    def candidates(cell):
        row, column, box = units[cell]
        return free[row] & free[column] & free[box]

    def toggle(cell, bit):
        for unit in units[cell]:
            free[unit] ^= bit

    for cell, digit in enumerate(cells):
        if digit >= 0:
            if not candidates(cell) >> digit & 1:
                return None
            toggle(cell, 1 << digit)
    blanks = [cell for cell, digit in enumerate(cells) if digit < 0]

    def search():
        if not blanks:
            return True
        cell = min(blanks, key=lambda blank: bin(candidates(blank)).count("1"))
        blanks.remove(cell)
        for digit in range(size):
            if candidates(cell) >> digit & 1:
                toggle(cell, 1 << digit)
                cells[cell] = digit
                if search():
                    return True
                toggle(cell, 1 << digit)
        blanks.append(cell)
        return False

    return cells if search() else None


task = json.loads(sys.stdin.readline())
digits = task["vocabulary"][2:]  # before them: padding and the blank
greeting = {"protocol": "reasongym-agent", "version": 1, "name": "backtracking", "uses-rules": True}
print(json.dumps(greeting), flush=True)
for line in sys.stdin:
    for asked in json.loads(line)["questions"]:
        solved = solve([digits.find(character) for character in asked["question"]], task["rows"])
        answer = solved and "".join(digits[digit] for digit in solved)
        print(json.dumps({"id": asked["id"], "answer": answer}), flush=True)
