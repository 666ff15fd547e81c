"""Asks a language model: forwards each puzzle as text to an OpenAI-style chat endpoint.

    export CHAT_KEY=...          # where the endpoint wants one; it never stands in the command
    reasongym evaluate "exec:python3 Examples/agent_chat.py --model NAME \\
        --url https://HOST/v1/chat/completions --parallel 8" --data data/sudoku --set seconds=120
"""
import argparse
import concurrent.futures
import http.client
import json
import os
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request

MOST_BYTES = 16 << 20  # of a reply

parser = argparse.ArgumentParser()
parser.add_argument("--url", default=os.environ.get("CHAT_URL"))
parser.add_argument("--model", default=os.environ.get("CHAT_MODEL"))
parser.add_argument("--parallel", type=int, default=1, help="puzzles asked at once")
parser.add_argument("--retries", type=int, default=4)
options = parser.parse_args()
if not options.url or not options.model:
    parser.error("name the endpoint and the model by --url and --model")
if options.parallel < 1 or options.retries < 0:
    parser.error("--parallel is at least 1, and --retries at least 0")
try:
    parts = urllib.parse.urlsplit(options.url)
    usable = (parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
              and options.url.isascii() and options.url.isprintable() and " " not in options.url)
except ValueError:  # a port or a host in brackets that is none
    usable = False
if not usable:
    parser.error(f"--url is {options.url!r}; expected one such as https://HOST/v1/chat/completions")
task = json.loads(sys.stdin.readline())
rows, columns, alphabet = task["rows"], task["columns"], set(task["vocabulary"])
padding = task["vocabulary"][0]
version = max(task.get("versions", [1]))  # 2: questions come with their demonstrations
lock = threading.Lock()


def say(message):
    with lock:
        print(json.dumps(message), flush=True)


def cropped(text):
    """The lines of a grid without the padding around it, and where its first cell is."""
    lines = [text[r * columns:(r + 1) * columns] for r in range(rows)]
    high = [r for r in range(rows) if lines[r].strip(padding)]
    wide = [c for c in range(columns) if any(line[c] != padding for line in lines)]
    if not high:
        return [], (0, 0)
    return ([line[wide[0]:wide[-1] + 1] for line in lines[high[0]:high[-1] + 1]],
            (high[0], wide[0]))


def explained():
    """The rules, and the meaning of the symbols, as the task tells them."""
    legend = "".join(f"\n{entry['symbols'] or 'Places'}: {entry['meaning']}"
                     for entry in task.get("legend") or [])
    return (f"A puzzle of the kind {task['task']}: {task['summary']}\n"
            f"Rules: {task.get('rules') or task['summary']}{legend}\n\n")


def prompt(asked):
    """The puzzle as text, after the solved examples that explain it, where it has such (ARC)."""
    kind = explained() + ("" if asked.get("demonstrations") else "The question:\n")
    if asked.get("demonstrations"):
        grids = [(f"{name} of example {number}", pair[name.lower()])
                 for number, pair in enumerate(asked["demonstrations"], 1)
                 for name in ("Question", "Answer")] + [("The question", asked["question"])]
        shown = "\n\n".join(f"{name}:\n" + "\n".join(cropped(grid)[0]) for name, grid in grids)
        size = "one line for each of its rows, without blanks"
    else:
        question = asked["question"]
        shown = "\n".join(question[r * columns:(r + 1) * columns] for r in range(rows))
        size = f"{rows} lines of exactly {columns} of these characters"
    return (f"{kind}{shown}\nEach cell is one of the characters {task['vocabulary'][1:]!r}. "
            f"End your reply with the answer alone: {size}.")


def last_grid(text):
    """The last lines of the reply that are an answer, without what stands around them."""
    lines = [line.rstrip("\r") for line in text.split("\n")]
    lines = [line and line.ljust(columns) for line in lines]  # blanks at an end may be cut off
    for end in range(len(lines), rows - 1, -1):
        block = lines[end - rows:end]
        if all(len(line) == columns and alphabet.issuperset(line) for line in block):
            return "".join(block)
    return None


