// Earlier and later posts are loaded in place as the reader comes near them; without scripts they are links.
import { fragment } from "../../lib/fetch.js";
import { numberOf } from "./post-list.js";
import { steadily } from "./scrolling.js";

const NEAR = "900px 0px";

export class PostGaps {
  /** `stream` holds the gaps, `posts` is its PostList, `grown` is called after posts were added. */
  constructor(stream, posts, grown) {
    Object.assign(this, { stream, posts, grown });
    this.observer = new IntersectionObserver((entries) => {
      for (const { isIntersecting, target } of entries) if (isIntersecting) this.fill(target);
    }, { rootMargin: NEAR });
    stream.addEventListener("click", (event) => {
      const gap = event.target.closest("[data-earlier], [data-later]");
      if (!gap || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      this.fill(gap);
    });
    this.watch();
  }

  get later() {
    return this.stream.querySelector("[data-later]");
  }

  watch() {
    for (const gap of this.stream.querySelectorAll("[data-earlier], [data-later]")) this.observer.observe(gap);
  }

  async fill(gap) {
    if (gap.hasAttribute("aria-busy")) return;
    gap.setAttribute("aria-busy", "true");
    this.observer.unobserve(gap);
    try {
      await this.load(gap, gap.hasAttribute("data-earlier"));
    } catch {
      gap.removeAttribute("aria-busy"); // the link is still there
    }
  }

  async load(gap, earlier) {
    const { posts } = this;
    const from = earlier ? `before=${posts.first}` : `after=${posts.last}`;
    const fresh = await fragment(`/t/${this.stream.dataset.topic}/posts?${from}`, { quiet: true });
    const next = fresh.querySelector("[data-earlier], [data-later]");
    for (const article of fresh.querySelectorAll("article[data-post]")) {
      if (posts.byId(article.dataset.post)) article.remove();
    }
    next?.remove();
    steadily(posts.inSight, () => {
      if (earlier) posts.element.prepend(fresh);
      else this.append(fresh);
      if (next) gap.replaceWith(next);
      else gap.remove();
    });
    if (next) this.observer.observe(next);
    this.grown();
  }

  /** After the posts, but before what came live in the meantime. */
  append(fresh) {
    const last = numberOf([...fresh.querySelectorAll("article")].at(-1));
    const after = this.posts.articles.find((article) => numberOf(article) > last);
    if (after) after.before(fresh);
    else this.posts.element.append(fresh);
  }
}
