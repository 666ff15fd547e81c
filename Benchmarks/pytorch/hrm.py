"""The Hierarchical Reasoning Model (arXiv 2506.21734) in plain PyTorch, beside ReasonGym's.

Model, loss and halting are what ReasonGym's engine computes, number for number
(check_parity.py). Shapes: B batch, S = P + T positions (P of the puzzle embedding, then T cells),
D hidden size, h heads, m width of SwiGLU, V vocabulary, e width of the puzzle embedding. Weights
are one dictionary, named as in the state dictionary of the authors' released implementation.
"""

from dataclasses import dataclass, field
from math import ceil, sqrt

import torch
import torch.nn.functional as F
from torch import Tensor

Weights = dict[str, Tensor]
IGNORED = -100


@dataclass(frozen=True)
class Optimizer:
    """Settings of AdamATan2 or sign-SGD; the rate is constant (a warm-up changes one number)."""

    lr: float
    weight_decay: float
    beta1: float = 0.9
    beta2: float = 0.95
    name: str = ""


@dataclass(frozen=True)
class Config:
    """Sizes and settings, named as in a recording's config.json."""

    batch_size: int
    seq_len: int
    vocab_size: int
    hidden_size: int
    num_heads: int
    H_layers: int
    L_layers: int
    puzzle_emb_ndim: int
    H_cycles: int = 2
    L_cycles: int = 2
    num_puzzle_identifiers: int = 1
    expansion: float = 4
    pos_encodings: str = "rope"
    halt_max_steps: int = 16
    halt_exploration_prob: float = 0.1
    forward_dtype: str = "float32"
    loss: str = "stablemax_cross_entropy"
    optimizer: Optimizer = field(default=Optimizer(lr=1e-4, weight_decay=1))
    puzzle_embedding_optimizer: Optimizer = field(default=Optimizer(lr=1e-4, weight_decay=1))

    def __post_init__(self):
        if self.pos_encodings not in ("rope", "learned"):
            raise ValueError(f"pos_encodings is {self.pos_encodings}; expected rope or learned")
        if self.loss not in ("stablemax_cross_entropy", "softmax_cross_entropy"):
            raise ValueError(f"loss is {self.loss}; expected (stablemax|softmax)_cross_entropy")

    @staticmethod
    def of(document: dict) -> "Config":
        """The configuration that a recording's config.json states."""
        return Config(
            **document["model"],
            loss=document["loss"],
            optimizer=Optimizer(**document["optimizer"]),
            puzzle_embedding_optimizer=Optimizer(**document["puzzle_embedding_optimizer"]),
        )

    @property
    def dtype(self) -> torch.dtype:
        """Of activations, and of weights inside products; weights are kept in f32."""
        return {"float32": torch.float32, "bfloat16": torch.bfloat16}[self.forward_dtype]

    @property
    def prefix(self) -> int:
        """P, the positions that hold the puzzle embedding."""
        return ceil(self.puzzle_emb_ndim / self.hidden_size)

    @property
    def length(self) -> int:
        """S = P + T."""
        return self.prefix + self.seq_len

    @property
    def swiglu_width(self) -> int:
        """m: expansion · D · 2/3, rounded up to a multiple of 256."""
        return ceil(round(self.expansion * self.hidden_size * 2 / 3) / 256) * 256


def initial_weights(config: Config, generator: torch.Generator) -> Weights:
    """Fresh weights: truncated normal, LeCun for the matrices, a Q head that says "continue"."""

    def normal(*shape: int, std: float) -> Tensor:
        # A unit normal cut at ±2 has the deviation 0.8796.
        values = torch.empty(shape)
        torch.nn.init.trunc_normal_(values, 0, 1, -2, 2, generator=generator)
        return values * (std / 0.87962566)

    def matrix(rows: int, columns: int) -> Tensor:
        return normal(rows, columns, std=1 / sqrt(columns))

    d, m = config.hidden_size, config.swiglu_width
    weights = {"embed_tokens.embedding_weight": normal(config.vocab_size, d, std=1 / sqrt(d))}
    if config.pos_encodings == "learned":
        weights["embed_pos.embedding_weight"] = normal(config.length, d, std=1 / sqrt(d))
    for module, layers in (("H_level", config.H_layers), ("L_level", config.L_layers)):
        for layer in range(layers):
            name = f"{module}.layers.{layer}"
            weights[f"{name}.self_attn.qkv_proj.weight"] = matrix(3 * d, d)
            weights[f"{name}.self_attn.o_proj.weight"] = matrix(d, d)
            weights[f"{name}.mlp.gate_up_proj.weight"] = matrix(2 * m, d)
            weights[f"{name}.mlp.down_proj.weight"] = matrix(d, m)
    weights["lm_head.weight"] = matrix(config.vocab_size, d)
    weights["q_head.weight"] = torch.zeros(2, d)
    weights["q_head.bias"] = torch.full((2,), -5.0)
    weights["H_init"] = normal(d, std=1)
    weights["L_init"] = normal(d, std=1)
    if config.puzzle_emb_ndim:
        weights["puzzle_emb.weights"] = torch.zeros(
            config.num_puzzle_identifiers, config.puzzle_emb_ndim
        )
    return weights


