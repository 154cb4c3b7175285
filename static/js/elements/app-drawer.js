// On narrow screens the sidebar slides in; Escape, a click beside it or a link closes it.

class AppDrawer extends HTMLElement {
  connectedCallback() {
    this.button = this.querySelector("button");
    this.drawer = document.getElementById(this.button.getAttribute("aria-controls"));
    this.button.addEventListener("click", () => this.show(!this.isOpen));
  }

  get isOpen() {
    return this.button.getAttribute("aria-expanded") === "true";
  }

  show(open) {
    this.drawer ??= document.getElementById(this.button.getAttribute("aria-controls"));
    this.drawer.classList.toggle("is-open", open);
    this.button.setAttribute("aria-expanded", String(open));
    this.listening?.abort();
    if (!open) return;
    this.listening = new AbortController();
    const { signal } = this.listening;
    document.addEventListener("keydown", (event) => event.key === "Escape" && this.close(), { signal });
    document.addEventListener("click", (event) => {
      if (!this.contains(event.target) && !this.drawer.contains(event.target)) this.show(false);
    }, { signal });
    this.drawer.querySelector("a")?.focus();
  }

  close() {
    this.show(false);
    this.button.focus();
  }
}

customElements.define("app-drawer", AppDrawer);
