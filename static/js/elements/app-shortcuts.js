// Single keys. A page says what a key does by marking the thing it stands for:
//   data-key="r" is pressed (a field is entered), data-go="h" is followed after G, data-row can be walked with J and K.
// Inside the selected row its own data-key wins; what is there on every row has data-post-key, so L likes the selected post.

const GO_WAIT = 1500;
const shown = (element) => element && element.checkVisibility();
const isField = (element) => element.closest("input, textarea, select, [contenteditable], [role='slider'], dialog[open]");

class AppShortcuts extends HTMLElement {
  connectedCallback() {
    document.addEventListener("keydown", (event) => this.press(event));
  }

  press(event) {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isField(event.target)) return;
    if (this.act(event.key)) event.preventDefault();
  }

  act(key) {
    if (this.going) return this.go(key);
    if (key === "?") return this.querySelector("dialog").showModal() ?? true;
    if (key === "g") return this.startGoing();
    if (key === "j" || key === "k") return this.walk(key === "j" ? 1 : -1);
    if (key === "Enter") return this.open();
    return this.use(this.find(key));
  }

  startGoing() {
    this.going = setTimeout(() => { this.going = null; }, GO_WAIT);
    return true;
  }

  go(key) {
    clearTimeout(this.going);
    this.going = null;
    const link = document.querySelector(`[data-go="${CSS.escape(key.toLowerCase())}"]`);
    link?.click();
    return Boolean(link);
  }

  /** The thing a key stands for: in the selected row first, then the first one in sight on the page. */
  find(key) {
    const name = CSS.escape(key.length === 1 ? key : key.toLowerCase());
    const selector = `[data-key="${name}"]`;
    const inside = this.selected?.querySelector(`${selector}, [data-post-key="${name}"]`);
    // Menu items are hidden until their menu opens, yet their keys work for the selected post.
    if (inside) return inside;
    return [...document.querySelectorAll(selector)].find((element) => shown(element));
  }

  use(element) {
    if (!element) return false;
    if (element.matches("input, textarea")) element.focus();
    else element.click();
    return true;
  }

  get selected() {
    return document.querySelector("[data-row].is-selected");
  }

  walk(step) {
    const rows = [...document.querySelectorAll("[data-row]")].filter(shown);
    if (!rows.length) return false;
    const at = rows.indexOf(this.selected);
    const next = rows[at < 0 ? this.nearest(rows) : Math.min(Math.max(at + step, 0), rows.length - 1)];
    this.selected?.classList.remove("is-selected");
    next.classList.add("is-selected");
    next.scrollIntoView({ block: "nearest" });
    // A row that can hold the focus itself is read out as a whole; else its first link stands for it.
    const target = next.hasAttribute("tabindex") ? next : next.querySelector("h3 a, a[href]");
    (target ?? next).focus({ preventScroll: true });
    return true;
  }

  /** The first row in sight: where a reader who scrolled would begin. */
  nearest(rows) {
    return Math.max(rows.findIndex((row) => row.getBoundingClientRect().top >= 0), 0);
  }

  open() {
    // A focused link opens by itself.
    if (document.activeElement?.matches("a, button, summary")) return false;
    return this.use(this.selected?.querySelector("h2 a, h3 a, a[href]"));
  }
}

customElements.define("app-shortcuts", AppShortcuts);
