"""Training the model of hrm.py: optimizers, and the batch slots of adaptive computation."""

import torch
from torch import Tensor

from hrm import Config, Model, Optimizer, Weights


def adam_atan2(settings, parameters, gradients, firsts, seconds, correction1, correction2):
    """One step in place. Decay goes into the parameter; corrections are 1 − βᵗ, as scalars."""
    rate = settings.lr / correction1
    for p, g, m, v in zip(parameters, gradients, firsts, seconds):
        p.mul_(1 - settings.lr * settings.weight_decay)
        m.lerp_(g, 1 - settings.beta1)
        v.mul_(settings.beta2).addcmul_(g, g, value=1 - settings.beta2)
        p.sub_(torch.atan2(m, v.sqrt() / correction2.sqrt()) * rate)


def sign_sgd(settings: Optimizer, table: Tensor, identifiers: Tensor, gradients: Tensor):
    """One step in place on the used rows; gradients of repeated rows are summed first."""
    rows, places = identifiers.unique(return_inverse=True)
    sums = torch.zeros(len(rows), table.shape[1]).index_add_(0, places, gradients)
    decay = 1 - settings.lr * settings.weight_decay
    table[rows] = table[rows] * decay - settings.lr * sums.sign()


class Trainer:
    """Weights, slots and optimizers. A slot keeps its puzzle and states until it halts."""

    def __init__(self, config: Config, weights: Weights, seed: int = 0, compiled: bool = False):
        self.config = config
        self.weights = {name: value.clone() for name, value in weights.items()}
        untrained = ("H_init", "L_init", "puzzle_emb.weights")
        self.parameters = {k: w for k, w in self.weights.items() if k not in untrained}
        for parameter in self.parameters.values():
            parameter.requires_grad_()
        self.firsts = [torch.zeros_like(p) for p in self.parameters.values()]
        self.seconds = [torch.zeros_like(p) for p in self.parameters.values()]
        self.model = Model(config)
        self.forward = torch.compile(self.model.training_step) if compiled else (
            self.model.training_step
        )
        self.adam = torch.compile(adam_atan2) if compiled else adam_atan2
        self.generator = torch.Generator().manual_seed(seed)
        self.steps = 0
        batch = config.batch_size
        # What the slots hold; all count as halted, so the first batch fills them.
        self.inputs = torch.zeros(batch, config.seq_len, dtype=torch.int64)
        self.labels = torch.zeros(batch, config.seq_len, dtype=torch.int64)
        self.identifiers = torch.zeros(batch, dtype=torch.int64)
        self.slot_steps = torch.zeros(batch, dtype=torch.int64)
        self.halted = torch.ones(batch, dtype=torch.bool)
        states = (batch, config.length, config.hidden_size)
        self.z_h = torch.zeros(states, dtype=config.dtype)
        self.z_l = torch.zeros(states, dtype=config.dtype)

    def refill(self, inputs: Tensor, labels: Tensor, identifiers: Tensor):
        """Gives the halted slots their rows of a batch [B, T], [B, T], [B], and z⁰."""
        rows, entries = self.halted[:, None], self.halted[:, None, None]
        self.inputs = torch.where(rows, inputs, self.inputs)
        self.labels = torch.where(rows, labels, self.labels)
        self.identifiers = torch.where(self.halted, identifiers, self.identifiers)
        self.slot_steps = self.slot_steps.where(~self.halted, 0)
        self.z_h = torch.where(entries, self.weights["H_init"].to(self.z_h.dtype), self.z_h)
        self.z_l = torch.where(entries, self.weights["L_init"].to(self.z_l.dtype), self.z_l)

    def minimum_steps(self) -> Tensor:
        """Exploration: with probability ε a slot may not halt before a random step."""
        config, size = self.config, (self.config.batch_size,)
        if config.halt_max_steps < 2:
            return torch.zeros(size, dtype=torch.int64)
        drawn = torch.randint(2, config.halt_max_steps + 1, size, generator=self.generator)
        explores = torch.rand(size, generator=self.generator) < config.halt_exploration_prob
        return drawn.where(explores, 0)

    def compute(self, inputs: Tensor, labels: Tensor, identifiers: Tensor) -> dict[str, Tensor]:
        """Refill, forward, backward: leaves the gradients of loss_sum / B behind."""
        self.refill(inputs, labels, identifiers)
        for parameter in self.parameters.values():
            parameter.grad = None
        table = self.weights.get("puzzle_emb.weights")
        self.rows = None if table is None else table[self.identifiers].requires_grad_()
        outcome = self.forward(
            self.parameters, self.rows, self.inputs, self.labels, self.z_h, self.z_l,
            self.slot_steps + 1, self.minimum_steps(),
        )  # fmt: skip
        (outcome["loss_sum"] / self.config.batch_size).backward()
        self.z_h, self.z_l = outcome["carry.z_H"], outcome["carry.z_L"]
        self.slot_steps, self.halted = outcome["carry.steps"], outcome["carry.halted"]
        return outcome

    @torch.no_grad()
    def update(self):
        """Steps both optimizers."""
        self.steps += 1
        settings = self.config.optimizer
        parameters = list(self.parameters.values())
        # Tensors, because a compiled step is made again for every new number.
        self.adam(
            settings, parameters, [p.grad for p in parameters], self.firsts, self.seconds,
            torch.tensor(1 - settings.beta1**self.steps, dtype=torch.float64),
            torch.tensor(1 - settings.beta2**self.steps, dtype=torch.float64),
        )  # fmt: skip
        if self.rows is not None:
            sign_sgd(
                self.config.puzzle_embedding_optimizer, self.weights["puzzle_emb.weights"],
                self.identifiers, self.rows.grad,
            )  # fmt: skip
