// Arrow keys move between the cells of a matrix; Home and End go to the ends of a line.
class MatrixKeys extends HTMLElement {
  connectedCallback() {
    this.addEventListener("keydown", (event) => this.move(event));
  }

  move(event) {
    const cell = event.target.closest("td, th");
    const link = cell && this.towards(cell, event.key);
    if (!link) return;
    event.preventDefault();
    link.focus();
  }

  /** The nearest link in a direction: empty cells are passed over. */
  towards(cell, key) {
    const rows = [...this.querySelectorAll("tbody tr")];
    const line = rows.indexOf(cell.parentElement);
    const linkAt = (row, column) => rows[row]?.cells[column]?.querySelector("a");
    const inLine = [...cell.parentElement.cells].map((other) => other.querySelector("a"));
    if (key === "Home") return inLine.find(Boolean);
    if (key === "End") return inLine.findLast(Boolean);
    if (key === "ArrowLeft") return inLine.slice(0, cell.cellIndex).findLast(Boolean);
    if (key === "ArrowRight") return inLine.slice(cell.cellIndex + 1).find(Boolean);
    const step = { ArrowUp: -1, ArrowDown: 1 }[key];
    for (let row = line + (step ?? 0); step && rows[row]; row += step) {
      const link = linkAt(row, cell.cellIndex);
      if (link) return link;
    }
    return null;
  }
}

customElements.define("matrix-keys", MatrixKeys);
