// What can be chosen in a <select multiple> or in a tree of checkboxes, seen the same way.

/** Small letters without accents, for comparing what people type. */
export function fold(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

/** One thing that can be chosen. */
class Choice {
  constructor(control, { value, label, other = "", path = "" }) {
    Object.assign(this, { control, value, label, other, path });
    this.words = ` ${fold(`${label} ${other}`).replace(/[^\p{L}\p{N}]+/gu, " ")}`;
  }

  get chosen() {
    return this.control.checked ?? this.control.selected;
  }

  /** Change it as a click would, so that whoever listens hears of it. */
  set chosen(on) {
    if (this.chosen === on) return;
    if (this.control instanceof HTMLOptionElement) this.control.selected = on;
    else this.control.checked = on;
    const source = this.control.closest("select") ?? this.control;
    source.dispatchEvent(new Event("change", { bubbles: true }));
  }

  fits(typed) {
    return fold(typed).split(/[^\p{L}\p{N}]+/u).filter(Boolean).every((word) => this.words.includes(` ${word}`));
  }
}

/** Every choice below an element, in its order. */
export function choicesIn(root) {
  const options = [...root.querySelectorAll("select[multiple] option")].map(
    (option) =>
      new Choice(option, { value: option.value, label: option.label, path: option.closest("optgroup")?.label ?? "" }),
  );
  const boxes = [...root.querySelectorAll('.tree input[type="checkbox"]')].map((box) => {
    const words = box.nextElementSibling;
    const other = words.querySelector(".combo__alt")?.textContent.trim() ?? "";
    const path = box.closest("details")?.querySelector("summary")?.firstChild?.nextSibling?.textContent.trim() ?? "";
    return new Choice(box, { value: box.value, label: words.firstChild.textContent.trim(), other, path });
  });
  return [...options, ...boxes];
}

/** The label as nodes, with what was typed marked where a word begins with it. */
export function marked(label, typed) {
  const letters = [...label];
  const plain = letters.map(fold);
  const wanted = fold(typed.trim());
  // A letter that folds into two would shift all that follow.
  const at = plain.every((letter) => letter.length === 1) ? plain.join("").search(beginning(wanted)) : -1;
  if (!wanted || at < 0) return [label];
  const mark = document.createElement("mark");
  mark.textContent = letters.slice(at, at + wanted.length).join("");
  return [letters.slice(0, at).join(""), mark, letters.slice(at + wanted.length).join("")];
}

function beginning(wanted) {
  return new RegExp(`(?<![\\p{L}\\p{N}])${wanted.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&")}`, "u");
}
