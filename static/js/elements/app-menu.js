// Arrows, Home, End and letters inside a menu. Opening, Escape and clicks beside it are the popover's own.

class AppMenu extends HTMLElement {
  connectedCallback() {
    this.addEventListener("toggle", (event) => event.newState === "open" && this.begin(), true);
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

  /** Its place beside the button may not be known yet: scrolling to it would move what is pointed at. */
  begin() {
    this.items[0]?.focus({ preventScroll: true });
  }

  move(event) {
    const { items } = this;
    const at = items.indexOf(document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      items.at(to % items.length)?.focus();
    } else if (event.key === "Tab") {
      this.menu.hidePopover();
    } else if (/^\p{L}$/u.test(event.key) && !event.ctrlKey && !event.metaKey) {
      event.stopPropagation();
      const letter = event.key.toLowerCase();
      const after = [...items.slice(at + 1), ...items.slice(0, at + 1)];
      after.find((item) => item.textContent.trim().toLowerCase().startsWith(letter))?.focus();
    }
  }
}

customElements.define("app-menu", AppMenu);
