// The posts on the page: finding them, drawing one anew, putting others in their places.
import { fragment } from "../../lib/fetch.js";
import { covered, steadily } from "./scrolling.js";

const CALM = 150; // ms in which several rings about one post become one drawing

export class PostList {
  constructor(element) {
    this.element = element;
    this.timers = new Map();
  }

  get articles() {
    return [...this.element.querySelectorAll("article[data-number]")];
  }

  byId(id) {
    return this.element.querySelector(`article[data-post="${id}"]`);
  }

  byNumber(number) {
    return this.element.querySelector(`article[data-number="${number}"]`);
  }

  get first() {
    return numberOf(this.articles[0]);
  }

  get last() {
    return numberOf(this.articles.at(-1));
  }

  /** The first post in sight: what must not move. */
  get inSight() {
    const line = covered();
    return this.articles.find((article) => article.getBoundingClientRect().bottom > line);
  }

  /** Fetch a post and put it in its place; gives its element, or null when it is not to be seen. */
  async fetch(id) {
    const fresh = await drawn(id);
    if (!fresh) return null;
    this.place([fresh]);
    return this.byId(id);
  }

  /** Put posts in their places; those that are on the page already are left out. */
  place(articles) {
    for (const article of articles.filter((one) => !this.byId(one.dataset.post))) {
      const next = this.articles.find((other) => numberOf(other) > numberOf(article));
      if (next) steadily(this.inSight, () => next.before(article));
      else this.element.append(article);
    }
  }

  /** Draw a post anew, soon; one that is no longer to be seen goes. */
  redraw(id) {
    clearTimeout(this.timers.get(id));
    this.timers.set(id, setTimeout(() => this.redrawNow(id), CALM));
  }

  async redrawNow(id) {
    if (!this.byId(id)) return;
    const fresh = await drawn(id).catch(() => undefined);
    const old = this.byId(id);
    if (!old || fresh === undefined) return;
    const open = old.querySelector(":popover-open");
    if (open) {
      open.addEventListener("toggle", () => this.redraw(id), { once: true });
      return;
    }
    steadily(this.inSight === old ? null : this.inSight, () => (fresh ? swap(old, fresh) : old.remove()));
  }
}

export function numberOf(article) {
  return Number(article?.dataset.number ?? 0);
}

async function drawn(id) {
  try {
    return (await fragment(`/posts/${id}/fragment`, { quiet: true })).querySelector("article");
  } catch (refusal) {
    if (refusal.status === 404) return null;
    throw refusal;
  }
}

/** Replace a post by its new drawing, keeping the text, its selection and the focus where they can be kept. */
export function swap(old, fresh) {
  const back = placeOfFocus(old);
  const [text, freshText] = [old, fresh].map((article) => article.querySelector(":scope > .post__body > .prose"));
  for (const name of ["is-selected", "is-target"]) fresh.classList.toggle(name, old.classList.contains(name));
  if (text && freshText?.isEqualNode(text)) {
    for (const { name, value } of fresh.attributes) old.setAttribute(name, value);
    for (const part of [...text.parentElement.children]) if (part !== text) part.remove();
    const parts = [...freshText.parentElement.children];
    const at = parts.indexOf(freshText);
    text.before(...parts.slice(0, at));
    text.after(...parts.slice(at + 1));
    back?.(old);
  } else {
    old.replaceWith(fresh);
    back?.(fresh);
  }
}

/** How to focus the same thing again in another drawing of the post. */
function placeOfFocus(article) {
  const focused = document.activeElement;
  if (!article.contains(focused)) return null;
  if (focused === article) return (drawing) => drawing.focus({ preventScroll: true });
  const name = ["data-post-key", "popovertarget", "href"].find((attribute) => focused.hasAttribute(attribute));
  const selector = name && `[${name}="${CSS.escape(focused.getAttribute(name))}"]`;
  return (drawing) => ((selector && drawing.querySelector(selector)) || drawing).focus({ preventScroll: true });
}
