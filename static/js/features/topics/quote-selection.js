// <quote-selection>: a button beside what is selected in a post; it quotes that in the composer.
import { write } from "./composer-opener.js";

const CALM = 200;

class QuoteSelection extends HTMLElement {
  connectedCallback() {
    document.addEventListener("selectionchange", () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.look(), CALM);
    });
    this.addEventListener("pointerdown", (event) => event.preventDefault()); // keeps the selection
    this.querySelector("button").addEventListener("click", () => this.quote());
  }

  /** The selected words and the post they are in, when they are all in one. */
  get chosen() {
    const selection = getSelection();
    const text = selection.toString().trim();
    if (!text || !selection.rangeCount) return null;
    const range = selection.getRangeAt(0);
    const { commonAncestorContainer: node } = range;
    const prose = (node.closest ? node : node.parentElement)?.closest("article.post .prose");
    return prose ? { text, article: prose.closest("article"), range } : null;
  }

  look() {
    const { chosen } = this;
    this.hidden = !chosen;
    if (!chosen) return;
    const { right, top } = chosen.range.getBoundingClientRect();
    const left = Math.min(right, innerWidth - this.offsetWidth - 16);
    this.style.insetInlineStart = `${Math.max(8, left + scrollX)}px`;
    this.style.insetBlockStart = `${top + scrollY - this.offsetHeight - 6}px`;
  }

  quote() {
    const { chosen } = this;
    if (!chosen) return;
    this.hidden = true;
    write({ quote: true, article: chosen.article, text: chosen.text });
    getSelection().removeAllRanges();
  }
}

customElements.define("quote-selection", QuoteSelection);