def rms_norm(x: Tensor) -> Tensor:
    """Without gain; computed in f32 whatever the dtype."""
    return F.rms_norm(x, x.shape[-1:], eps=1e-5)


def rotary_tables(config: Config) -> tuple[Tensor, Tensor]:
    """cos and sin, [S, D/h] each: the same angles for both halves of a head."""
    half = config.hidden_size // config.num_heads // 2
    rates = 10_000.0 ** -(torch.arange(half, dtype=torch.float32) / half)
    angles = torch.outer(torch.arange(config.length, dtype=torch.float32), rates)
    angles = torch.cat((angles, angles), dim=-1)
    return angles.cos(), angles.sin()


def rotate(x: Tensor, rotary: tuple[Tensor, Tensor]) -> Tensor:
    """x·cos + rotateHalf(x)·sin for x [B, h, S, D/h], in f32."""
    first, second = x.chunk(2, dim=-1)
    return (x * rotary[0] + torch.cat((-second, first), dim=-1) * rotary[1]).to(x.dtype)


def cross_entropy(config: Config, logits: Tensor, labels: Tensor) -> Tensor:
    """−log p(label) of every cell [B, T], 0 where the label is ignored."""
    if config.loss == "softmax_cross_entropy":
        scores = logits.float().log_softmax(-1)
    else:
        # s(x) = x + 1 for x ≥ 0, 1/(1 − x) below: one expression, no branch to divide by zero in.
        wide = logits.double()
        shares = 1 / (1 - wide.clamp(max=0)) + wide.relu()
        scores = (shares / shares.sum(-1, keepdim=True)).log()
    asked = labels != IGNORED
    picked = scores.gather(-1, labels.where(asked, 0).unsqueeze(-1)).squeeze(-1)
    return -picked.where(asked, 0)


