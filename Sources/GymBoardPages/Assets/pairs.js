"use strict";
function showPairs(data) {
  const count = data.names.length;
  const find = (id) => document.getElementById(id);
  const nameOf = (index) => `${index + 1} ${data.names[index]}`
    + (data.notes[index] ? ` (${data.notes[index]})` : "");

  // Wins, losses and p as the first entry sees them.
  function pair(first, second) {
    if (first > second) {
      const [wins, losses, p] = pair(second, first);
      return [losses, wins, p];
    }
    const place = (first * (2 * count - first - 1)) / 2 + second - first - 1;
    return data.pairs.slice(3 * place, 3 * place + 3);
  }

  function cell(row, text, kind) {
    const element = document.createElement("td");
    element.textContent = text;
    if (kind) element.className = kind;
    row.appendChild(element);
  }

  function show(index) {
    find("pair-name").textContent = data.names[index];
    find("pair-caption").textContent =
      `${nameOf(index)}: ${data.shares[index]} solved, against each of ${count - 1} others`;
    const rows = [];
    for (let other = 0; other < count; other++) {
      if (other === index) continue;
      const [wins, losses, p] = pair(index, other);
      const row = document.createElement("tr");
      const head = document.createElement("th");
      head.scope = "row";
      head.className = "agent";
      head.textContent = nameOf(other);
      row.appendChild(head);
      cell(row, wins);
      cell(row, losses);
      cell(row, p < 100 ? "< 0.001" : (p / 100000).toFixed(3));
      if (p >= 5000) cell(row, "= no significant difference", "even");
      else if (wins > losses) cell(row, "▲ better", "better");
      else cell(row, "▼ worse", "worse");
      rows.push(row);
    }
    find("pair-rows").replaceChildren(...rows);
  }

  const choice = find("pair-entry");
  data.names.forEach((_, index) => {
    const option = document.createElement("option");
    option.value = index;
    option.textContent = nameOf(index);
    choice.appendChild(option);
  });
  choice.addEventListener("change", () => show(Number(choice.value)));
  find("pair-tool").hidden = false;
  show(0);
}
