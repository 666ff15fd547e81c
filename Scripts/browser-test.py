#!/usr/bin/env python3
"""Opens a leaderboard's pages in headless Chromium and uses them as a reader would.

    Scripts/browser-test.py SITE [--shots FOLDER]

Drives the browser by its own protocol over a pipe, with nothing but Python's standard library:
loads every page from the disk, finds no console error, clicks through to a puzzle, steps through
an answer, and does the same from the keyboard. With --shots, keeps pictures at 400, 1000 and 1600
pixels in light and dark.
"""
import base64
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path


class Browser:
    """Chromium with one page, spoken to over --remote-debugging-pipe: JSON ended by a zero."""

    def __init__(self, profile):
        program = next(filter(None, map(shutil.which, ["chromium", "chromium-browser", "google-chrome"])), None)
        if program is None:
            sys.exit("No Chromium here. On Debian and Ubuntu: apt-get install chromium")
        to_read, self.output = os.pipe()
        self.input, to_write = os.pipe()
        self.process = subprocess.Popen(
            ["sh", "-c", 'exec "$@" 3<&%d 4>&%d' % (to_read, to_write), "sh", program,
             "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--no-first-run",
             "--disable-extensions", "--disable-background-networking", f"--user-data-dir={profile}",
             "--remote-debugging-pipe", "about:blank"],
            pass_fds=(to_read, to_write), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(to_read)
        os.close(to_write)
        self.buffer, self.number, self.session, self.problems = b"", 0, None, []
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ["Page", "Runtime", "Log", "Network"]:
            self.call(f"{domain}.enable")

    def receive(self):
        while b"\0" not in self.buffer:
            part = os.read(self.input, 1 << 16)
            if not part:
                sys.exit("Chromium has ended.")
            self.buffer += part
        text, self.buffer = self.buffer.split(b"\0", 1)
        return json.loads(text)

    def call(self, method, **parameters):
        self.number += 1
        message = {"id": self.number, "method": method, "params": parameters}
        if self.session:
            message["sessionId"] = self.session
        os.write(self.output, json.dumps(message).encode() + b"\0")
        while True:
            answer = self.receive()
            if answer.get("id") == self.number:
                if "error" in answer:
                    sys.exit(f"{method}: {answer['error']['message']}")
                return answer["result"]
            self.note(answer)

    def note(self, event):
        """Keeps what a reader's console would show, and every request that leaves the disk."""
        method, data = event.get("method"), event.get("params", {})
        if method == "Runtime.exceptionThrown":
            self.problems.append(data["exceptionDetails"].get("text", "exception"))
        elif method == "Runtime.consoleAPICalled" and data["type"] in ("error", "warning", "assert"):
            self.problems.append(f"console.{data['type']}: {data['args']}")
        elif method == "Log.entryAdded" and data["entry"]["level"] in ("error", "warning"):
            self.problems.append(data["entry"]["text"])
        elif method == "Network.requestWillBeSent":
            if not data["request"]["url"].startswith(("file:", "data:")):
                self.problems.append(f"asks for {data['request']['url']}")

    def run(self, script):
        answer = self.call("Runtime.evaluate", expression=script, returnByValue=True)
        if "exceptionDetails" in answer:
            sys.exit(f"{script}: {answer['exceptionDetails']['exception'].get('description')}")
        return answer["result"].get("value")

    def wait(self, script, what):
        end = time.monotonic() + 20
        while time.monotonic() < end:
            if self.run(script):
                return
            time.sleep(0.05)
        sys.exit(f"FAILED: {what} (waited 20 s for {script})")

    def open(self, page):
        self.call("Page.navigate", url=page)
        self.wait(f"document.readyState === 'complete' && location.href.split('#')[0] === {json.dumps(page.split('#')[0])}", f"{page} loads")

    def key(self, key):
        text = {"Enter": "\r", " ": " "}.get(key, key if len(key) == 1 else None)
        code = {"Enter": 13, " ": 32, "Tab": 9, "ArrowLeft": 37, "ArrowRight": 39}.get(key, 0)
        down = {"type": "keyDown", "key": key, "windowsVirtualKeyCode": code}
        self.call("Input.dispatchKeyEvent", **down, **({"text": text} if text else {}))
        self.call("Input.dispatchKeyEvent", type="keyUp", key=key, windowsVirtualKeyCode=code)

    def shot(self, path, width, scheme):
        self.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=False)
        time.sleep(0.4)
        height = min(6000, self.run("document.documentElement.scrollHeight"))
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
        time.sleep(0.4)
        path.write_bytes(base64.b64decode(self.call("Page.captureScreenshot")["data"]))

    def close(self):
        self.process.terminate()
        self.process.wait()


def check(holds, what):
    if not holds:
        sys.exit(f"\nFAILED: {what}")
    print(f"ok: {what}")


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    site = Path(sys.argv[1]).resolve()
    shots = Path(sys.argv[3]) if sys.argv[2:3] == ["--shots"] else None
    with tempfile.TemporaryDirectory() as profile:
        browser = Browser(profile)
        try:
            use(browser, site, shots)
        finally:
            browser.close()


