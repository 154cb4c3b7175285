// The formatting buttons above a field for Markdown, their arrow keys, and Ctrl+B, I, K inside it.

const PAIRS = { bold: "**", italic: "*" };
const LINES = { heading: "## ", quote: "> ", list: "- ", ordered: "1. " };
const KEYS = { b: "bold", i: "italic", k: "link" };
const TABLE = "|   |   |\n| --- | --- |\n|   |   |\n";

export class MarkdownToolbar {
  constructor(bar, field) {
    Object.assign(this, { bar, field });
    bar.addEventListener("click", (event) => this.use(event.target.closest("[data-tool]")?.dataset.tool));
    bar.addEventListener("keydown", (event) => this.walk(event));
    field.addEventListener("keydown", (event) => {
      const tool = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && KEYS[event.key];
      if (!tool) return;
      event.preventDefault();
      this.use(tool);
    });
  }

  walk(event) {
    const buttons = [...this.bar.querySelectorAll("button")];
    const at = buttons.indexOf(document.activeElement);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: -1 }[event.key];
    if (to === undefined || at < 0) return;
    event.preventDefault();
    buttons[at].tabIndex = -1;
    const next = buttons.at(to % buttons.length);
    next.tabIndex = 0;
    next.focus();
  }

  use(tool) {
    if (!tool) return;
    if (tool in PAIRS) this.surround(PAIRS[tool]);
    else if (tool in LINES) this.begin(LINES[tool]);
    else this[tool]();
  }

  get selected() {
    const { value, selectionStart, selectionEnd } = this.field;
    return value.slice(selectionStart, selectionEnd);
  }

  /** Put a mark around what is selected, or take it away. */
  surround(mark) {
    const { value, selectionStart: start, selectionEnd: end } = this.field;
    const around = value.slice(start - mark.length, start) === mark && value.slice(end, end + mark.length) === mark;
    if (around) {
      insert(this.field, this.selected, { start: start - mark.length, end: end + mark.length, select: [0, end - start] });
    } else {
      insert(this.field, `${mark}${this.selected}${mark}`, { select: [mark.length, mark.length + end - start] });
    }
  }

  /** Begin every selected line with a mark, or take it from all of them. */
  begin(mark) {
    const { value, selectionStart, selectionEnd } = this.field;
    const start = value.lastIndexOf("\n", selectionStart - 1) + 1;
    const end = Math.max(selectionEnd, (value.indexOf("\n", selectionEnd) + 1 || value.length + 1) - 1);
    const lines = value.slice(start, end).split("\n");
    const has = lines.every((line) => line.startsWith(mark));
    const numbered = mark === LINES.ordered;
    const changed = lines.map((line, at) => (has ? line.slice(mark.length) : (numbered ? `${at + 1}. ` : mark) + line));
    const text = changed.join("\n");
    insert(this.field, text, { start, end, select: [text.length, text.length] });
  }

  link() {
    const { selected } = this;
    if (/^https?:\/\/\S+$/.test(selected)) insert(this.field, `[](${selected})`, { select: [1, 1] });
    else insert(this.field, `[${selected}](https://)`, { select: [selected.length + 3, selected.length + 11] });
  }

  code() {
    if (!this.selected.includes("\n")) {
      this.surround("`");
      return;
    }
    insertBlock(this.field, `\`\`\`\n${this.selected}\n\`\`\`\n`);
  }

  table() {
    insertBlock(this.field, TABLE);
  }

  mention() {
    const before = this.field.value[this.field.selectionStart - 1];
    insert(this.field, before && !/\s/.test(before) ? " @" : "@");
  }
}

/** Type a text in place of the selection, so that undo knows of it; `select` is relative to the text. */
export function insert(field, text, { start = field.selectionStart, end = field.selectionEnd, select = null } = {}) {
  field.focus();
  field.setSelectionRange(start, end);
  const typed = text ? document.execCommand("insertText", false, text) : document.execCommand("delete");
  if (!typed) {
    field.setRangeText(text, start, end, "end");
    field.dispatchEvent(new InputEvent("input", { bubbles: true }));
  }
  if (select) field.setSelectionRange(start + select[0], start + select[1]);
}

/** The same, as a paragraph of its own. */
export function insertBlock(field, text) {
  const before = field.value.slice(0, field.selectionStart);
  const gap = !before || before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n";
  insert(field, gap + text);
}
