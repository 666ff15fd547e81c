#!/usr/bin/env python3
"""Turns PyTorch's checkpoints into safetensors files, and back.

    python3 Examples/pt_to_safetensors.py checkpoint.pt model.safetensors
    python3 Examples/pt_to_safetensors.py model.safetensors checkpoint.pt

The first is what `reasongym weights import` reads, the second what torch.load does: a dictionary of
names and tensors. Checkpoints are opened with weights_only=True, so that none can run code. A
checkpoint may hold the state dictionary itself or have it under "model", "model_state_dict" or
"state_dict". `--prefix _orig_mod.model.inner.` puts that before every name, as the released HRM code
does in a compiled model. It needs torch alone.
"""

import argparse
import json
import struct
import sys

try:
    import torch
except ImportError:
    sys.exit("PyTorch is not installed: pip install torch")

DTYPES = {
    "F64": torch.float64, "F32": torch.float32, "BF16": torch.bfloat16, "F16": torch.float16,
    "I64": torch.int64, "I32": torch.int32, "I8": torch.int8, "U8": torch.uint8, "BOOL": torch.bool,
}
NESTED = ("model", "model_state_dict", "state_dict")


def read_checkpoint(path):
    """The tensors of a checkpoint that torch.save wrote, by name."""
    content = torch.load(path, map_location="cpu", weights_only=True)
    for name in NESTED:
        if isinstance(content, dict) and isinstance(content.get(name), dict):
            content = content[name]
    if not isinstance(content, dict):
        sys.exit(f"{path} holds a {type(content).__name__}; expected a dictionary of tensors")
    tensors = {name: value for name, value in content.items() if isinstance(value, torch.Tensor)}
    if not tensors:
        sys.exit(f"{path} holds no tensors; expected a state dictionary")
    return tensors


def write_safetensors(path, tensors):
    """Writes a safetensors file; f16, which reasongym does not read, becomes f32."""
    codes = {dtype: code for code, dtype in DTYPES.items()}
    header, chunks, offset = {"__metadata__": {"format": "pt"}}, [], 0
    # The widest numbers first, so that all are aligned.
    for name, tensor in sorted(tensors.items(), key=lambda item: (-item[1].itemsize, item[0])):
        tensor = tensor.detach().contiguous()
        tensor = tensor.float() if tensor.dtype == torch.float16 else tensor
        if tensor.dtype not in codes:
            sys.exit(f"{name} is of type {tensor.dtype}; expected one of {list(codes)}")
        chunk = tensor.reshape(-1).view(torch.uint8).numpy().tobytes()
        header[name] = {
            "dtype": codes[tensor.dtype],
            "shape": list(tensor.shape),
            "data_offsets": [offset, offset + len(chunk)],
        }
        chunks.append(chunk)
        offset += len(chunk)
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text)
        file.writelines(chunks)


def read_safetensors(path):
    """The tensors of a safetensors file by name, and its metadata."""
    with open(path, "rb") as file:
        data = file.read()
    end = 8 + struct.unpack("<Q", data[:8])[0] if len(data) >= 8 else 0
    if not 8 < end <= len(data):
        sys.exit(f"{path} is not a safetensors file")
    header = json.loads(data[8:end])
    metadata = header.pop("__metadata__", {})
    tensors = {}
    for name, entry in header.items():
        first, last = entry["data_offsets"]
        values = torch.frombuffer(bytearray(data[end + first : end + last]), dtype=torch.uint8)
        tensors[name] = values.view(DTYPES[entry["dtype"]]).reshape(entry["shape"])
    return tensors, metadata


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("source", help="the checkpoint, or a .safetensors file")
    parser.add_argument("target", help="the .safetensors file, or a checkpoint")
    parser.add_argument("--prefix", default="", help="is put before every name of a checkpoint")
    options = parser.parse_args()
    if options.source.endswith(".safetensors"):
        tensors, _ = read_safetensors(options.source)
        torch.save({options.prefix + k: v for k, v in tensors.items()}, options.target)
    elif options.target.endswith(".safetensors"):
        tensors = read_checkpoint(options.source)
        write_safetensors(options.target, tensors)
    else:
        parser.error("one of the two files has to end in .safetensors")
    count = sum(tensor.numel() for tensor in tensors.values())
    print(f"Wrote {options.target}: {len(tensors)} tensors, {count} numbers.")


if __name__ == "__main__":
    main()
