// Names to choose from after an @: arrows, Enter or Tab, Escape.
import { get } from "../../lib/fetch.js";
import { placeIn } from "./caret.js";
import { insert } from "./markdown-toolbar.js";

const BEGUN = /(?:^|[\s([>])@([\p{L}\p{N}_.-]{1,30})$/u;
const PAUSE = 180;
const GAP = 4; // px between the line and the list
let lists = 0;

export class MentionList {
  constructor(field) {
    this.field = field;
    this.list = document.createElement("ul");
    this.list.className = "combo__list mentions";
    this.list.id = `mentions-${(lists += 1)}`;
    this.list.hidden = true;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", "@");
    field.after(this.list);
    field.setAttribute("aria-autocomplete", "list");
    field.setAttribute("aria-controls", this.list.id);
    field.addEventListener("input", () => this.ask());
    field.addEventListener("keydown", (event) => this.press(event));
    field.addEventListener("blur", () => this.close());
    this.list.addEventListener("pointerdown", (event) => {
      event.preventDefault(); // the field keeps the focus
      this.take(event.target.closest("li"));
    });
  }

  get begun() {
    const { value, selectionStart, selectionEnd } = this.field;
    return selectionStart === selectionEnd ? value.slice(0, selectionStart).match(BEGUN)?.[1] : undefined;
  }

  ask() {
    clearTimeout(this.timer);
    const { begun } = this;
    if (begun === undefined) this.close();
    else this.timer = setTimeout(() => this.load(begun), PAUSE);
  }

  async load(begun) {
    this.asking?.abort();
    this.asking = new AbortController();
    const { signal } = this.asking;
    const path = `/u/search/users.json?term=${encodeURIComponent(begun)}`;
    const answer = await get(path, { quiet: true, signal }).catch(() => null);
    if (!answer || this.begun !== begun) return;
    this.list.replaceChildren(...answer.users.map((user, at) => this.line(user, at)));
    if (answer.users.length) this.show();
    else this.close();
  }

  line({ username, name, company }, at) {
    const line = document.createElement("li");
    line.id = `${this.list.id}-${at}`;
    line.dataset.username = username;
    line.setAttribute("role", "option");
    const words = document.createElement("span");
    const small = document.createElement("small");
    small.textContent = [`@${username}`, company].filter(Boolean).join(" · ");
    words.append(name || username, small);
    line.append(words);
    return line;
  }

  show() {
    this.list.hidden = false;
    this.place();
    this.choose(this.list.firstElementChild);
  }

  /** Below the line that is being written, or above it where the window ends. */
  place() {
    const { field, list } = this;
    const { left, top, bottom } = placeIn(field, field.selectionStart - this.begun.length - 1);
    const floor = (visualViewport?.height ?? innerHeight) - field.getBoundingClientRect().top;
    const below = bottom + GAP + list.offsetHeight <= floor;
    list.style.left = `${field.offsetLeft + Math.min(left, field.clientWidth - list.offsetWidth - GAP)}px`;
    list.style.top = `${field.offsetTop + (below ? bottom + GAP : top - GAP - list.offsetHeight)}px`;
  }

  close() {
    clearTimeout(this.timer);
    this.asking?.abort();
    this.list.hidden = true;
    this.field.removeAttribute("aria-activedescendant");
  }

  get chosen() {
    return this.list.querySelector('[aria-selected="true"]');
  }

  choose(line) {
    this.chosen?.setAttribute("aria-selected", "false");
    line.setAttribute("aria-selected", "true");
    line.scrollIntoView({ block: "nearest" });
    this.field.setAttribute("aria-activedescendant", line.id);
  }

  press(event) {
    if (this.list.hidden || event.ctrlKey || event.metaKey) return;
    const lines = [...this.list.children];
    const at = lines.indexOf(this.chosen);
    if (event.key === "ArrowDown") this.choose(lines[(at + 1) % lines.length]);
    else if (event.key === "ArrowUp") this.choose(lines.at(at - 1));
    else if (event.key === "Enter" || event.key === "Tab") this.take(this.chosen);
    else if (event.key === "Escape") this.close();
    else return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }

  take(line) {
    const { begun } = this;
    if (!line || begun === undefined) return;
    this.close();
    const end = this.field.selectionStart;
    insert(this.field, `@${line.dataset.username} `, { start: end - begun.length - 1, end });
  }
}
