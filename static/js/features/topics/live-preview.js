// What is written, cooked by the server as the post will be, shortly after the last key.
import { ask, parse } from "../../lib/fetch.js";

const PAUSE = 300;

export class LivePreview {
  /** `place` shows the preview of `field`; `wanted` says whether anyone sees it now. */
  constructor(field, place, { category, wanted = () => true } = {}) {
    Object.assign(this, { field, place, category, wanted, shown: null });
    field.addEventListener("input", () => this.soon());
  }

  soon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.draw(), PAUSE);
  }

  async draw() {
    const raw = this.field.value;
    if (raw === this.shown || !this.wanted()) return;
    this.asking?.abort();
    this.asking = new AbortController();
    try {
      const markup = raw.trim() ? await this.cooked(raw, this.asking.signal) : "";
      this.place.replaceChildren(parse(markup));
      this.shown = raw;
    } catch {
      // The last preview stays; the next key asks again.
    }
  }

  cooked(raw, signal) {
    const form = new FormData();
    form.set("raw", raw);
    form.set("category_id", this.category());
    return ask("POST", "/preview", form, { markup: true, quiet: true, signal });
  }
}
