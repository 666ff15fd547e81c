"""The deep thinking network with recall (arXiv 2202.05826) in plain PyTorch, beside ReasonGym's.

Shapes: B batch, T cells, D channels, V vocabulary. Weights are one dictionary; a convolution's are
[out, 9 · in], the nine rows of a neighborhood from the upper left to the lower right.
"""

from dataclasses import dataclass
from math import sqrt

import torch
import torch.nn.functional as F
from torch import Tensor

from trm import Weights, rms_norm


@dataclass(frozen=True)
class Config:
    """Sizes; `ending` is norm or relu."""

    rows: int
    columns: int
    vocabulary: int
    hidden: int
    blocks: int
    iterations: int
    ending: str

    @property
    def cells(self) -> int:
        return self.rows * self.columns


def initial_weights(config: Config, generator: torch.Generator) -> Weights:
    """Random weights of every name and shape; also where training would begin with zeros."""

    def normal(*shape: int) -> Tensor:
        return torch.randn(shape, generator=generator) / sqrt(shape[-1])

    d = config.hidden
    weights = {
        "embed_tokens.embedding_weight": normal(config.vocabulary, d),
        "lm_head.weight": normal(config.vocabulary, d),
        "q_head.weight": normal(1, d),
        "q_head.bias": normal(1),
        "z_init": normal(d) * sqrt(d),
        "recur.state.weight": normal(d, 9 * d),
        "recur.recall.weight": normal(d, 9 * d),
    }
    for block in range(config.blocks):
        for part in ("conv1", "conv2"):
            weights[f"recur.blocks.{block}.{part}.weight"] = normal(d, 9 * d)
    return weights


def convolution(x: Tensor, w: Tensor, config: Config) -> Tensor:
    """x [B, T, in] → [B, T, out], zeros beyond the border."""
    image = x.transpose(1, 2).unflatten(2, (config.rows, config.columns))
    kernel = w.view(w.shape[0], 3, 3, -1).permute(0, 3, 1, 2)
    return F.conv2d(image, kernel, padding=1).flatten(2).transpose(1, 2)


def iteration(z: Tensor, x: Tensor, w: Weights, config: Config) -> Tensor:
    """The state and, again, the question; then residual blocks."""
    both = torch.cat((z, x), dim=2)
    size = z.shape[2]
    joined = torch.cat(
        (
            w["recur.state.weight"].view(size, 9, size),
            w["recur.recall.weight"].view(size, 9, size),
        ),
        dim=2,
    ).flatten(1)
    h = convolution(both, joined, config)
    for block in range(config.blocks):
        name = f"recur.blocks.{block}"
        inner = convolution(h, w[f"{name}.conv1.weight"], config).relu()
        total = h + convolution(inner, w[f"{name}.conv2.weight"], config)
        h = rms_norm(total) if config.ending == "norm" else total.relu()
    return h


def embed(inputs: Tensor, w: Weights, config: Config) -> Tensor:
    return sqrt(config.hidden) * w["embed_tokens.embedding_weight"][inputs]


def segment(z: Tensor, x: Tensor, w: Weights, config: Config) -> Tensor:
    for _ in range(config.iterations):
        z = iteration(z, x, w, config)
    return z


def heads(z: Tensor, w: Weights) -> tuple[Tensor, Tensor]:
    """The logits of the cells [B, T, V] and of "the answer is right" [B]."""
    halting = z[:, 0] @ w["q_head.weight"].T + w["q_head.bias"]
    return z @ w["lm_head.weight"].T, halting[:, 0]
