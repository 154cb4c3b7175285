// <similar-topics data-src="…">: what was begun already, offered while the title of a new topic is typed.
import { fragment } from "../../lib/fetch.js";

const PAUSE = 500;
const SHORTEST = 8;

class SimilarTopics extends HTMLElement {
  connectedCallback() {
    this.field = this.closest("form").elements.title;
    this.field.addEventListener("input", () => this.soon());
    this.soon();
  }

  soon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.look(), PAUSE);
  }

  async look() {
    const title = this.field.value.trim();
    if (title === this.asked) return;
    this.asked = title;
    this.asking?.abort();
    this.asking = new AbortController();
    const { signal } = this.asking;
    const path = `${this.dataset.src}?${new URLSearchParams({ title })}`;
    try {
      const found = title.length < SHORTEST ? null : await fragment(path, { quiet: true, signal });
      this.show(found);
    } catch {
      // What is only offered may stay away without a word.
    }
  }

  /** Whoever listens is told only of others than before. */
  show(found) {
    const topics = [...(found?.querySelectorAll("[data-topic]") ?? [])].map((row) => row.dataset.topic).join();
    if (topics === this.topics) return;
    this.topics = topics;
    this.replaceChildren(found ?? "");
  }
}

customElements.define("similar-topics", SimilarTopics);
