"use strict";
const svgSpace = "http://www.w3.org/2000/svg";
const plain = [];
for (let code = 0x23; code <= 0x7e; code++) {
  if (!"<>&'\\".includes(String.fromCharCode(code))) plain.push(code);
}
const plainIndex = new Map(plain.map((code, index) => [code, index]));

// A drawing as {shape, cells: indices of the palette}.
function decode(value, base) {
  const [shape, text] = Array.isArray(value) ? value : [0, value];
  const cells = [];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code >= 0x4e00) {
      const end = cells.length + code - 0x4e00;
      while (cells.length < end) cells.push(base.cells[cells.length]);
    } else {
      cells.push(code < 127 ? plainIndex.get(code) : plain.length + code - 0x100);
    }
  }
  return { shape, cells };
}

function node(parent, name, attributes, text) {
  const element = document.createElementNS(svgSpace, name);
  for (const key in attributes) element.setAttribute(key, attributes[key]);
  if (text !== undefined) element.textContent = text;
  parent.appendChild(element);
  return element;
}

const silent = new Set([/* roles without text */]);
const bare = new Set(["given", "answer", "blank", "outside"]);
const side = 32;

// The rows and columns that hold cells of the puzzle: [top, bottom, left, right].
function boundsOf(drawing, shard, rows, columns) {
  let [top, bottom, left, right] = [rows, 0, columns, 0];
  drawing.cells.forEach((cell, index) => {
    if (shard.palette[cell][1] === "outside") return;
    const [row, column] = [Math.floor(index / columns), index % columns];
    [top, bottom] = [Math.min(top, row), Math.max(bottom, row + 1)];
    [left, right] = [Math.min(left, column), Math.max(right, column + 1)];
  });
  return bottom > top ? [top, bottom, left, right] : [0, rows, 0, columns];
}

function picture(drawing, shard, words) {
  const [rows, columns, heavyRows, heavyColumns, spaced] = shard.shapes[drawing.shape];
  const [top, bottom, start, stop] = boundsOf(drawing, shard, rows, columns);
  const [left, width] = [start * side, stop * side];
  const [above, height] = [top * side, bottom * side];
  const svg = document.createElementNS(svgSpace, "svg");
  svg.setAttribute("class", "drawing");
  svg.setAttribute("viewBox", `${left - 2} ${above - 2} ${width - left + 4} ${height - above + 4}`);
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", words);
  node(svg, "path", { class: "sheet", d: `M${left} ${above}H${width}V${height}H${left}z` });
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns;) {
      const role = shard.palette[drawing.cells[row * columns + column]][1];
      const roleAt = (place) => shard.palette[drawing.cells[row * columns + place]][1];
      let end = column + 1;
      while (end < columns && roleAt(end) === role) end++;
      if (!bare.has(role)) {
        node(svg, "rect", { class: role, x: column * side, y: row * side,
          width: (end - column) * side, height: side });
      }
      column = end;
    }
  }
  let crosses = "";
  drawing.cells.forEach((cell, index) => {
    const [text, role] = shard.palette[cell];
    const x = (index % columns) * side;
    const y = Math.floor(index / columns) * side;
    if (role === "wrong") crosses += `M${x + 3} ${y + 3}l7 7m0 -7l-7 7`;
    if (silent.has(role) || !text.trim()) return;
    node(svg, "text", { class: role, x: x + side / 2, y: y + side / 2 + 1 }, text);
  });
  const line = (name, across, down) => {
    const rows = across.filter((row) => row > top && row < bottom);
    const columns = down.filter((column) => column > start && column < stop);
    const path = rows.map((row) => `M${left} ${row * side}H${width}`)
      .concat(columns.map((column) => `M${column * side} ${above}V${height}`)).join("");
    if (path) node(svg, "path", { class: name, d: path });
  };
  const inner = (count) => Array.from({ length: count - 1 }, (_, index) => index + 1);
  if (spaced) line("thin", inner(rows), inner(columns));
  line("heavy", heavyRows, heavyColumns);
  node(svg, "path", { class: "edge", d: `M${left} ${above}H${width}V${height}H${left}z` });
  if (crosses) node(svg, "path", { class: "cross", d: crosses });
  return svg;
}

// The drawing in characters: "!" before a wrong cell, "+" before a changed one.
function asText(drawing, shard) {
  const columns = shard.shapes[drawing.shape][1];
  let text = "";
  drawing.cells.forEach((cell, index) => {
    const [shown, role] = shard.palette[cell];
    text += (role === "wrong" ? "!" : role === "changed" ? "+" : " ")
      + (role === "wall" ? "#" : shown.trim() || "·");
    if ((index + 1) % columns === 0) text += "\n";
  });
  return text;
}

function wrongCount(drawing, shard) {
  return drawing.cells.filter((cell) => shard.palette[cell][1] === "wrong").length;
}