def use(browser, site, shots):
    root = site.as_uri()
    browser.call("Emulation.setDeviceMetricsOverride", width=1000, height=900, deviceScaleFactor=1, mobile=False)
    browser.open(f"{root}/index.html")
    check(browser.run("document.querySelectorAll('table.ranking tbody tr').length") > 0, "the ranking has rows")
    check(browser.run("document.querySelectorAll('svg.chart').length") > 0, "there are charts")
    check(browser.run("document.documentElement.lang === 'en' && document.querySelectorAll('h1').length === 1"), "the page has a language and one heading")
    check(browser.run("[...document.querySelectorAll('svg[role=img]')].every(s => s.querySelector('title'))"), "every chart has a title")
    browser.key("Tab")
    check(browser.run("document.activeElement.className === 'skip'"), "the first Tab reaches the skip link")
    for width in (400, 1000, 1600):
        browser.call("Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=False)
        time.sleep(0.2)
        check(browser.run("document.documentElement.scrollWidth <= innerWidth"), f"nothing runs over at {width} pixels")

    browser.run("document.querySelector('a[href=\"puzzles.html\"]').click()")
    browser.wait("location.pathname.endsWith('puzzles.html') && !!document.querySelector('#asked svg')", "a click leads to a puzzle")
    check(browser.run("document.querySelectorAll('#gallery .card').length") > 0, "every answer has a card")
    browser.wait("document.querySelectorAll('#gallery .card svg').length > 0", "answers are drawn")

    # Goes on to an agent that thinks in steps and steps through its answer.
    browser.run("""(() => { const cards = [...document.querySelectorAll('.card')];
      for (const card of cards) { card.click(); if (!document.getElementById('player').hidden) break; } })()""")
    if browser.run("!document.getElementById('player').hidden"):
        picture = "document.querySelector('#given svg').outerHTML"
        last = browser.run(picture)
        browser.run("document.getElementById('step-first').click()")
        first = browser.run(picture)
        check(first != last, "the first step differs from the answer")
        browser.run("document.getElementById('step-on').click()")
        check(browser.run(picture) != first, "the next step differs from the first")
        check(browser.run("document.getElementById('given-status').textContent").startswith("Step 2"), "the step is told")
        browser.run("document.getElementById('given-title').focus(); document.activeElement.blur()")
        browser.key("ArrowRight")
        check(browser.run("document.getElementById('given-status').textContent").startswith("Step 3"), "the right arrow steps on")
        browser.key("ArrowLeft")
        browser.key("ArrowLeft")
        check(browser.run("document.getElementById('given-status').textContent").startswith("Step 1"), "the left arrow steps back")
        browser.run("document.getElementById('step-play').focus()")
        browser.key(" ")
        browser.wait("document.getElementById('given-status').textContent.startsWith('Step 2')", "Space plays the steps")
        browser.key(" ")
        told = """[...document.querySelectorAll('.card')].every(card => { card.click();
          return document.getElementById('steps-note').hidden === !(puzzle.o && agent in puzzle.o); })"""
        check(browser.run(told), "steps that are left out are told, and only those")
    else:
        print("no agent of this site thinks in steps")
    before = browser.run("document.getElementById('puzzle-title').textContent")
    browser.run("document.activeElement.blur()")
    browser.key("j")
    browser.wait(f"document.getElementById('puzzle-title').textContent !== {json.dumps(before)}", "j leads to the next puzzle")
    print("ok: j leads to the next puzzle")
    count = browser.run("board.count")
    browser.run(f"document.getElementById('puzzle-number').value = {count}; document.getElementById('puzzle-number').dispatchEvent(new Event('change'))")
    browser.wait(f"document.getElementById('puzzle-title').textContent === 'Puzzle {count}'", "the last puzzle opens")
    print("ok: the last puzzle opens")

    if (site / "pairs.html").exists():
        browser.open(f"{root}/pairs.html")
        browser.wait("document.querySelectorAll('#pair-rows tr').length > 0", "pairs are compared")
        first = browser.run("document.getElementById('pair-rows').textContent")
        browser.run("(() => { const s = document.getElementById('pair-entry'); s.selectedIndex = 1; s.dispatchEvent(new Event('change')); })()")
        check(browser.run("document.getElementById('pair-rows').textContent") != first, "another entry can be chosen")

    if shots:
        shots.mkdir(parents=True, exist_ok=True)
        for page in ["index.html", "puzzles.html#23/4", "pairs.html"]:
            browser.open(f"{root}/{page}")
            time.sleep(0.5)
            for width in (400, 1000, 1600):
                for scheme in ("light", "dark"):
                    name = page.split(".")[0]
                    browser.shot(shots / f"{name}-{width}-{scheme}.png", width, scheme)

    browser.run("1")
    check(not browser.problems, "no error in the console, nothing asked of the network " + "; ".join(map(str, browser.problems[:5])))
    print("The browser test passed.")


if __name__ == "__main__":
    main()
