// <notification-bell>: the bell of the masthead counts while the page is open and shows the latest in place.
// Without scripts it is a link to the page of notifications.
import { fragment, post } from "../../lib/fetch.js";
import { subscribe } from "../../lib/socket.js";
import { markRead } from "./reading.js";

// The count before the page's title.
const COUNTED = /^\([^)]+\) /;

class NotificationBell extends HTMLElement {
  connectedCallback() {
    this.link = this.querySelector("a");
    this.pip = this.querySelector(".pip");
    this.name = this.link.getAttribute("aria-label").split(",")[0];
    if (!this.pip.hidden) document.title = `(${this.pip.textContent}) ${document.title}`;
    this.stop = subscribe(this.link.dataset.counter, (ring) => this.hear(ring));
    this.link.setAttribute("aria-expanded", "false");
    this.link.addEventListener("click", (event) => this.open(event));
  }

  disconnectedCallback() {
    this.stop?.();
  }

  hear({ name, unread }) {
    if (unread !== undefined) this.show(unread);
    else if (name === "reload" || name.startsWith("notification:")) this.load({ quiet: true });
    if (unread !== undefined && this.panel?.matches(":popover-open")) this.load({ quiet: true });
  }

  show(unread) {
    this.pip.textContent = unread > 99 ? "99+" : String(unread);
    this.pip.hidden = !unread;
    this.link.setAttribute("aria-label", unread ? `${this.name}, ${unread}` : this.name);
    document.title = (unread ? `(${unread}) ` : "") + document.title.replace(COUNTED, "");
  }

  async open(event) {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button || !("popover" in this)) return;
    event.preventDefault();
    if (this.panel?.matches(":popover-open")) {
      this.panel.hidePopover();
      return;
    }
    this.panel ??= this.makePanel();
    await this.load();
    this.panel.showPopover({ source: this.link });
  }

  makePanel() {
    const panel = document.createElement("section");
    panel.className = "menu notes";
    panel.popover = "auto";
    panel.setAttribute("aria-labelledby", "notes-title");
    panel.addEventListener("toggle", ({ newState }) => {
      this.link.setAttribute("aria-expanded", String(newState === "open"));
      if (newState === "open") panel.querySelector("a, button")?.focus({ preventScroll: true });
    });
    panel.addEventListener("submit", (event) => this.readAll(event));
    panel.addEventListener("click", ({ target }) => markRead(target.closest("li.is-unread")));
    this.append(panel);
    return panel;
  }

  async load(options) {
    const latest = await fragment("/notifications/recent", options);
    this.show(Number(latest.querySelector("[data-unread]").dataset.unread));
    this.panel?.replaceChildren(latest);
  }

  async readAll(event) {
    event.preventDefault();
    await post("/notifications/read", new FormData(event.target));
    await this.load();
  }
}

customElements.define("notification-bell", NotificationBell);
