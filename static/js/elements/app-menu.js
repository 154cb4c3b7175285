// Arrows, Home, End and letters inside a menu. Opening, Escape and clicks beside it are the popover's own.

class AppMenu extends HTMLElement {
  connectedCallback() {
    this.addEventListener("toggle", (event) => event.newState === "open" && focus(this.items[0]), true);
    this.addEventListener("keydown", (event) => this.move(event));
    this.addEventListener("click", (event) => {
      if (event.target.closest('[role^="menuitem"]')) this.menu.hidePopover();
    });
  }

  get menu() {
    return this.querySelector("[popover]");
  }

  get items() {
    return [...this.querySelectorAll('[role^="menuitem"]')].filter((item) => !item.disabled && !item.hidden);
  }

  move(event) {
    const { items } = this;
    const at = items.indexOf(document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      focus(items.at(to % items.length));
    } else if (event.key === "Tab") {
      this.menu.hidePopover();
    } else if (/^\p{L}$/u.test(event.key) && !event.ctrlKey && !event.metaKey) {
      event.stopPropagation();
      const letter = event.key.toLowerCase();
      const after = [...items.slice(at + 1), ...items.slice(0, at + 1)];
      focus(after.find((item) => item.textContent.trim().toLowerCase().startsWith(letter)));
    }
  }
}

/** The menu hangs on its button: were the page to scroll to an item, what is pointed at would move. */
function focus(item) {
  item?.focus({ preventScroll: true });
}

customElements.define("app-menu", AppMenu);
