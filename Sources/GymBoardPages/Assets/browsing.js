let board, shard, puzzle, number = -1, agent = 0, playing = 0, shown = 0;
// The steps that are here, the last one the answer, and how many the agent took before it.
let step = 0, steps = [], taken = 0;
const shards = new Map(), waiting = new Map(), bits = new Map();
const find = (id) => document.getElementById(id);
const isSolved = (choice) => choice >= 0 && puzzle.g[choice].length === 1;

function puzzleIndex(value) {
  board = value;
  const start = () => {
    find("browser").hidden = false;
    find("puzzle-number").max = board.count;
    const [wanted, who] = location.hash.slice(1).split("/");
    const within = (text, count) =>
      Math.max(0, Math.min((parseInt(text, 10) || 1) - 1, count - 1));
    fillFilter();
    agent = parseInt(who, 10) ? within(who, board.entries.length) : board.agent;
    // Without a number, the first puzzle shown is one that tells agents apart.
    open(parseInt(wanted, 10) ? within(wanted, board.count) : board.opens);
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
}

function puzzleShard(first, value) {
  const known = [];
  for (const puzzle of value.puzzles) known.push(unpack(puzzle));
  shards.set(first, { ...value, puzzles: known });
  (waiting.get(first) || []).forEach((done) => done());
  waiting.delete(first);
}

function unpack(puzzle) {
  const question = decode(puzzle.q);
  const solution = puzzle.a === undefined ? null : decode(puzzle.a);
  return { ...puzzle, question, solution, base: solution || question };
}

function load(first, done) {
  if (shards.has(first)) return done();
  const queue = waiting.get(first);
  if (queue) return queue.push(done);
  waiting.set(first, [done]);
  const script = document.createElement("script");
  script.src = `puzzles/p${first}.js`;
  script.onerror = () => {
    waiting.delete(first);
    script.remove();
    find("puzzle-facts").textContent = "This puzzle could not be loaded.";
  };
  document.head.appendChild(script);
}

function open(index) {
  if (index < 0 || index >= board.count) return;
  let first = 0;
  for (const candidate of board.firsts) if (candidate <= index) first = candidate;
  number = index;
  load(first, () => {
    if (number !== index) return;
    shard = shards.get(first);
    puzzle = shard.puzzles[index - first];
    showPuzzle();
  });
}

function showPuzzle() {
  stop();
  find("puzzle-number").value = number + 1;
  find("puzzle-title").textContent = `Puzzle ${number + 1}`;
  const all = board.entries.length;
  const facts = [all ? `${board.solved[number]} of ${all} entries solved it` : "No entries yet"];
  if (puzzle.r !== undefined) facts.push(`rating ${puzzle.r} (higher is harder)`);
  if (puzzle.s) facts.push(`from ${puzzle.s}`);
  find("puzzle-facts").textContent = facts.join(" · ");
  find("reveal").hidden = !puzzle.solution;
  showDemonstrations();
  showQuestion();
  showGallery();
  showAnswer();
}

function showDemonstrations() {
  const pairs = (puzzle.d || []).map(([asked, answer], index) => {
    const question = decode(asked);
    const item = document.createElement("li");
    const arrow = document.createElement("span");
    arrow.textContent = "→";
    arrow.setAttribute("aria-hidden", "true");
    item.append(picture(question, shard, `Demonstration ${index + 1}, question`), arrow,
      picture(decode(answer, question), shard, `Demonstration ${index + 1}, answer`));
    return item;
  });
  find("shown").hidden = !pairs.length;
  find("demonstrations").replaceChildren(...pairs);
}

function showQuestion() {
  const revealed = find("reveal").getAttribute("aria-pressed") === "true" && puzzle.solution;
  const [drawing, words] =
    revealed ? [puzzle.solution, "Right answer"] : [puzzle.question, "Question"];
  find("asked-title").textContent = words;
  find("asked").replaceChildren(picture(drawing, shard, words));
}

function nameOf(index) {
  const [name, note] = board.entries[index];
  return note ? `${name} (${note})` : name;
}

function drawingOf(index) {
  const choice = puzzle.e[index];
  return choice >= 0 ? decode(puzzle.g[choice][0], puzzle.base) : null;
}

function wordsOf(index) {
  const choice = puzzle.e[index];
  const failure = puzzle.f && puzzle.f[index];
  if (choice === -1) return failure ? `✗ No answer: ${failure}` : "✗ No answer";
  if (choice === -2) return "Left out of these pages to keep them small";
  if (isSolved(choice)) return "✓ Solved";
  const wrong = wrongCount(drawingOf(index), shard);
  const cells = wrong ? ` (${wrong} ${wrong === 1 ? "cell" : "cells"} marked)` : "";
  return `✗ Wrong: ${puzzle.g[choice][1] || "not solved"}${cells}`;
}

function showAnswer() {
  steps = [];
  if (!board.entries.length) return find("given-status").textContent = "No entries yet.";
  let base = puzzle.base;
  for (const text of (puzzle.t && puzzle.t[agent]) || []) {
    base = decode(text, base);
    steps.push({ drawing: base });
  }
  taken = (puzzle.o && puzzle.o[agent]) || steps.length;
  showStepsNote();
  const final = drawingOf(agent);
  if (final) steps.push({ drawing: final });
  find("given-title").textContent = nameOf(agent);
  find("player").hidden = steps.length < 2;
  find("step-range").max = Math.max(1, steps.length);
  history.replaceState(null, "", `#${number + 1}/${agent + 1}`);
  showStep(steps.length - 1);
  document.querySelectorAll(".card").forEach((card) =>
    card.setAttribute("aria-pressed", String(Number(card.dataset.agent) === agent)));
}

function showStepsNote() {
  const note = find("steps-note");
  note.hidden = taken === steps.length;
  note.textContent = steps.length
    ? `${steps.length} of the ${taken} steps are here, evenly spaced, to keep the pages small.`
    : `The ${taken} steps of this answer are left out to keep the pages small.`;
}

// The number from 1 of a step that is shown, among all that were taken.
function placeOf(index) {
  const kept = steps.length - 1;
  return kept < 2 ? index + 1 : Math.floor(index * (taken - 1) / (kept - 1)) + 1;
}

function showStep(index) {
  step = Math.min(Math.max(0, index), Math.max(0, steps.length - 1));
  const last = step === steps.length - 1;
  const place = steps.length < 2 ? "" : last ? `The answer, after ${taken} steps. `
    : `Step ${placeOf(step)} of ${taken}. `;
  const words = place + (last || !steps.length ? wordsOf(agent) : "");
  find("given-status").textContent = words;
  find("step-range").value = step + 1;
  find("step-range").setAttribute("aria-valuetext", words);
  find("step-back").disabled = find("step-first").disabled = step <= 0;
  find("step-on").disabled = last;
  if (!steps.length) {
    find("given").replaceChildren();
    find("as-text").textContent = asText(puzzle.question, shard);
    return;
  }
  const { drawing } = steps[step];
  find("given").replaceChildren(picture(drawing, shard, `${nameOf(agent)}: ${words}`));
  find("as-text").textContent = "Question\n" + asText(puzzle.question, shard) + "\n"
    + nameOf(agent) + ": " + words + "\n" + asText(drawing, shard);
}

function stop() {
  clearInterval(playing);
  playing = 0;
  find("step-play").textContent = "Play";
  find("step-play").setAttribute("aria-pressed", "false");
}

function play() {
  if (playing) return stop();
  if (step >= steps.length - 1) showStep(0);
  find("step-play").textContent = "Pause";
  find("step-play").setAttribute("aria-pressed", "true");
  playing = setInterval(() => {
    showStep(step + 1);
    if (step >= steps.length - 1) stop();
  }, 700);
}

// Pictures are drawn as they come into view: two hundred answers are many shapes.
const watcher = new IntersectionObserver((seen) => {
  for (const item of seen) {
    if (!item.isIntersecting) continue;
    watcher.unobserve(item.target);
    draw(item.target);
  }
}, { rootMargin: "300px" });

function draw(card) {
  const drawing = drawingOf(Number(card.dataset.agent));
  if (!drawing) return;
  const svg = picture(drawing, shard, "");
  svg.setAttribute("aria-hidden", "true");
  svg.removeAttribute("aria-label");
  card.querySelector(".frame").replaceChildren(svg);
}

function showGallery() {
  watcher.disconnect();
  find("gallery").replaceChildren();
  shown = 0;
  showMore();
}

function showMore() {
  const end = Math.min(board.entries.length, Math.max(shown + 24, agent + 1));
  for (; shown < end; shown++) find("gallery").appendChild(cardOf(shown));
  find("more").hidden = shown >= board.entries.length;
  find("more").textContent = `Show more (${board.entries.length - shown})`;
}

function cardOf(index) {
  const item = document.createElement("li");
  const card = document.createElement("button");
  card.type = "button";
  card.className = "card";
  card.dataset.agent = index;
  card.setAttribute("aria-pressed", String(index === agent));
  const part = (name, text) => {
    const span = document.createElement("span");
    span.className = name;
    span.textContent = text;
    card.appendChild(span);
  };
  part("who", nameOf(index));
  part("what " + (isSolved(puzzle.e[index]) ? "solved" : "failed"),
    isSolved(puzzle.e[index]) ? "✓ solved" : puzzle.e[index] === -1 ? "✗ no answer"
    : puzzle.e[index] === -2 ? "left out" : "✗ wrong");
  part("frame", "");
  card.addEventListener("click", () => { stop(); agent = index; showAnswer(); });
  item.appendChild(card);
  watcher.observe(card);
  return item;
}

// Whether an entry solved a puzzle: one bit each, the first puzzle's lowest.
function solvedBy(entry, index) {
  if (!bits.has(entry)) bits.set(entry, atob(board.bits[entry]));
  return (bits.get(entry).charCodeAt(index >> 3) >> (index & 7) & 1) === 1;
}

function fillFilter() {
  const group = (title, options) => {
    const parent = document.createElement("optgroup");
    parent.label = title;
    for (const [value, text] of options) {
      const option = document.createElement("option");
      [option.value, option.textContent] = [value, text];
      parent.appendChild(option);
    }
    if (options.length) find("puzzle-filter").appendChild(parent);
  };
  group("By difficulty", board.ratings.length
    ? board.levels.map(([name, count], index) => [`level ${index}`, `${name} (${count})`]) : []);
  const entries = board.entries.map((_, index) => index).slice(0, 60);
  if (board.entries.length > 1) {
    group("Solved by only one",
      entries.map((index) => [`only ${index}`, `only ${nameOf(index)}`]));
    group("Solved by all but one",
      entries.map((index) => [`but ${index}`, `all but ${nameOf(index)}`]));
  }
}

function fits(index) {
  const solved = board.solved[index];
  const [kind, number] = find("puzzle-filter").value.split(" ");
  switch (kind) {
  case "level": {
    const rating = board.ratings[index];
    // Of levels that share an end, the first has it, as in the counts.
    return rating !== null && board.levels.findIndex(
      ([, , low, high]) => rating >= low && rating <= high) === Number(number);
  }
  case "only": return solved === 1 && solvedBy(Number(number), index);
  case "but": return solved === board.entries.length - 1 && !solvedBy(Number(number), index);
  case "none": return solved === 0;
  case "every": return solved === board.entries.length;
  case "split": return solved > 0 && solved < board.entries.length;
  default: return true;
  }
}

function move(by) {
  for (let index = number + by; index >= 0 && index < board.count; index += by) {
    if (fits(index)) return open(index);
  }
  find("puzzle-facts").textContent = by > 0 ? "There is no later such puzzle."
    : "There is no earlier such puzzle.";
}

document.addEventListener("DOMContentLoaded", () => {
  const click = (id, action) => find(id).addEventListener("click", action);
  click("puzzle-back", () => move(-1));
  click("puzzle-on", () => move(1));
  click("step-first", () => { stop(); showStep(0); });
  click("step-back", () => { stop(); showStep(step - 1); });
  click("step-on", () => { stop(); showStep(step + 1); });
  click("step-play", play);
  click("more", showMore);
  click("reveal", () => {
    const button = find("reveal");
    button.setAttribute("aria-pressed", String(button.getAttribute("aria-pressed") !== "true"));
    showQuestion();
  });
  find("step-range").addEventListener("input", (event) => {
    stop();
    showStep(Number(event.target.value) - 1);
  });
  find("puzzle-number").addEventListener("change", (event) => {
    const wanted = Math.round(Number(event.target.value)) - 1;
    open(Math.min(Math.max(0, wanted || 0), board.count - 1));
  });
  find("puzzle-filter").addEventListener("change", () => {
    let fitting = 0, first = -1;
    for (let index = 0; index < board.count; index++) {
      if (!fits(index)) continue;
      fitting += 1;
      if (first < 0 || (first < number && index >= number)) first = index;
    }
    find("puzzle-matches").textContent = find("puzzle-filter").value === "all" ? ""
      : `${fitting} ${fitting === 1 ? "puzzle" : "puzzles"}`;
    if (first >= 0 && !fits(number)) open(first);
  });
  find("choose").addEventListener("submit", (event) => event.preventDefault());
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !puzzle) return;
    if (/^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) return;
    if (event.key === "ArrowLeft") { stop(); showStep(step - 1); }
    else if (event.key === "ArrowRight") { stop(); showStep(step + 1); }
    else if (event.key === "j") move(1);
    else if (event.key === "k") move(-1);
    else return;
    event.preventDefault();
  });
});
