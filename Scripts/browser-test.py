#!/usr/bin/env python3
"""Opens a leaderboard's pages in headless Chromium and uses them as a reader would.

    Scripts/browser-test.py SITE [--shots FOLDER]

Drives the browser by its own protocol over a pipe, with nothing but Python's standard library:
loads every kind of page from the disk, measures that nothing is cut at 400, 1000 and 1600 pixels,
holds names, labels, headings and contrast against the rules that a script can see and, if it can be
had, against those of axe-core (Scripts/axe.py), sorts and searches the ranking, clicks through to a
puzzle, steps through an answer, and does the same from the keyboard. With --shots, keeps pictures at
the three widths in light and dark.
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

import axe


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
        answer = self.call("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in answer:
            sys.exit(f"{script}: {answer['exceptionDetails']['exception'].get('description')}")
        return answer["result"].get("value")

    def wait(self, script, what):
        end = time.monotonic() + 20
        while time.monotonic() < end:
            try:
                if self.run(script):
                    return
            except SystemExit as error:
                # A page that is just being left cannot answer; the next one can.
                if "navigated or closed" not in str(error):
                    raise
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
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        browser = Browser(profile)
        try:
            use(browser, site, shots)
        finally:
            browser.close()


# What a reader with a narrow screen could not see: text that runs out of the window, or out of its own
# table cell, button or card, outside of parts that scroll. Measured by the browser, in its own pixels.
CUT = r"""(() => {
  const found = [];
  const scrolls = (e) => e.closest(".scroll, nav, pre, .unseen, .skip, title, select");
  const name = (e) => `${e.tagName.toLowerCase()}.${e.getAttribute("class") || ""} "${e.textContent.trim().slice(0, 30)}"`;
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = walk.nextNode(); text; text = walk.nextNode()) {
    const own = text.parentElement;
    if (!text.data.trim() || own.closest("script, noscript, style")) continue;
    const range = document.createRange();
    range.selectNodeContents(text);
    for (const box of range.getClientRects()) {
      if (box.width < 1 || own.closest(".unseen, .skip, title, select")) continue;
      if (!scrolls(own) && (box.right > innerWidth + 1 || box.left < -1)) found.push("out of the window: " + name(own));
      const cell = own.closest("td, th, button, .card, .check, dd, li");
      const around = cell && !own.closest("svg") && cell.getBoundingClientRect();
      if (around && (box.right > around.right + 1.5 || box.left < around.left - 1.5)) found.push("out of its place: " + name(own));
      if (own.closest("pre")) break;
    }
  }
  for (const drawing of document.querySelectorAll("svg.chart, svg.drawing")) {
    const frame = drawing.getBoundingClientRect();
    if (frame.width && (frame.right > innerWidth + 1 || frame.left < -1)) found.push("out of the window: " + name(drawing));
  }
  if (document.documentElement.scrollWidth > innerWidth) found.push(`the page is ${document.documentElement.scrollWidth} wide`);
  return [...new Set(found)];
})()"""

# The rules of accessibility that a script can see: names, labels, headings, ids, tables, contrast.
RULES = r"""(() => {
  const found = [];
  const shown = (e) => e.getClientRects().length > 0;
  const name = (e) => `${e.tagName.toLowerCase()}#${e.id}.${e.getAttribute("class") || ""}`;
  const textOf = (e) => (e.getAttribute("aria-label") || e.textContent || e.title || "").trim();
  if (document.documentElement.lang !== "en") found.push("the page has no language");
  if (document.querySelectorAll("h1").length !== 1) found.push("not one h1");
  if (!document.querySelector("main")) found.push("no main");
  let level = 1;
  for (const head of document.querySelectorAll("h1, h2, h3, h4")) {
    if (!shown(head)) continue;
    const own = Number(head.tagName[1]);
    if (own > level + 1) found.push(`h${own} after h${level}: ${head.textContent}`);
    level = own;
  }
  const ids = new Set();
  for (const e of document.querySelectorAll("[id]")) {
    if (ids.has(e.id)) found.push("twice: #" + e.id);
    ids.add(e.id);
  }
  for (const e of document.querySelectorAll("[aria-labelledby], [for]")) {
    const id = e.getAttribute("aria-labelledby") || e.getAttribute("for");
    if (!ids.has(id)) found.push("names nothing: " + name(e) + " " + id);
  }
  for (const e of document.querySelectorAll("a, button")) if (shown(e) && !textOf(e)) found.push("no name: " + name(e));
  for (const e of document.querySelectorAll("input, select")) {
    if (shown(e) && !e.labels.length && !e.getAttribute("aria-label")) found.push("no label: " + name(e));
  }
  for (const e of document.querySelectorAll("svg")) {
    if (shown(e) && e.getAttribute("aria-hidden") !== "true" && !e.querySelector("title") && !e.getAttribute("aria-label")) found.push("no title: " + name(e));
  }
  for (const e of document.querySelectorAll(".scroll, pre")) if (e.tabIndex !== 0) found.push("not reached by keyboard: " + name(e));
  for (const e of document.querySelectorAll("th")) if (!e.scope) found.push("no scope: " + e.textContent);
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const rgb = (color) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const light = (c) => {
    const [r, g, b] = c.slice(0, 3).map((v) => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (e) => {
    for (; e; e = e.parentElement) {
      const color = rgb(getComputedStyle(e).backgroundColor);
      if (color[3] === 255) return color;
    }
    return [255, 255, 255, 255];
  };
  for (const e of document.querySelectorAll("p, td, th, a, dt, dd, small, button, label, summary, h1, h2, h3, li, .tag, code, svg text")) {
    if (!shown(e) || !e.textContent.trim() || e.disabled || e.closest(".unseen, .skip, .drawing")) continue;
    const style = getComputedStyle(e);
    const [a, b] = [light(rgb(e.closest("svg") ? style.fill : style.color)), light(behind(e))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    const isLarge = parseFloat(style.fontSize) >= 24 || (parseFloat(style.fontSize) >= 18.6 && style.fontWeight >= 700);
    if (ratio < (isLarge ? 3 : 4.5)) found.push(`contrast ${ratio.toFixed(2)}: ${name(e)} "${e.textContent.trim().slice(0, 20)}"`);
  }
  return [...new Set(found)];
})()"""


def look(browser, root, page, checker):
    """Holds one page against what must be true of all, at three widths, in light and dark."""
    browser.open(f"{root}/{page}")
    time.sleep(0.3)
    for width in (400, 1000, 1600):
        browser.call("Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=False)
        time.sleep(0.15)
        cut = browser.run(CUT)
        check(not cut, f"{page}: nothing is cut at {width} pixels " + "; ".join(cut[:4]))
    browser.run("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    for scheme in ("light", "dark"):
        browser.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
        time.sleep(0.1)
        broken = browser.run(RULES)
        check(not broken, f"{page}: names, labels, order and contrast hold ({scheme}) " + "; ".join(broken[:6]))
        for width in (400, 1000) if checker else ():
            browser.call("Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=False)
            time.sleep(0.1)
            browser.run(checker + "; 0")
            broken = browser.run(axe.RUN)
            check(not broken, f"{page}: axe-core finds nothing ({scheme}, {width} pixels) " + "; ".join(broken[:6]))
    browser.call("Emulation.setEmulatedMedia", features=[])
    browser.call("Emulation.setDeviceMetricsOverride", width=1000, height=900, deviceScaleFactor=1, mobile=False)


def use_ranking(browser, root, part):
    browser.open(f"{root}/{part}index.html")
    check(browser.run("document.querySelectorAll('table.ranking tbody tr').length") > 0, "the ranking has rows")
    check(browser.run("document.querySelectorAll('svg.chart').length") > 0, "there are charts")
    browser.key("Tab")
    check(browser.run("document.activeElement.className === 'skip'"), "the first Tab reaches the skip link")
    rows = "[...document.querySelectorAll('#ranking-table tbody tr')].filter((r) => !r.hidden)"
    all_rows = browser.run(f"{rows}.length")
    first = browser.run(f"{rows}[0].querySelector('.agent').textContent")
    browser.run("[...document.querySelectorAll('.sort')].find((b) => b.textContent.startsWith('Solved')).click()")
    browser.run("[...document.querySelectorAll('.sort')].find((b) => b.textContent.startsWith('Solved')).click()")
    check(browser.run(f"{rows}[0].querySelector('.agent').textContent") != first, "the ranking is sorted the other way")
    check(browser.run("document.querySelector('[aria-sort]').getAttribute('aria-sort')") == "ascending", "the sorting is told")
    browser.run("(() => { const s = document.getElementById('ranking-search'); s.value = 'chain'; s.dispatchEvent(new Event('input')); })()")
    check(0 < browser.run(f"{rows}.length") < all_rows, "a search leaves fewer rows")
    browser.run("(() => { const s = document.getElementById('ranking-search'); s.value = ''; s.dispatchEvent(new Event('input')); })()")
    browser.run("document.getElementById('hide-references').click()")
    check(browser.run(f"{rows}.every((r) => !r.classList.contains('reference'))"), "references can be hidden")
    browser.run("document.getElementById('fold-seeds').click()")
    check(browser.run(f"{rows}.some((r) => r.dataset.family !== undefined)"), "seeds can be unfolded")
    browser.run("document.getElementById('fold-seeds').click()")
    member = browser.run("document.querySelector('tr[data-family]').id")
    browser.open(f"{root}/{part}pairs.html")
    browser.open(f"{root}/{part}index.html#{member}")
    browser.wait(f"!document.getElementById('{member}').hidden", "a link to a row shows it")
    print("ok: a link to a row shows it")
    browser.open(f"{root}/{part}index.html#reproduce")
    browser.wait("document.getElementById('reproduce').offsetHeight > 0", "a link opens the command of the best")
    browser.run("document.getElementById('learning-2').click()")
    check(browser.run("document.querySelector('#learning .p2').offsetHeight > 0 && document.querySelector('#learning .p0').offsetHeight === 0"), "learning can be seen over steps")
    browser.run("document.querySelector('#ranking-table .agent a').click()")
    browser.wait("location.pathname.includes('/entries/')", "an agent's name leads to its page")
    print("ok: an agent's name leads to its page")


def use(browser, site, shots):
    root = site.as_uri()
    browser.call("Emulation.setDeviceMetricsOverride", width=1000, height=900, deviceScaleFactor=1, mobile=False)
    part = "b1/" if (site / "b1").exists() else ""
    entry = max((site / part / "entries").glob("*.html"), key=lambda file: file.stat().st_size).name
    pages = sorted({"index.html", f"{part}index.html", f"{part}puzzles.html", f"{part}pairs.html", f"{part}entries/{entry}", "data.html"})
    if (site / "b2").exists():
        pages.append("b2/puzzles.html")
    checker = axe.source()
    for page in pages:
        look(browser, root, page, checker)
    use_ranking(browser, root, part)
    if (site / "b2/puzzles.html").exists():
        browser.open(f"{root}/b2/puzzles.html")
        browser.wait("document.querySelectorAll('#demonstrations svg').length === 4", "demonstrations are drawn")
        print("ok: demonstrations are drawn")

    browser.open(f"{root}/{part}index.html")
    browser.run("document.querySelector('#puzzles a[href=\"puzzles.html\"]').click()")
    browser.wait("location.pathname.endsWith('puzzles.html') && !!document.querySelector('#asked svg')", "a click leads to a puzzle")
    check(browser.run("number === board.opens"), "it is one that tells agents apart")
    check(browser.run("document.querySelectorAll('#gallery .card').length") > 0, "every answer has a card")
    browser.wait("document.querySelectorAll('#gallery .card svg').length > 0", "answers are drawn")
    for value in ("level 0", "only 0"):
        chosen = f"""(() => {{ const s = document.getElementById('puzzle-filter');
          if (![...s.options].some((o) => o.value === '{value}')) return true;
          s.value = '{value}'; s.dispatchEvent(new Event('change')); return true; }})()"""
        browser.run(chosen)
        browser.wait("fits(number) || document.getElementById('puzzle-matches').textContent.startsWith('0 ')", f"puzzles can be chosen by {value}")
        print(f"ok: puzzles can be chosen by {value}")
    browser.run("(() => { const s = document.getElementById('puzzle-filter'); s.value = 'all'; s.dispatchEvent(new Event('change')); })()")

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

    if (site / part / "pairs.html").exists():
        browser.open(f"{root}/{part}pairs.html")
        browser.wait("document.querySelectorAll('#pair-rows tr').length > 0", "pairs are compared")
        first = browser.run("document.getElementById('pair-rows').textContent")
        browser.run("(() => { const s = document.getElementById('pair-entry'); s.selectedIndex = (s.selectedIndex + 1) % s.options.length; s.dispatchEvent(new Event('change')); })()")
        check(browser.run("document.getElementById('pair-rows').textContent") != first, "another entry can be chosen")
        alone = browser.run("document.querySelectorAll('.puzzle-links a').length")
        check(alone > 0, "the puzzles that only one of two solved are linked")
        browser.run("document.querySelectorAll('.puzzle-links button').forEach((b) => b.click())")
        told = browser.run("[...document.querySelectorAll('.alone')].map((e) => Number(e.textContent.match(/solved (\\d+)/)[1])).reduce((a, b) => a + b)")
        check(browser.run("document.querySelectorAll('.puzzle-links a').length") == told, "there are as many links as the page counts")
        browser.run("document.querySelector('#pair-rows a').click()")
        browser.wait("location.hash.includes('/')", "a row of the table chooses the pair")
        browser.run("document.querySelector('.puzzle-links a').click()")
        browser.wait("location.pathname.endsWith('puzzles.html') && !!document.querySelector('#asked svg')", "a link leads to its puzzle")
        check(browser.run("isSolved(puzzle.e[agent])"), "whose answer is right")

    if shots:
        shots.mkdir(parents=True, exist_ok=True)
        for page in pages:
            browser.open(f"{root}/{page}")
            time.sleep(0.5)
            for width in (400, 1000, 1600):
                for scheme in ("light", "dark"):
                    name = "entry" if "entries/" in page else page.split(".")[0].replace("/", "-")
                    browser.shot(shots / f"{name}-{width}-{scheme}.png", width, scheme)

    browser.run("1")
    check(not browser.problems, "no error in the console, nothing asked of the network " + "; ".join(map(str, browser.problems[:5])))
    print("The browser test passed.")


if __name__ == "__main__":
    main()
