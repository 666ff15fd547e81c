"""The Tiny Recursive Model (arXiv 2510.04871) in plain PyTorch, beside ReasonGym's.

Shapes: B batch, S = P + T positions (P in front, then T cells), D hidden size, V vocabulary.
Weights are one dictionary, named as in the state dictionary of the authors' released
implementation, but that the halting head has one row: going on is not learned.
"""

from dataclasses import dataclass
from math import ceil, sqrt

import torch
import torch.nn.functional as F
from torch import Tensor

Weights = dict[str, Tensor]
IGNORED = -100


@dataclass(frozen=True)
class Config:
    """Sizes: `mixing` is attention or mlp, `cycles` T and `latent_updates` n of the paper."""

    cells: int
    vocabulary: int
    identifiers: int
    hidden: int
    heads: int
    expansion: float
    blocks: int
    cycles: int
    latent_updates: int
    puzzle_width: int
    mixing: str

    def __post_init__(self):
        if self.mixing not in ("attention", "mlp"):
            raise ValueError(f"mixing is {self.mixing}; expected attention or mlp")

    @property
    def prefix(self) -> int:
        return ceil(self.puzzle_width / self.hidden)

    @property
    def length(self) -> int:
        return self.prefix + self.cells

    def swiglu_width(self, inputs: int) -> int:
        return ceil(round(self.expansion * inputs * 2 / 3) / 256) * 256


def initial_weights(config: Config, generator: torch.Generator) -> Weights:
    """Random weights of every name and shape; also where training would begin with zeros."""

    def normal(*shape: int) -> Tensor:
        return torch.randn(shape, generator=generator) / sqrt(shape[-1])

    d, s = config.hidden, config.length
    m = config.swiglu_width(d)
    weights = {
        "embed_tokens.embedding_weight": normal(config.vocabulary, d),
        "lm_head.weight": normal(config.vocabulary, d),
        "q_head.weight": normal(1, d),
        "q_head.bias": normal(1),
        "H_init": normal(d) * sqrt(d),
        "L_init": normal(d) * sqrt(d),
        "puzzle_emb.weights": normal(config.identifiers, config.puzzle_width),
    }
    for block in range(config.blocks):
        name = f"L_level.layers.{block}"
        if config.mixing == "attention":
            weights[f"{name}.self_attn.qkv_proj.weight"] = normal(3 * d, d)
            weights[f"{name}.self_attn.o_proj.weight"] = normal(d, d)
        else:
            width = config.swiglu_width(s)
            weights[f"{name}.mlp_t.gate_up_proj.weight"] = normal(2 * width, s)
            weights[f"{name}.mlp_t.down_proj.weight"] = normal(s, width)
        weights[f"{name}.mlp.gate_up_proj.weight"] = normal(2 * m, d)
        weights[f"{name}.mlp.down_proj.weight"] = normal(d, m)
    return weights


def rms_norm(x: Tensor) -> Tensor:
    return x * torch.rsqrt(x.square().mean(-1, keepdim=True) + 1e-5)


def swiglu(x: Tensor, w: Weights, name: str) -> Tensor:
    gate, up = (x @ w[f"{name}.gate_up_proj.weight"].T).chunk(2, dim=-1)
    return (F.silu(gate) * up) @ w[f"{name}.down_proj.weight"].T


def attention(x: Tensor, w: Weights, name: str, heads: int) -> Tensor:
    """Full attention with rotary positions, two-halves convention, in the open."""
    b, s, d = x.shape
    size = d // heads
    q, k, v = (x @ w[f"{name}.qkv_proj.weight"].T).view(b, s, 3, heads, size).unbind(2)
    rates = 10_000.0 ** -(torch.arange(0, size, 2, dtype=torch.float32) / size)
    angles = torch.outer(torch.arange(s, dtype=torch.float32), rates)[None, :, None].to(x.dtype)

    def rotate(y: Tensor) -> Tensor:
        first, second = y.chunk(2, dim=-1)
        return torch.cat(
            (
                first * angles.cos() - second * angles.sin(),
                second * angles.cos() + first * angles.sin(),
            ),
            dim=-1,
        )

    scores = torch.einsum("bihc,bjhc->bhij", rotate(q), rotate(k)) / sqrt(size)
    mixed = torch.einsum("bhij,bjhc->bihc", scores.softmax(-1), v).reshape(b, s, d)
    return mixed @ w[f"{name}.o_proj.weight"].T


def network(x: Tensor, w: Weights, config: Config) -> Tensor:
    """The one network: post-norm blocks on [B, S, D]."""
    for block in range(config.blocks):
        name = f"L_level.layers.{block}"
        if config.mixing == "attention":
            x = rms_norm(x + attention(x, w, f"{name}.self_attn", config.heads))
        else:
            turned = x.transpose(1, 2)
            x = rms_norm(turned + swiglu(turned, w, f"{name}.mlp_t")).transpose(1, 2)
        x = rms_norm(x + swiglu(x, w, f"{name}.mlp"))
    return x


def embed(inputs: Tensor, identifiers: Tensor, w: Weights, config: Config) -> Tensor:
    """x [B, S, D]: puzzle embedding padded to whole positions, then the cells' tokens."""
    d = config.hidden
    rows = w["puzzle_emb.weights"][identifiers]
    padded = F.pad(rows, (0, config.prefix * d - config.puzzle_width))
    cells = w["embed_tokens.embedding_weight"][inputs]
    return sqrt(d) * torch.cat((padded.view(-1, config.prefix, d), cells), dim=1)


def segment(y: Tensor, z: Tensor, x: Tensor, w: Weights, config: Config) -> tuple[Tensor, Tensor]:
    """`cycles` cycles, of which the whole last one keeps its gradient."""
    for cycle in range(config.cycles):
        with torch.set_grad_enabled(torch.is_grad_enabled() and cycle == config.cycles - 1):
            for _ in range(config.latent_updates):
                z = network(z + y + x, w, config)
            y = network(y + z, w, config)
    return y, z


def start(x: Tensor, w: Weights) -> tuple[Tensor, Tensor]:
    return w["H_init"].expand_as(x), w["L_init"].expand_as(x)


def heads(y: Tensor, w: Weights, config: Config) -> tuple[Tensor, Tensor]:
    """The logits of the cells [B, T, V] and of "the answer is right" [B]."""
    halting = y[:, 0] @ w["q_head.weight"].T + w["q_head.bias"]
    return y[:, config.prefix :] @ w["lm_head.weight"].T, halting[:, 0]


def loss(logits: Tensor, halting: Tensor, labels: Tensor) -> Tensor:
    """Per example: stablemax cross-entropy of the labelled cells, half the halting head's."""
    asked = labels != IGNORED
    wide = logits.double()
    shares = torch.where(wide >= 0, wide.relu() + 1, 1 / (1 - wide.clamp(max=0)))
    scores = (shares / shares.sum(-1, keepdim=True)).log()
    picked = scores.gather(-1, labels.where(asked, 0)[..., None])[..., 0].where(asked, 0)
    cells = -picked.sum(-1) / asked.sum(-1)
    exact = ((logits.argmax(-1) == labels) | ~asked).all(-1)
    halt = F.binary_cross_entropy_with_logits(halting.double(), exact.double(), reduction="none")
    return (cells + 0.5 * halt).mean()
