"use strict";
// The puzzles that each entry solved, one bit each; null if the site does not show puzzles.
let solvedBits = null;
function puzzleIndex(value) {
  solvedBits = value.bits.map(atob);
  solvedBits.count = value.count;
}

function showPairs(data) {
  const count = data.names.length;
  const few = 30;
  const find = (id) => document.getElementById(id);
  let [first, second] = data.opens;

  // Wins, losses and p as one entry sees them against another.
  function pair(one, other) {
    if (one > other) {
      const [wins, losses, p] = pair(other, one);
      return [losses, wins, p];
    }
    const place = (one * (2 * count - one - 1)) / 2 + other - one - 1;
    return data.pairs.slice(3 * place, 3 * place + 3);
  }

  // Beside 0.05, which decides, p has as many digits as tell on which side it is.
  function wordsOf(p) {
    if (p < 100) return "< 0.001";
    const text = [3, 4, 5].map((digits) => (p / 100000).toFixed(digits));
    return p === 5000 ? text[0] : text.find((words) => Number(words) !== 0.05);
  }
  const puzzles = (number) => `${number} ${number === 1 ? "puzzle" : "puzzles"}`;

  function cell(row, content, kind) {
    const element = document.createElement("td");
    element.append(content);
    if (kind) element.className = kind;
    row.appendChild(element);
  }

  function link(target, text) {
    const element = document.createElement("a");
    [element.href, element.textContent] = [target, text];
    return element;
  }

  const hasSolved = (entry, index) =>
    (solvedBits[entry].charCodeAt(index >> 3) >> (index & 7) & 1) === 1;

  // The puzzles that one entry solved and another did not: a few links, and a button for the rest.
  function showAlone(id, one, other, number) {
    find(`${id}-title`).textContent = `Only ${data.names[one]} solved ${puzzles(number)}`;
    const place = find(id);
    place.replaceChildren();
    if (!solvedBits) return;
    const found = [];
    for (let index = 0; index < solvedBits.count; index++) {
      if (hasSolved(one, index) && !hasSolved(other, index)) found.push(index + 1);
    }
    const add = (numbers) => {
      for (const puzzle of numbers) place.append(link(`puzzles.html#${puzzle}/${one + 1}`, `#${puzzle}`), " ");
    };
    add(found.slice(0, few));
    if (found.length <= few) return;
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = `Show ${found.length - few} more`;
    button.addEventListener("click", () => { button.remove(); add(found.slice(few)); });
    place.append(button);
  }

  function show() {
    find("pair-entry").value = first;
    find("pair-other").value = second;
    const [wins, losses, p] = pair(first, second);
    const [one, other] = [data.names[first], data.names[second]];
    find("pair-verdict").textContent = `${one} solved ${data.shares[first]}, ${other} `
      + `${data.shares[second]}. `
      + (p >= 5000 ? "The difference is not significant" : `${wins > losses ? one : other} is better`)
      + ` (p ${p < 100 ? "" : "= "}${wordsOf(p)}).`;
    showAlone("pair-first", first, second, wins);
    showAlone("pair-second", second, first, losses);
    showRows();
  }

  function showRows() {
    find("pair-name").textContent = data.names[first];
    find("pair-caption").textContent =
      `${data.names[first]}: ${data.shares[first]} solved, against each of ${count - 1} others`;
    const rows = [];
    for (let other = 0; other < count; other++) {
      if (other === first) continue;
      const [wins, losses, p] = pair(first, other);
      const row = document.createElement("tr");
      const head = document.createElement("th");
      head.scope = "row";
      head.className = "agent";
      head.append(link(`#${data.ids[first]}/${data.ids[other]}`, data.names[other]));
      row.appendChild(head);
      cell(row, wins);
      cell(row, losses);
      cell(row, wordsOf(p));
      if (p >= 5000) cell(row, "= no significant difference", "even");
      else if (wins > losses) cell(row, "▲ better", "better");
      else cell(row, "▼ worse", "worse");
      rows.push(row);
    }
    find("pair-rows").replaceChildren(...rows);
  }

  function choose(one, other) {
    if (one === other) other = one === 0 ? 1 : 0;
    [first, second] = [one, other];
    history.replaceState(null, "", `#${data.ids[first]}/${data.ids[second]}`);
    show();
  }

  function follow() {
    const [one, other] = location.hash.slice(1).split("/").map((id) => data.ids.indexOf(id));
    if (one >= 0 && other >= 0 && one !== other) [first, second] = [one, other];
    show();
  }

  for (const id of ["pair-entry", "pair-other"]) {
    data.names.forEach((name, index) => {
      const option = document.createElement("option");
      option.value = index;
      option.textContent = `${name}, ${data.ranks[index]}`;
      find(id).appendChild(option);
    });
    find(id).addEventListener("change", () =>
      choose(Number(find("pair-entry").value), Number(find("pair-other").value)));
  }
  window.addEventListener("hashchange", follow);
  find("pair-choice").addEventListener("submit", (event) => event.preventDefault());
  find("pair-tool").hidden = false;
  follow();
}
