"""A PyTorch model that learns in `compare`: the same puzzles, order and budget as everyone else.

    reasongym compare "torch=exec:python3 Examples/agent_torch.py" hrm transformer --preset tiny \\
        --task sudoku-extreme --size 4 --steps 300 --seeds 1,2 --out runs/torch

A small transformer over the cells of a puzzle: each sees its token, its row, its column and its
region. Change `Model` to compare another; the rest speaks the protocol (Examples/README.md).
"""
import argparse
import json
import os
import sys

try:
    import torch
    from torch import nn
except ImportError:
    sys.exit("PyTorch is not installed: pip install torch")

parser = argparse.ArgumentParser()
parser.add_argument("--width", type=int, default=64)
parser.add_argument("--layers", type=int, default=2)
parser.add_argument("--heads", type=int, default=4)
parser.add_argument("--rate", type=float, default=1e-3)
parser.add_argument("--threads", type=int, default=1)
parser.add_argument("--device", default="cpu")
options = parser.parse_args()
task = json.loads(sys.stdin.readline())
rows, columns, vocabulary = task["rows"], task["columns"], task["vocabulary"]
regions = task.get("regions") or [0] * (rows * columns)
tokens = {character: token for token, character in enumerate(vocabulary)}
torch.set_num_threads(options.threads)
torch.manual_seed(task["seed"] % 2 ** 63)
torch.use_deterministic_algorithms(True, warn_only=True)


class Model(nn.Module):
    def __init__(self):
        super().__init__()
        width, cells = options.width, torch.arange(rows * columns)
        self.register_buffer("places", torch.stack(
            [cells // columns, cells % columns, torch.tensor(regions)]), persistent=False)
        self.token = nn.Embedding(len(vocabulary), width)
        self.place = nn.ModuleList(
            nn.Embedding(count, width) for count in (rows, columns, max(regions) + 1))
        layer = nn.TransformerEncoderLayer(
            width, options.heads, 4 * width, dropout=0.0, batch_first=True, norm_first=True)
        self.body = nn.TransformerEncoder(layer, options.layers, enable_nested_tensor=False)
        self.head = nn.Linear(width, len(vocabulary))

    def forward(self, questions):
        seen = self.token(questions)
        for embedding, place in zip(self.place, self.places):
            seen = seen + embedding(place)
        return self.head(self.body(seen))


model = Model().to(options.device)
optimizer = torch.optim.AdamW(model.parameters(), options.rate, weight_decay=0.01)
parameters = sum(part.numel() for part in model.parameters())


def grid(texts):
    return torch.tensor([[tokens[cell] for cell in text] for text in texts], device=options.device)


def operations(count, passes):
    """Two for each multiply-add of the matrix products, as the gym counts its own agents."""
    cells, width = rows * columns, options.width
    layer = 12 * width * width + 2 * cells * width  # projections and the wide part; attention
    return 2 * count * passes * cells * (options.layers * layer + width * len(vocabulary))


def learn(request):
    for group in optimizer.param_groups:  # down to a tenth, as the budget is used up
        group["lr"] = options.rate * (0.1 + 0.9 * request["left"])
    questions, labels = grid(request["questions"]), grid(request["labels"])
    model.train()
    logits = model(questions)
    loss = nn.functional.cross_entropy(logits.flatten(0, 1), labels.flatten(), ignore_index=0)
    optimizer.zero_grad()
    if not loss.isfinite():
        return {"loss": None}
    loss.backward()
    nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimizer.step()
    right = ((logits.argmax(-1) == labels) | (labels == 0)).all(1).sum().item()
    return {"loss": loss.item(), "exact": right, "operations": operations(len(questions), 3)}


def save(request):
    torch.save({"model": model.state_dict(), "optimizer": optimizer.state_dict(),
                "random": torch.get_rng_state()}, os.path.join(request["folder"], "state.pt"))
    return {}


def restore(request):
    state = torch.load(os.path.join(request["folder"], "state.pt"), weights_only=True)
    model.load_state_dict(state["model"])
    if request["training"]:
        optimizer.load_state_dict(state["optimizer"])
        torch.set_rng_state(state["random"])
    return {}


@torch.no_grad()
def solve(request):
    model.eval()
    chances = model(grid([asked["question"] for asked in request["questions"]])).softmax(-1)
    chances[..., 0] = 0  # padding is not an answer
    best = chances.max(-1)
    for asked, answer, sure in zip(request["questions"], best.indices.tolist(), best.values):
        say({"id": asked["id"], "answer": "".join(vocabulary[token] for token in answer),
             "confidence": min(1.0, sure.prod().item())})


def say(message):
    print(json.dumps(message), flush=True)


say({"protocol": "reasongym-agent", "version": 3, "name": f"torch {torch.__version__}",
     "batch": 256, "learns": True, "parameters": parameters, "demonstrations": False})
for line in sys.stdin:
    request = json.loads(line)
    if request["do"] == "solve":
        solve(request)
    else:
        try:
            reply = {"learn": learn, "save": save, "restore": restore}[request["do"]](request)
        except Exception as error:
            reply = {"error": f"{type(error).__name__}: {error}"}
        say({"id": request["id"], **reply})