def last_small_grid(text, place):
    """The last rectangle of characters in the reply, at the place of the question's grid."""
    block = []
    for line in reversed([line.strip() for line in text.split("\n")]):
        if line.strip(padding) and alphabet.issuperset(line) and (not block or len(line) == len(block[0])):
            block.insert(0, line)
        elif block:
            break
    row, column = place
    if not block or row + len(block) > rows or column + len(block[0]) > columns:
        return None
    lines = [padding * column + line for line in block]
    return "".join(line.ljust(columns, padding)
                   for line in [""] * row + lines + [""] * (rows - row - len(block)))


def read(reply, end):
    """The body of a reply. An endpoint that sends a byte now and then does not hold up a puzzle."""
    body = b""
    while chunk := reply.read1(1 << 16):
        body += chunk
        if time.monotonic() > end:
            raise OSError("its reply takes too long")
        if len(body) > MOST_BYTES:
            raise OSError(f"its reply has more than {MOST_BYTES} bytes")
    if reply.length:  # more were announced
        raise http.client.IncompleteRead(body, reply.length)
    return body


def complaint(body):
    """What the endpoint says is wrong, after a colon; nothing if it does not say it as usual."""
    try:
        error = json.loads(body)["error"]
        told = error if isinstance(error, str) else error["message"]
        return ": " + " ".join(str(told).split())[:200]
    except (ValueError, LookupError, TypeError, RecursionError):
        return ""


def complete(content, seconds):
    """The body of one reply, asked for again if the endpoint is busy or out of reach."""
    body = {"model": options.model, "messages": [{"role": "user", "content": content}]}
    headers = {"Content-Type": "application/json"}
    if os.environ.get("CHAT_KEY"):
        headers["Authorization"] = "Bearer " + os.environ["CHAT_KEY"]
    request = urllib.request.Request(options.url, json.dumps(body).encode(), headers)
    end = time.monotonic() + 0.9 * seconds
    for attempt in range(options.retries + 1):
        try:
            left = max(0.1, end - time.monotonic())
            with urllib.request.urlopen(request, timeout=left) as reply:
                return read(reply, end)
        except urllib.error.HTTPError as error:
            try:
                said = complaint(read(error, end))
            except (OSError, http.client.HTTPException):
                said = ""
            reason = f"the endpoint says {error.code}{said}"
            final = error.code < 500 and error.code not in (408, 429)
        except (OSError, ValueError, http.client.HTTPException) as error:
            reason, final = f"the endpoint fails: {error or type(error).__name__}", False
        pause = 0.2 * 2 ** attempt
        if final or attempt == options.retries or time.monotonic() + pause > end:
            raise RuntimeError(reason)
        time.sleep(pause)


def told(body):
    """The text of a reply, and its tokens, None if it does not count them."""
    try:
        reply = json.loads(body)
        text = reply["choices"][0]["message"]["content"]
    except (ValueError, LookupError, TypeError, RecursionError):
        text = None
    if not isinstance(text, str):
        raise RuntimeError("the endpoint's reply has no text at choices[0].message.content"
                           + complaint(body))
    usage = reply.get("usage")
    tokens = usage.get("completion_tokens") if isinstance(usage, dict) else None
    return text, tokens if type(tokens) is int and 0 <= tokens < 2 ** 53 else None


def answer(asked, seconds):
    try:
        text, tokens = told(complete(prompt(asked), seconds))
        found = (last_small_grid(text, cropped(asked["question"])[1])
                 if asked.get("demonstrations") else last_grid(text))
        say({"id": asked["id"], "answer": found, "tokens": tokens,
             "failure": None if found else "the reply holds no answer"})
    except Exception as error:  # told, since a pool keeps what its threads raise to itself
        say({"id": asked["id"], "answer": None, "failure": str(error) or type(error).__name__})


say({"protocol": "reasongym-agent", "version": version, "name": options.model,
     "batch": options.parallel})
with concurrent.futures.ThreadPoolExecutor(options.parallel) as pool:
    for line in sys.stdin:
        request = json.loads(line)
        for asked in request["questions"]:
            pool.submit(answer, asked, request["seconds"])
