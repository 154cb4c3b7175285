// Short messages, one at a time: six seconds, ten with an act, and for as long as they are looked at.
import { message } from "../lib/messages.js";

const SHORT = 6000;
const LONG = 10000;

class AppToasts extends HTMLElement {
  connectedCallback() {
    this.setAttribute("aria-live", "polite");
    document.addEventListener("toast", (event) => this.show(event.detail));
    for (const name of ["mouseenter", "focusin"]) this.addEventListener(name, () => clearTimeout(this.timer));
    for (const name of ["mouseleave", "focusout"]) this.addEventListener(name, () => this.wait());
  }

  show({ text, label = message("undo"), act = null }) {
    const toast = document.createElement("div");
    toast.className = "toast";
    const words = document.createElement("span");
    words.textContent = text;
    toast.append(words);
    if (act) toast.append(this.button(label, act));
    this.replaceChildren(toast);
    this.time = act ? LONG : SHORT;
    this.wait();
  }

  button(label, act) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn--s";
    button.textContent = label;
    button.addEventListener("click", () => {
      this.replaceChildren();
      act();
    });
    return button;
  }

  wait() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.replaceChildren(), this.time);
  }
}

customElements.define("app-toasts", AppToasts);
