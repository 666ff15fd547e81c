"use strict";
document.addEventListener("DOMContentLoaded", () => {
  const table = document.getElementById("ranking-table");
  if (!table) return;
  const find = (id) => document.getElementById(id);
  const body = table.tBodies[0];
  const rows = Array.from(body.rows);
  const [fold, hide, search] = ["fold-seeds", "hide-references", "ranking-search"].map(find);
  const isOn = (box) => Boolean(box && box.checked);

  // The name, seed and version in a row.
  const textOf = (row) => Array.from(row.querySelectorAll(".agent bdi"))
    .map((part) => part.textContent.toLowerCase()).join(" ");

  function filter() {
    const words = search.value.trim().toLowerCase();
    let shown = 0;
    let above;
    for (const row of rows) {
      const isFolded = row.classList.contains("folded");
      const isMember = row.dataset.family !== undefined;
      const isLeft = (isFolded && !isOn(fold)) || (isMember && isOn(fold))
        || (isOn(hide) && row.classList.contains("reference"))
        || !textOf(row).includes(words);
      row.hidden = isLeft;
      if (isLeft) continue;
      shown += 1;
      // A line separates rows that do not share a rank; references have none.
      const rank = row.querySelector(".rank b")?.textContent;
      row.classList.toggle("first", rank === undefined || rank !== above);
      above = rank;
    }
    find("ranking-count").textContent = words || isOn(hide)
      ? `${shown} ${shown === 1 ? "row" : "rows"} shown.` : "";
  }

  function valueOf(row, column, kind) {
    const cell = row.cells[column];
    if (kind === "text") return cell.textContent.trim().toLowerCase();
    return cell.dataset.v === undefined ? null : Number(cell.dataset.v);
  }

  function sort(column, kind, up) {
    const sign = up ? 1 : -1;
    const sorted = rows.map((row, index) => [valueOf(row, column, kind), index, row]);
    // Unknown values come last, either way.
    sorted.sort(([a, i], [b, j]) =>
      (a === null) - (b === null) || (a < b ? -sign : a > b ? sign : i - j));
    for (const [, , row] of sorted) body.appendChild(row);
    table.classList.toggle("sorted", column !== 0 || !up);
  }

  const heads = Array.from(table.tHead.rows[0].cells);
  heads.forEach((head, column) => {
    const kind = head.dataset.sort;
    if (!kind) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "sort";
    button.append(...head.childNodes);
    head.append(button);
    if (column === 0) head.setAttribute("aria-sort", "ascending");
    button.addEventListener("click", () => {
      const now = head.getAttribute("aria-sort");
      const up = now ? now === "descending" : kind !== "down";
      heads.forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", up ? "ascending" : "descending");
      sort(column, kind, up);
    });
  });

  // A link to a row shows it, whatever is folded or hidden.
  function reveal() {
    const row = location.hash.startsWith("#entry-") && find(location.hash.slice(1));
    if (!row) return;
    if (fold && row.dataset.family !== undefined) fold.checked = false;
    if (hide) hide.checked = false;
    search.value = "";
    filter();
    row.scrollIntoView({ block: "center" });
  }

  [fold, hide].forEach((box) => box && box.addEventListener("change", filter));
  search.addEventListener("input", filter);
  find("ranking-tools").addEventListener("submit", (event) => event.preventDefault());
  find("ranking-tools").hidden = false;
  window.addEventListener("hashchange", reveal);
  filter();
  reveal();
});
