"""Asks a language model: forwards each puzzle as text to an OpenAI-style chat endpoint.

    export CHAT_KEY=...          # where the endpoint wants one; it never stands in the command
    reasongym evaluate "exec:python3 Examples/agent_chat.py --model NAME \\
        --url https://HOST/v1/chat/completions --parallel 8" --data data/sudoku --set seconds=120
"""
import argparse
import concurrent.futures
import json
import os
import sys
import threading
import time
import urllib.error
import urllib.request

parser = argparse.ArgumentParser()
parser.add_argument("--url", default=os.environ.get("CHAT_URL"))
parser.add_argument("--model", default=os.environ.get("CHAT_MODEL"))
parser.add_argument("--parallel", type=int, default=1, help="puzzles asked at once")
parser.add_argument("--retries", type=int, default=4)
options = parser.parse_args()
if not options.url or not options.model:
    parser.error("name the endpoint and the model by --url and --model")
task = json.loads(sys.stdin.readline())
rows, columns, alphabet = task["rows"], task["columns"], set(task["vocabulary"])
lock = threading.Lock()


def say(message):
    with lock:
        print(json.dumps(message), flush=True)


def prompt(question):
    grid = "\n".join(question[r * columns:(r + 1) * columns] for r in range(rows))
    return (f"A puzzle of the kind {task['task']}: {task['summary']}\n{grid}\n"
            f"Each cell is one of the characters {task['vocabulary'][1:]!r}. End your reply with "
            f"the answer alone: {rows} lines of exactly {columns} of these characters.")


def last_grid(text):
    """The last lines of the reply that are an answer, without what stands around them."""
    lines = [line.rstrip("\r") for line in text.split("\n")]
    lines = [line and line.ljust(columns) for line in lines]  # blanks at an end may be cut off
    for end in range(len(lines), rows - 1, -1):
        block = lines[end - rows:end]
        if all(len(line) == columns and alphabet.issuperset(line) for line in block):
            return "".join(block)
    return None


def complete(content, seconds):
    """One reply, tried again where the endpoint is busy or out of reach."""
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
                return json.load(reply)
        except urllib.error.HTTPError as error:
            reason = f"the endpoint says {error.code}"
            final = error.code < 500 and error.code not in (408, 429)
        except (OSError, ValueError) as error:
            reason, final = f"the endpoint fails: {error}", False
        pause = 0.2 * 2 ** attempt
        if final or attempt == options.retries or time.monotonic() + pause > end:
            raise RuntimeError(reason)
        time.sleep(pause)


def answer(asked, seconds):
    try:
        reply = complete(prompt(asked["question"]), seconds)
        text = reply["choices"][0]["message"]["content"]
        tokens = (reply.get("usage") or {}).get("completion_tokens")
        found = last_grid(text)
        say({"id": asked["id"], "answer": found, "tokens": tokens,
             "failure": None if found else "the reply holds no answer"})
    except (RuntimeError, LookupError, TypeError) as error:
        say({"id": asked["id"], "answer": None, "failure": str(error) or "the reply is malformed"})


say({"protocol": "reasongym-agent", "version": 1, "name": options.model, "batch": options.parallel})
with concurrent.futures.ThreadPoolExecutor(options.parallel) as pool:
    for line in sys.stdin:
        request = json.loads(line)
        for asked in request["questions"]:
            pool.submit(answer, asked, request["seconds"])
