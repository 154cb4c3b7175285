// Which post is being read: told to the page ("position"), kept in the address.
import { numberOf } from "./post-list.js";
import { covered, floor } from "./scrolling.js";

const SETTLED = 250; // ms without scrolling before the address follows
const READING_LINE = 0.35; // of the free height

export class ReadingPlace {
  constructor(posts, { path, number }) {
    Object.assign(this, { posts, path, number, asked: false, timer: null });
    addEventListener("scroll", () => this.look(), { passive: true });
  }

  look() {
    if (this.asked) return;
    this.asked = true;
    requestAnimationFrame(() => {
      this.asked = false;
      this.move(this.current());
    });
  }

  /** The post at the reading line; at the very ends of the page, the first or the last. */
  current() {
    const { articles } = this.posts;
    if (scrollY <= 0) return articles[0];
    const [top, bottom] = [covered(), floor()];
    if (articles.at(-1)?.getBoundingClientRect().bottom <= bottom) return articles.at(-1);
    const line = top + (bottom - top) * READING_LINE;
    return articles.findLast((article) => article.getBoundingClientRect().top <= line) ?? articles[0];
  }

  move(article) {
    const number = numberOf(article);
    if (!number || number === this.number) return;
    this.number = number;
    document.dispatchEvent(new CustomEvent("position", { detail: { number, date: article.dataset.date } }));
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.write(), SETTLED);
  }

  write() {
    const address = this.number > 1 ? `${this.path}/${this.number}` : this.path;
    if (location.pathname !== address || location.hash) history.replaceState(history.state, "", address);
  }
}
