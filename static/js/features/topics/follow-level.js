// <follow-level>: how closely to follow a topic; changes at once, goes back when the server says no.
import { post } from "../../lib/fetch.js";
import { message } from "../../lib/messages.js";

class FollowLevel extends HTMLElement {
  connectedCallback() {
    this.addEventListener("submit", (event) => {
      event.preventDefault();
      this.choose(event.target);
    });
  }

  get choices() {
    return [...this.querySelectorAll('[role="menuitemradio"]')];
  }

  async choose(form) {
    const before = this.choices.find((choice) => choice.getAttribute("aria-checked") === "true");
    this.draw(form.querySelector("button"));
    try {
      await post(form.getAttribute("action"), new FormData(form));
    } catch {
      this.draw(before);
    }
  }

  draw(chosen) {
    for (const choice of this.choices) choice.setAttribute("aria-checked", String(choice === chosen));
    this.querySelector("[data-label]").textContent = message("follow", { level: chosen.dataset.name });
  }
}

customElements.define("follow-level", FollowLevel);
