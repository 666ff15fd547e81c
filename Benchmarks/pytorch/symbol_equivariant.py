"""The Symbol-Equivariant Recurrent Reasoning Model (arXiv 2603.02193) in plain PyTorch, as
ReasonGym arranges it: a channel for what all symbols share, then one per exchangeable token.

Shapes: B batch, C channels, S = P + T positions (P in front, then T cells), D hidden size,
V vocabulary. Weights are one dictionary.
"""

from dataclasses import dataclass
from math import ceil, sqrt

import torch
import torch.nn.functional as F
from torch import Tensor

from trm import Weights, rms_norm


@dataclass(frozen=True)
class Config:
    """Sizes; `exchangeable` tokens have a channel each. `recursion`: one-state or two-states."""

    rows: int
    columns: int
    vocabulary: int
    exchangeable: tuple[int, ...]
    identifiers: int
    hidden: int
    heads: int
    expansion: float
    blocks: int
    cycles: int
    updates: int
    puzzle_width: int
    rotary_base: float
    recursion: str

    @property
    def cells(self) -> int:
        return self.rows * self.columns

    @property
    def prefix(self) -> int:
        return ceil(self.puzzle_width / self.hidden)

    @property
    def channels(self) -> int:
        return 1 + len(self.exchangeable)

    @property
    def others(self) -> list[int]:
        return [token for token in range(self.vocabulary) if token not in self.exchangeable]

    @property
    def swiglu_width(self) -> int:
        return ceil(round(self.expansion * self.hidden * 2 / 3) / self.hidden) * self.hidden

    @property
    def states(self) -> tuple[str, ...]:
        return ("Z_init",) if self.recursion == "one-state" else ("H_init", "L_init")


def initial_weights(config: Config, generator: torch.Generator) -> Weights:
    """Random weights of every name and shape; also where training would begin with zeros."""

    def normal(*shape: int) -> Tensor:
        return torch.randn(shape, generator=generator) / sqrt(shape[-1])

    d, m, n = config.hidden, config.swiglu_width, len(config.others)
    weights = {
        "embed_tokens.embedding_weight": normal(3 + 2 * n, d),
        "embed_prefix.embedding_weight": normal(config.prefix, d),
        "lm_head.weight": normal(1 + n, d),
        "q_head.weight": normal(1, d),
        "q_head.bias": normal(1),
        "puzzle_emb.weights": normal(config.identifiers, config.channels * config.puzzle_width),
    }
    weights |= {name: normal(d) * sqrt(d) for name in config.states}
    for block in range(config.blocks):
        name = f"L_level.layers.{block}"
        for attention in ("attn", "attn_t"):
            weights[f"{name}.{attention}.qkv_proj.weight"] = normal(3 * d, d)
            weights[f"{name}.{attention}.o_proj.weight"] = normal(d, d)
        weights[f"{name}.mlp.gate_up_proj.weight"] = normal(2 * m, d)
        weights[f"{name}.mlp.down_proj.weight"] = normal(d, m)
    return weights


