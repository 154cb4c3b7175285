// <lazy-fragment data-src="…">: a part of the page that is fetched when the reader comes near it, or when it
// is unfolded. What stands in it meanwhile is a link to the same, for readers without scripts.
import { fragment } from "../lib/fetch.js";

const NEAR = "400px 0px";

class LazyFragment extends HTMLElement {
  connectedCallback() {
    const observer = new IntersectionObserver((entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      observer.disconnect();
      this.load();
    }, { rootMargin: NEAR });
    observer.observe(this);
  }

  async load() {
    // What is only offered may stay away without a word.
    const found = await fragment(this.dataset.src, { quiet: true }).catch(() => null);
    if (found) this.replaceChildren(found);
  }
}

customElements.define("lazy-fragment", LazyFragment);
