// <search-box data-suggestions="/search/suggestions.json"><form class="search">…<input name="q">…
// Offers places while someone types, and how the operator goes on that he types. Enter without a choice searches;
// inside a topic the first choice is to search there.
import { get } from "../../lib/fetch.js";
import { message } from "../../lib/messages.js";

const PAUSE = 120;
const SHORTEST = 2;
const ICONS = {
  topic: "messages", member: "user", category: "folder", tag: "hash", company: "building", operator: "filter", here: "search",
};
let boxes = 0;

class SearchBox extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.input = this.form.elements.q;
    this.name = `search-box-${(boxes += 1)}`;
    this.drawList();
    this.input.autocomplete = "off";
    if (this.input.autofocus) this.input.setSelectionRange(this.input.value.length, this.input.value.length);
    const roles = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.name };
    for (const [name, value] of Object.entries(roles)) this.input.setAttribute(name, value);
    this.input.addEventListener("input", () => this.wait());
    this.input.addEventListener("keydown", (event) => this.press(event));
    this.input.addEventListener("blur", () => this.close());
    this.form.addEventListener("reset", (event) => this.clear(event));
  }

  disconnectedCallback() {
    this.forget();
  }

  drawList() {
    this.list = document.createElement("ul");
    Object.assign(this.list, { id: this.name, className: "combo__list", hidden: true });
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", this.input.getAttribute("aria-label"));
    // Before the blur of the field closes the list.
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => this.go(event.target.closest("li")));
    this.form.append(this.list);
  }

  wait() {
    this.forget();
    if (this.input.value.trim().length < SHORTEST) this.close();
    else this.timer = setTimeout(() => this.ask(), PAUSE);
  }

  forget() {
    clearTimeout(this.timer);
    this.asking?.abort();
  }

  async ask() {
    this.asking = new AbortController();
    const { signal } = this.asking;
    const path = `${this.dataset.suggestions}?q=${encodeURIComponent(this.input.value)}`;
    const answer = await get(path, { quiet: true, signal }).catch(() => null);
    if (!answer || signal.aborted || document.activeElement !== this.input) return;
    this.offer([...this.here(), ...answer.suggestions]);
  }

  /** To look for the same in the topic that is open. */
  here() {
    const { topic } = document.querySelector("[data-topic][data-path]")?.dataset ?? {};
    const words = this.input.value.trim();
    if (!topic || words.includes("topic:")) return [];
    const query = new URLSearchParams({ q: `topic:${topic} ${words}` });
    return [{ kind: "here", label: words, detail: message("in-this-topic"), path: `/search?${query}` }];
  }

  offer(suggestions) {
    this.list.replaceChildren(...suggestions.map((suggestion, place) => this.option(suggestion, place)));
    this.choose(null);
    const open = suggestions.length > 0;
    this.list.hidden = !open;
    this.input.setAttribute("aria-expanded", String(open));
  }

  option({ kind, label, detail, path, text, hue, marks = [] }, place) {
    const option = document.createElement("li");
    Object.assign(option, { id: `${this.name}-${place}` });
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    Object.assign(option.dataset, text ? { text } : { path }, hue ? { hue } : {});
    const told = document.createElement("span");
    told.append(this.marked(label, marks));
    if (detail) told.append(Object.assign(document.createElement("small"), { textContent: detail }));
    option.append(this.icon(ICONS[kind] ?? "search"), told);
    return option;
  }

  /** The label, with what was typed of it in bold. */
  marked(label, marks) {
    const line = document.createElement("span");
    let end = 0;
    for (const [start, length] of marks) {
      line.append(label.slice(end, start), Object.assign(document.createElement("b"), { textContent: label.slice(start, start + length) }));
      end = start + length;
    }
    line.append(label.slice(end));
    return line;
  }

  icon(name) {
    const known = this.form.querySelector("svg");
    const icon = known.cloneNode(true);
    const sprite = known.querySelector("use").getAttribute("href").split("#")[0];
    icon.querySelector("use").setAttribute("href", `${sprite}#i-${name}`);
    return icon;
  }

  press(event) {
    const options = [...this.list.children];
    const at = options.indexOf(this.chosen);
    if (this.list.hidden) {
      if (event.key === "ArrowDown" && this.input.value.trim().length >= SHORTEST) this.wait();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      // One place further round is the field itself, where nothing is chosen.
      const places = options.length + 1;
      const next = (at + 1 + (event.key === "ArrowDown" ? 1 : places - 1)) % places;
      this.choose(options[next - 1] ?? null);
    } else if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      this.close();
    } else if (this.chosen && (event.key === "Enter" || (event.key === "Tab" && this.chosen.dataset.text))) {
      event.preventDefault();
      this.go(this.chosen);
    }
  }

  choose(option) {
    this.chosen?.setAttribute("aria-selected", "false");
    this.chosen = option;
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) this.input.setAttribute("aria-activedescendant", option.id);
    else this.input.removeAttribute("aria-activedescendant");
  }

  go(option) {
    if (!option) return;
    const { path, text } = option.dataset;
    if (!text) location.assign(path);
    else this.complete(text);
  }

  /** An operator goes on in the box; what may follow is asked at once. */
  complete(text) {
    this.close();
    this.input.value = text;
    this.input.focus();
    this.ask();
  }

  /** A plain reset would bring back the query that the page came with. */
  clear(event) {
    event.preventDefault();
    this.close();
    this.input.value = "";
    this.input.focus();
  }

  close() {
    this.forget();
    this.choose(null);
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
  }
}

customElements.define("search-box", SearchBox);