def angles(config: Config) -> Tensor:
    """[S, size / 2]: the first half turns with the row, the second with the column."""
    size = config.hidden // config.heads
    rates = config.rotary_base ** -(torch.arange(size // 4) / (size // 4))
    cells = torch.arange(config.cells)
    turned = torch.cat(
        (
            torch.outer((cells // config.columns).float(), rates),
            torch.outer((cells % config.columns).float(), rates),
        ),
        dim=1,
    )
    return torch.cat((torch.zeros(config.prefix, size // 2), turned))


def attention(x: Tensor, w: Weights, name: str, heads: int, turn: Tensor | None) -> Tensor:
    """Attention over the last axis but one of [.., n, D], in the open."""
    *axes, n, d = x.shape
    size = d // heads
    q, k, v = (x @ w[f"{name}.qkv_proj.weight"].T).view(*axes, n, 3, heads, size).unbind(-3)

    def rotate(y: Tensor) -> Tensor:
        if turn is None:
            return y
        first, second = y.chunk(2, dim=-1)
        cosine, sine = turn.cos()[:, None], turn.sin()[:, None]
        return torch.cat((first * cosine - second * sine, second * cosine + first * sine), dim=-1)

    scores = torch.einsum("...ihc,...jhc->...hij", rotate(q), rotate(k)) / sqrt(size)
    mixed = torch.einsum("...hij,...jhc->...ihc", scores.softmax(-1), v)
    return mixed.reshape(*axes, n, d) @ w[f"{name}.o_proj.weight"].T


def network(x: Tensor, w: Weights, config: Config) -> Tensor:
    """Post-norm blocks on [B, C, S, D]: attention over positions, over symbols, SwiGLU."""
    turn = angles(config)
    for block in range(config.blocks):
        name = f"L_level.layers.{block}"
        x = rms_norm(x + attention(x, w, f"{name}.attn", config.heads, turn))
        across = attention(x.transpose(1, 2), w, f"{name}.attn_t", config.heads, None)
        x = rms_norm(x + across.transpose(1, 2))
        gate, up = (x @ w[f"{name}.mlp.gate_up_proj.weight"].T).chunk(2, dim=-1)
        x = rms_norm(x + (F.silu(gate) * up) @ w[f"{name}.mlp.down_proj.weight"].T)
    return x


def embed(inputs: Tensor, identifiers: Tensor, w: Weights, config: Config) -> Tensor:
    """x [B, C, S, D]: what a cell's token means in each channel."""
    d, others = config.hidden, config.others
    table = w["embed_tokens.embedding_weight"]
    itself, another, symbol = table[0], table[1], table[2 + len(others)]
    channels = []
    for channel in range(config.channels):
        cells = torch.zeros(*inputs.shape, d)
        for token in range(config.vocabulary):
            if token in others:
                row = others.index(token) + (2 if channel > 0 else 3 + len(others))
                meaning = table[row]
            elif channel == 0:
                meaning = symbol
            else:
                meaning = itself if config.exchangeable[channel - 1] == token else another
            cells = torch.where((inputs == token)[..., None], meaning, cells)
        channels.append(cells)
    rows = w["puzzle_emb.weights"][identifiers].view(-1, config.channels, config.puzzle_width)
    padded = F.pad(rows, (0, config.prefix * d - config.puzzle_width))
    prefix = padded.view(-1, config.channels, config.prefix, d) + w["embed_prefix.embedding_weight"]
    return sqrt(d) * torch.cat((prefix, torch.stack(channels, dim=1)), dim=2)


def segment(states: list[Tensor], x: Tensor, w: Weights, config: Config) -> list[Tensor]:
    """`cycles` cycles, of which the whole last one keeps its gradient."""
    for cycle in range(config.cycles):
        with torch.set_grad_enabled(torch.is_grad_enabled() and cycle == config.cycles - 1):
            for _ in range(config.updates):
                if config.recursion == "one-state":
                    states = [network(states[0] + x, w, config)]
                else:
                    states = [states[0], network(states[1] + states[0] + x, w, config)]
            if config.recursion == "two-states":
                states = [network(states[0] + states[1], w, config), states[1]]
    return states


def start(x: Tensor, w: Weights, config: Config) -> list[Tensor]:
    return [w[name].expand_as(x) for name in config.states]


def heads(z: Tensor, w: Weights, config: Config) -> tuple[Tensor, Tensor]:
    """The logits of the cells [B, T, V] and of "the answer is right" [B]."""
    halting = z[:, 0, 0] @ w["q_head.weight"].T + w["q_head.bias"]
    cells = z[:, :, config.prefix :]
    own = cells @ w["lm_head.weight"][0]
    plain = cells[:, 0] @ w["lm_head.weight"][1:].T
    logits = []
    for token in range(config.vocabulary):
        if token in config.others:
            logits.append(plain[..., config.others.index(token)])
        else:
            logits.append(own[:, 1 + config.exchangeable.index(token)])
    return torch.stack(logits, dim=-1), halting[:, 0]
