#!/usr/bin/env python3
"""Writes Fixtures/statistics/figures.json: what scipy and statsmodels say.

    pip install scipy statsmodels
    python3 Scripts/statistics-fixture.py
"""
import json
import math
import pathlib
import random

import scipy
import statsmodels
from scipy import stats
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import proportion_confint

random.seed(6)


def wilson():
    cases = [(0, 1), (1, 1), (0, 10), (8, 10), (10, 10), (450, 1000), (1, 10000), (9999, 10000),
             (55, 100), (317, 422786), (422786, 422786), (500000, 1000000)]
    for solved, count in cases:
        for confidence in (0.9, 0.95, 0.99):
            low, high = proportion_confint(solved, count, alpha=1 - confidence, method="wilson")
            yield {"solved": solved, "count": count, "confidence": confidence,
                   "low": float(low), "high": float(high)}


def mcnemars():
    cases = [(0, 0), (0, 1), (1, 1), (0, 5), (3, 9), (5, 15), (10, 12), (7, 8), (0, 1000), (25, 60),
             (1, 40), (100, 180), (400, 600), (4800, 5200), (4990, 5010), (2500, 7500),
             (10, 5000), (0, 1070), (49000, 51000), (499000, 501000), (123, 9877), (15, 16), (16, 16)]
    cases += [(random.randint(0, 40), random.randint(0, 40)) for _ in range(30)]
    cases += [(random.randint(200, 900), random.randint(200, 900)) for _ in range(30)]
    for wins, losses in cases:
        p = float(mcnemar([[0, wins], [losses, 0]], exact=True).pvalue)
        fewer, count = min(wins, losses), wins + losses
        log_p = min(0.0, math.log(2) + float(stats.binom.logcdf(fewer, count, 0.5)))
        if not math.isfinite(log_p):
            # Where p is too small for a double, whole numbers say it exactly.
            tail = sum(math.comb(count, heads) for heads in range(fewer + 1))
            log_p = math.log(tail) - (count - 1) * math.log(2)
        yield {"wins": wins, "losses": losses, "p": min(1.0, p), "logP": log_p}


def holm():
    lists = [[0.5], [0.01, 0.04, 0.03, 0.005], [0.02, 0.02, 0.02], [0, 1, 1e-300, 0.049],
             [random.random() ** 4 for _ in range(200)]]
    for values in lists:
        yield {"p": values, "adjusted": [float(p) for p in multipletests(values, method="holm")[1]]}


def samples():
    lists = [[0.5, 0.5], [0.91, 0.93, 0.9], [1e9 + 1, 1e9 + 2, 1e9 + 4], [1, 2, 3, 4, 5, 6, 7, 8.5],
             [random.gauss(0.6, 0.02) for _ in range(30)], [random.random() for _ in range(60)]]
    for values in lists:
        mean, deviation = float(sum(values) / len(values)), float(stats.tstd(values))
        for confidence in (0.9, 0.95, 0.999):
            half = float(stats.t.ppf(0.5 + confidence / 2, len(values) - 1)) * deviation / len(values) ** 0.5
            yield {"values": values, "confidence": confidence, "mean": mean,
                   "deviation": deviation, "half": half}


def quantiles():
    for p in (1e-300, 1e-12, 1e-4, 0.025, 0.3, 0.5, 0.7, 0.95, 0.975, 0.999, 1 - 1e-9):
        yield {"p": p, "normal": float(stats.norm.ppf(p)),
               "t": {str(n): float(stats.t.ppf(p, n)) for n in (1, 2, 3, 9, 30, 1000) if p > 1e-15}}


target = pathlib.Path(__file__).resolve().parent.parent / "Fixtures" / "statistics" / "figures.json"
figures = {"scipy": scipy.__version__, "statsmodels": statsmodels.__version__,
           "wilson": list(wilson()), "mcnemar": list(mcnemars()), "holm": list(holm()),
           "samples": list(samples()), "quantiles": list(quantiles())}
lines = [f"{json.dumps(name)}: " + (json.dumps(value) if isinstance(value, str) else
         "[\n  " + ",\n  ".join(json.dumps(item) for item in value) + "\n]")
         for name, value in figures.items()]
target.parent.mkdir(parents=True, exist_ok=True)
target.write_text("{\n" + ",\n".join(lines) + "\n}\n")
