// <term-combo data-source data-hint>: a type-ahead with chips over a <select multiple> or a tree of checkboxes.
// What is chosen stays in the control it lies over, which the form sends. With `data-source` the server is asked
// (`?q=`), so that words of the other language and synonyms find too; else the choices themselves are searched.
import { get } from "../../lib/fetch.js";
import { message } from "../../lib/messages.js";
import { choicesIn, marked } from "./choices.js";

const WAIT_MS = 120;
const SHOWN = 8;
let made = 0;

class TermCombo extends HTMLElement {
  connectedCallback() {
    if (this.box) return;
    this.choices = choicesIn(this);
    if (!this.choices.length) return;
    this.byValue = new Map(this.choices.map((choice) => [choice.value, choice]));
    this.draw();
    this.addEventListener("change", () => this.drawChips());
    this.drawChips();
  }

  draw() {
    const select = this.querySelector("select");
    const id = select?.id || `combo-${++made}`;
    const label = this.querySelector("label, legend");
    this.chips = element("ul", { class: "combo__chips", "aria-label": label.textContent.trim() });
    this.input = element("input", {
      id, role: "combobox", "aria-expanded": "false", "aria-controls": `${id}-list`, "aria-autocomplete": "list",
      autocomplete: "off", placeholder: this.dataset.hint ?? "",
    });
    this.list = element("ul", { class: "combo__list", id: `${id}-list`, role: "listbox", hidden: "" });
    this.list.setAttribute("aria-label", label.textContent.trim());
    this.box = element("div", { class: "combo__box" }, this.chips, this.input);
    const combo = element("div", { class: "combo" }, this.box, this.list);
    const described = select?.getAttribute("aria-describedby");
    if (described) this.input.setAttribute("aria-describedby", described);
    if (select?.getAttribute("aria-invalid")) this.input.setAttribute("aria-invalid", "true");
    label.htmlFor = id;
    select?.removeAttribute("id"); // what leads to the field leads to where one types
    if (select) select.hidden = true;
    (select ?? this.querySelector(".tree")).before(combo);
    this.listen();
  }

  listen() {
    this.input.addEventListener("input", () => this.search());
    this.input.addEventListener("keydown", (event) => this.press(event));
    this.input.addEventListener("blur", () => this.close());
    this.box.addEventListener("click", (event) => event.target === this.box && this.input.focus());
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const option = event.target.closest('[role="option"]');
      if (option) this.pick(this.found[[...this.options].indexOf(option)]);
    });
    this.chips.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (!button) return;
      this.byValue.get(button.value).chosen = false;
      this.input.focus();
    });
  }

  get options() {
    return this.list.querySelectorAll('[role="option"]');
  }

  drawChips() {
    const chosen = this.choices.filter((choice) => choice.chosen);
    this.chips.replaceChildren(...chosen.map((choice) => {
      const button = element("button", {
        type: "button", value: choice.value, "aria-label": message("remove-choice", { name: choice.label }),
      }, "×");
      return element("li", { class: "chip chip--on" }, choice.label, button);
    }));
  }

  search() {
    clearTimeout(this.timer);
    this.asking?.abort();
    const typed = this.input.value.trim();
    if (!typed) return this.close();
    if (!this.dataset.source) return this.show(typed, this.choices.filter((choice) => choice.fits(typed)));
    this.timer = setTimeout(() => this.ask(typed), WAIT_MS);
  }

  async ask(typed) {
    this.asking = new AbortController();
    const address = `${this.dataset.source}?${new URLSearchParams({ q: typed, limit: 2 * SHOWN })}`;
    try {
      const { results } = await get(address, { quiet: true, signal: this.asking.signal });
      this.show(typed, results.map((result) => this.known(result)).filter(Boolean));
    } catch (refusal) {
      // Out of reach: what is on the page can still be searched.
      if (refusal.name !== "AbortError") this.show(typed, this.choices.filter((choice) => choice.fits(typed)));
    }
  }

  /** What the server found, with the choices it stands for: a zone stands for its countries. */
  known(result) {
    const values = result.kind === "zone" ? result.countries : [result.code];
    const choices = values.map((value) => this.byValue.get(value)).filter(Boolean);
    return choices.length ? { ...result, choices } : null;
  }

  show(typed, found) {
    this.found = found
      .map((one) => ({ choices: [one], ...one, label: one.label, other: one.other, path: one.path }))
      .filter((one) => one.choices.some((choice) => !choice.chosen))
      .slice(0, SHOWN);
    const rows = this.found.map((one, place) => this.row(one, typed, place));
    this.list.replaceChildren(...(rows.length ? rows : [element("li", { class: "muted" }, message("nothing-found"))]));
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
    this.point(0);
  }

  row(one, typed, place) {
    const name = element("span", {}, ...marked(one.label, typed));
    if (one.other && one.other !== one.label) {
      name.append(" ", element("span", { class: "combo__alt", lang: one.other_lang ?? "" }, ...marked(one.other, typed)));
    }
    const words = element("span", {}, name);
    const below = [one.path, one.synonym].filter(Boolean).join(" · ");
    if (below) words.append(element("small", {}, below));
    return element("li", { role: "option", id: `${this.list.id}-${place}`, "aria-selected": "false" }, words);
  }

  press(event) {
    const open = !this.list.hidden;
    if (event.key === "Backspace" && !this.input.value) {
      const last = this.choices.findLast((choice) => choice.chosen);
      if (last) last.chosen = false;
    } else if (open && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      this.point(this.at + (event.key === "ArrowDown" ? 1 : -1));
    } else if (event.key === "Enter" && this.input.value) {
      event.preventDefault();
      if (open && this.found[this.at]) this.pick(this.found[this.at]);
    } else if (event.key === "Escape" && open) {
      event.stopPropagation();
      this.close();
    }
  }

  point(place) {
    const { options } = this;
    this.at = options.length ? (place + options.length) % options.length : -1;
    options.forEach((option, n) => option.setAttribute("aria-selected", String(n === this.at)));
    if (this.at < 0) this.input.removeAttribute("aria-activedescendant");
    else this.input.setAttribute("aria-activedescendant", options[this.at].id);
    options[this.at]?.scrollIntoView({ block: "nearest" });
  }

  pick(one) {
    for (const choice of one.choices) choice.chosen = true;
    this.input.value = "";
    this.close();
    this.input.focus();
  }

  close() {
    clearTimeout(this.timer);
    this.asking?.abort();
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }
}

function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

customElements.define("term-combo", TermCombo);
