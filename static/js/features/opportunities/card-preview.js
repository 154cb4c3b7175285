// <card-preview data-path="/opportunities/preview">, beside the form of an opportunity: the real card and what it
// still lacks, drawn by the server shortly after the last change. The list of steps says which are complete.
import { ask, parse } from "../../lib/fetch.js";

const PAUSE = 400;

class CardPreview extends HTMLElement {
  connectedCallback() {
    this.form = this.parentElement.querySelector("form");
    this.steps = this.parentElement.querySelectorAll(".stepnav li");
    for (const event of ["input", "change"]) this.form.addEventListener(event, () => this.soon());
    this.soon();
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
    this.asking?.abort();
  }

  soon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.draw(), PAUSE);
  }

  async draw() {
    this.asking?.abort();
    this.asking = new AbortController();
    const { signal } = this.asking;
    const sent = new FormData(this.form);
    // The last card stays when the server cannot be asked; the next change asks again.
    const markup = await ask("POST", this.dataset.path, sent, { markup: true, quiet: true, signal }).catch(() => null);
    if (markup === null || signal.aborted) return;
    this.replaceChildren(parse(markup));
    this.hidden = false;
    const done = this.querySelector("[data-done]").dataset.done.split(" ");
    for (const step of this.steps) {
      const { hash } = step.querySelector("a");
      step.classList.toggle("is-done", done.includes(hash.slice(1)));
    }
  }
}

customElements.define("card-preview", CardPreview);
