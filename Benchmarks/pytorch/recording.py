"""Recordings of training steps and an evaluation: reading, writing and repeating them.

Fixtures/parity/README.md says what a recording's files hold.
"""

import json
import struct
from pathlib import Path

import torch
from torch import Tensor

from training import Trainer

DTYPES = {"F64": torch.float64, "F32": torch.float32, "I32": torch.int32, "U8": torch.uint8}
BATCH = ("inputs", "labels", "puzzle_identifiers")


def read_tensors(path: Path) -> dict[str, Tensor]:
    """The tensors of a safetensors file: an 8-byte length, a JSON header, the numbers."""
    data = path.read_bytes()
    end = 8 + struct.unpack("<Q", data[:8])[0] if len(data) >= 8 else 0
    if not 8 < end <= len(data):
        raise ValueError(f"{path} is not a safetensors file")
    tensors = {}
    for name, entry in json.loads(data[8:end]).items():
        if name == "__metadata__":
            continue
        first, last = entry["data_offsets"]
        values = torch.frombuffer(bytearray(data[end + first : end + last]), dtype=torch.uint8)
        tensors[name] = values.view(DTYPES[entry["dtype"]]).reshape(entry["shape"])
    return tensors


def write_tensors(path: Path, tensors: dict[str, Tensor]):
    """Writes a safetensors file, the widest numbers first so that all are aligned."""
    codes = {dtype: code for code, dtype in DTYPES.items()}
    header, chunks, offset = {}, [], 0
    for name, tensor in sorted(tensors.items(), key=lambda item: (-item[1].itemsize, item[0])):
        chunks.append(tensor.contiguous().view(torch.uint8).numpy().tobytes())
        end = offset + len(chunks[-1])
        header[name] = {
            "dtype": codes[tensor.dtype],
            "shape": list(tensor.shape),
            "data_offsets": [offset, end],
        }
        offset = end
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(struct.pack("<Q", len(text)) + text + b"".join(chunks))


def stored(value: Tensor) -> Tensor:
    """A value in the type and shape that recordings use."""
    value = value.detach().clone()
    value = value.view(torch.uint8) if value.dtype == torch.bool else value
    value = value.int() if value.dtype == torch.int64 else value
    value = value.float() if value.dtype == torch.bfloat16 else value
    return value.reshape(1) if value.dim() == 0 else value


def repeat_training(trainer: Trainer, batches: list[dict[str, Tensor]]) -> dict[str, Tensor]:
    """Runs a training step on each batch; every number of every step, by its recorded name."""
    numbers = {}
    for step, batch in enumerate(batches):
        outcome = trainer.compute(*(batch[name].long() for name in BATCH))
        part = {**batch, **outcome}
        current = (trainer.inputs, trainer.labels, trainer.identifiers)
        part |= {f"current.{name}": value for name, value in zip(BATCH, current)}
        part |= {f"grad.{name}": p.grad for name, p in trainer.parameters.items()}
        if trainer.rows is not None:
            part["puzzle_emb.local_ids"] = trainer.identifiers
            part["grad.puzzle_emb.local_weights"] = trainer.rows.grad
        trainer.update()
        part |= {f"after.{name}": value for name, value in trainer.weights.items()}
        numbers |= {f"step{step}.{name}": stored(value) for name, value in part.items()}
    return numbers


def repeat_evaluation(trainer: Trainer, inputs: Tensor, identifiers: Tensor) -> dict[str, Tensor]:
    """Evaluates a batch with the trainer's weights; every number, by its recorded name."""
    numbers = {"inputs": stored(inputs), "puzzle_identifiers": stored(identifiers)}
    names = ("z_H", "z_L", "logits", "q_halt_logits", "q_continue_logits")
    segments = trainer.model.evaluate(trainer.weights, inputs.long(), identifiers.long())
    for segment, values in enumerate(segments):
        for name, value in zip(names, values):
            numbers[f"segment{segment}.{name}"] = stored(value)
    return numbers