class Model:
    """The forward pass. Every method takes its weights: `prepared` for the products' dtype."""

    def __init__(self, config: Config):
        self.config = config
        self.rotary = rotary_tables(config) if config.pos_encodings == "rope" else None

    def prepared(self, weights: Weights) -> Weights:
        """The trained weights in the dtype of the products, converted once per step."""
        kept = ("puzzle_emb.weights", "H_init", "L_init", "q_head.bias")
        return {k: w if k in kept else w.to(self.config.dtype) for k, w in weights.items()}

    def attention(self, x: Tensor, qkv: Tensor, output: Tensor) -> Tensor:
        b, s, d = x.shape
        heads = self.config.num_heads
        q, k, v = F.linear(x, qkv).view(b, s, 3, heads, d // heads).permute(2, 0, 3, 1, 4)
        if self.rotary:
            q, k = rotate(q, self.rotary), rotate(k, self.rotary)
        mixed = F.scaled_dot_product_attention(q, k, v)  # [B, h, S, D/h]
        return F.linear(mixed.transpose(1, 2).reshape(b, s, d), output)

    def module(self, name: str, x: Tensor, w: Weights) -> Tensor:
        """H or L: post-norm blocks on [B, S, D]."""
        layers = self.config.H_layers if name == "H_level" else self.config.L_layers
        for layer in range(layers):
            block = f"{name}.layers.{layer}"
            qkv = w[f"{block}.self_attn.qkv_proj.weight"]
            x = rms_norm(x + self.attention(x, qkv, w[f"{block}.self_attn.o_proj.weight"]))
            gate, up = F.linear(x, w[f"{block}.mlp.gate_up_proj.weight"]).chunk(2, dim=-1)
            x = rms_norm(x + F.linear(F.silu(gate) * up, w[f"{block}.mlp.down_proj.weight"]))
        return x

    def embed(self, inputs: Tensor, puzzles: Tensor | None, w: Weights) -> Tensor:
        """x̃ [B, S, D] from tokens [B, T] and the puzzles' rows [B, e], at unit variance."""
        config = self.config
        x = F.embedding(inputs, w["embed_tokens.embedding_weight"])
        if puzzles is not None:
            d = config.hidden_size
            padded = F.pad(puzzles.to(x.dtype), (0, config.prefix * d - config.puzzle_emb_ndim))
            x = torch.cat((padded.view(-1, config.prefix, d), x), dim=1)
        if config.pos_encodings == "learned":
            x = (x + w["embed_pos.embedding_weight"]) * sqrt(0.5)
        return x * sqrt(config.hidden_size)

    def segment(self, z_h: Tensor, z_l: Tensor, x: Tensor, w: Weights) -> tuple[Tensor, Tensor]:
        """N high cycles of T low cycles; only the last call of each module keeps a gradient."""
        highs, lows = self.config.H_cycles, self.config.L_cycles
        with torch.no_grad():
            for cycle in range(highs):
                is_last = cycle == highs - 1
                for _ in range(lows - is_last):
                    z_l = self.module("L_level", z_l + (z_h + x), w)
                if not is_last:
                    z_h = self.module("H_level", z_h + z_l, w)
        z_l = self.module("L_level", z_l + (z_h + x), w)
        z_h = self.module("H_level", z_h + z_l, w)
        return z_h, z_l

    def answer(self, z_h: Tensor, w: Weights) -> Tensor:
        """Logits of the cells [B, T, V]."""
        return F.linear(z_h[:, self.config.prefix :], w["lm_head.weight"])

    def q_values(self, z_h: Tensor, w: Weights) -> tuple[Tensor, Tensor]:
        """The values of halting and of going on, [B] each."""
        q = F.linear(z_h[:, 0], w["q_head.weight"]).float() + w["q_head.bias"]
        return q[:, 0], q[:, 1]

    def training_step(
        self,
        weights: Weights,
        puzzles: Tensor | None,
        inputs: Tensor,
        labels: Tensor,
        z_h: Tensor,
        z_l: Tensor,
        steps: Tensor,
        minimum: Tensor,
    ) -> dict[str, Tensor]:
        """One segment for every slot, the decision to halt, targets, loss and metrics.

        `steps` [B] counts this segment; no slot halts before its `minimum` [B].
        """
        w = self.prepared(weights)
        x = self.embed(inputs, puzzles, w)
        z_h, z_l = self.segment(z_h, z_l, x, w)
        logits = self.answer(z_h, w)
        q_halt, q_continue = self.q_values(z_h, w)
        z_h, z_l = z_h.detach(), z_l.detach()
        with torch.no_grad():
            last = steps >= self.config.halt_max_steps
            halted = (last | (q_halt > q_continue)) & (steps >= minimum)
            next_halt, next_continue = self.q_values(self.segment(z_h, z_l, x, w)[0], w)
            best = torch.where(last, next_halt, torch.maximum(next_halt, next_continue))
            target = best.sigmoid()
            asked = (labels != IGNORED).sum(-1)
            right = ((logits.argmax(-1) == labels) & (labels != IGNORED)).sum(-1)
            exact = right == asked
            counted = halted & (asked > 0)
        share = asked.clamp(min=1)
        cell_loss = (cross_entropy(self.config, logits, labels).sum(-1) / share).sum()
        halt_loss = F.binary_cross_entropy_with_logits(q_halt, exact.float(), reduction="sum")
        continue_loss = F.binary_cross_entropy_with_logits(q_continue, target, reduction="sum")

        def total(values: Tensor) -> Tensor:
            return values.where(counted, 0).sum().float()

        return {
            "loss_sum": cell_loss + 0.5 * (halt_loss + continue_loss),
            "logits": logits,
            "q_halt_logits": q_halt,
            "q_continue_logits": q_continue,
            "target_q_continue": target,
            "carry.z_H": z_h,
            "carry.z_L": z_l,
            "carry.steps": steps,
            "carry.halted": halted,
            "metric.count": counted.sum().float(),
            "metric.accuracy": total(right / share),
            "metric.exact_accuracy": total(exact.float()),
            "metric.q_halt_accuracy": total(((q_halt >= 0) == exact).float()),
            "metric.steps": total(steps.float()),
            "metric.lm_loss": cell_loss.detach().float(),
            "metric.q_halt_loss": halt_loss.detach(),
            "metric.q_continue_loss": continue_loss.detach(),
        }

    @torch.no_grad()
    def evaluate(self, weights: Weights, inputs: Tensor, identifiers: Tensor):
        """M_max segments without halting; yields (z_H, z_L, logits, q_halt, q_continue) of each."""
        w = self.prepared(weights)
        table = weights.get("puzzle_emb.weights")
        x = self.embed(inputs, None if table is None else table[identifiers], w)
        z_h = weights["H_init"].to(x.dtype).expand_as(x)
        z_l = weights["L_init"].to(x.dtype).expand_as(x)
        for _ in range(self.config.halt_max_steps):
            z_h, z_l = self.segment(z_h, z_l, x, w)
            yield z_h, z_l, self.answer(z_h, w), *self.q_values(z_h, w)
