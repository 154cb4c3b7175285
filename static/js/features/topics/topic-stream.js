// <topic-stream>: the posts of a topic while the page is open. Replies arrive, others change in place,
// earlier and later ones come as the reader nears them, and what was read is kept.
import { ask, fragment } from "../../lib/fetch.js";
import { counted, message } from "../../lib/messages.js";
import { subscribe } from "../../lib/socket.js";
import { PostGaps } from "./post-gaps.js";
import { PostList, numberOf, swap } from "./post-list.js";
import { ReadingPlace } from "./reading-place.js";
import { ReadingTime } from "./reading-time.js";
import { floor, show } from "./scrolling.js";

const NEAR_END = 120; // px below the screen that still count as the end
const CALM = 300;

class TopicStream extends HTMLElement {
  connectedCallback() {
    const { topic, path, heard, target } = this.dataset;
    this.topic = Number(topic);
    this.path = path;
    this.posts = new PostList(this.querySelector("[data-posts]"));
    this.waiting = new Map(); // id → number of replies that are not on the page yet
    this.sending = Promise.resolve(); // of our own post: its ring may come before its answer
    this.pill = this.querySelector(".replies-pill");
    this.pill.addEventListener("click", (event) => this.showWaiting(event));
    this.addEventListener("click", (event) => this.stayHere(event));
    document.addEventListener("goto", (event) => this.goTo(event.detail.number));
    document.addEventListener("composer", (event) => this.dockPill(event.detail.open));
    this.querySelector(".crumbs li:last-child a")?.setAttribute("data-key", "u");
    history.scrollRestoration = "manual";
    this.standAt(Number(target ?? 0));
    this.place = new ReadingPlace(this.posts, { path, number: Number(target ?? this.posts.first) });
    this.gaps = new PostGaps(this, this.posts, () => this.count());
    if (document.body.dataset.user) this.reading = new ReadingTime(this.topic, this.posts);
    this.leave = subscribe(`topic:${topic}`, (ring) => this.hear(ring), { last: Number(heard) });
  }

  disconnectedCallback() {
    this.leave?.();
    this.reading?.stop();
  }

  /** The post in the address, or the next one there is. */
  standAt(number) {
    if (!number) return;
    const article = this.posts.byNumber(number) ?? this.posts.articles.find((one) => numberOf(one) > number);
    if (article) show(article, { flash: number > 1 });
  }

  hear(ring) {
    const { name, post } = ring;
    if (name.startsWith("post:")) this.tallySoon();
    if (name === "post:deleted" && this.waiting.delete(post)) this.count();
    if (name === "post:created") this.arrive(ring);
    else if (name === "post:recovered" && !this.posts.byId(post)) this.bringBack(post);
    else if (name.startsWith("post:")) this.posts.redraw(post);
    else if (name === "topic:changed") this.refreshSoon();
    else if (name === "reload") this.notice("topic-stale");
    else if (name === "moved" || name === "refused") this.notice("topic-closed-to-you");
  }

  /** A reply: appended when the reader is at the end, else counted. */
  async arrive({ post, post_number: number }) {
    document.dispatchEvent(new CustomEvent("grown", { detail: { highest: number } }));
    await this.sending.catch(() => null);
    if (this.posts.byId(post)) return;
    this.waiting.set(post, number);
    document.dispatchEvent(new CustomEvent("arrived", { detail: { number } }));
    if (!this.atEnd) {
      this.count();
      return;
    }
    const article = await this.posts.fetch(post).catch(() => null);
    this.count();
    if (article) this.announce(message("reply-by", { name: article.querySelector(".name")?.textContent ?? "" }));
  }

  get atEnd() {
    const last = this.posts.articles.at(-1);
    return !this.gaps.later && last?.getBoundingClientRect().bottom <= floor() + NEAR_END;
  }

  /** A recovered post, if its place is among those on the page. */
  async bringBack(id) {
    if (!this.gaps.later) await this.posts.fetch(id).catch(() => null);
    this.count();
  }

  count() {
    for (const id of this.waiting.keys()) if (this.posts.byId(id)) this.waiting.delete(id);
    const count = this.waiting.size;
    this.pill.hidden = !count;
    if (count) {
      const number = Math.min(...this.waiting.values());
      this.pill.href = `${this.path}/${number}#p${number}`;
      this.pill.querySelector("span").textContent = counted("new-replies", count);
      this.announce(counted("new-replies", count));
    }
  }

  /** Insert what is waiting and go there; while later posts are not loaded the link leads to them. */
  showWaiting(event) {
    if (this.gaps.later || !this.waiting.size) return;
    event.preventDefault();
    this.readFrom(Math.min(...this.waiting.values()));
  }

  /** Insert what is waiting, and go to the first of what came from a number on. */
  async readFrom(number) {
    if (this.gaps.later) {
      this.goTo(number);
      return;
    }
    await Promise.all([...this.waiting.keys()].map((id) => this.posts.fetch(id).catch(() => null)));
    this.waiting.clear(); // what could not be fetched is gone meanwhile
    this.count();
    document.dispatchEvent(new CustomEvent("caught-up"));
    const article = this.posts.articles.find((one) => numberOf(one) >= number);
    if (!article) return;
    show(article);
    article.focus({ preventScroll: true });
  }

  announce(text) {
    this.querySelector("[data-announce]").textContent = text;
  }

  dockPill(open) {
    const composer = document.querySelector("post-composer .composer");
    this.pill.classList.toggle("replies-pill--docked", open);
    if (open) composer.prepend(this.pill);
    else this.querySelector("[data-announce]").before(this.pill);
  }

  /** Links to posts of this topic that are on the page lead there without another page. */
  stayHere(event) {
    const link = event.target.closest("a[href]");
    if (!link || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const { origin, pathname } = link;
    if (origin !== location.origin || !`${pathname}/`.startsWith(`${this.path}/`)) return;
    const article = this.posts.byNumber(pathname.slice(this.path.length + 1) || 1);
    if (!article) return;
    event.preventDefault();
    show(article);
    article.focus({ preventScroll: true });
  }

  goTo(number) {
    const article = this.posts.byNumber(number);
    if (article) show(article, { flash: false });
    else location.assign(`${this.path}/${number}#p${number}`);
  }

  refreshSoon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.refresh().catch((refusal) => this.lost(refusal)), CALM);
  }

  /** Title, marks, rights and the chosen answer are another: take them from a fresh page. */
  async refresh() {
    const text = await ask("GET", location.pathname, null, { markup: true, quiet: true });
    const page = new DOMParser().parseFromString(text, "text/html");
    this.renew(page);
    document.title = page.title;
    for (const fresh of page.querySelectorAll("[data-posts] article[data-post]")) {
      const old = this.posts.byId(fresh.dataset.post);
      if (old && !old.querySelector(":popover-open")) swap(old, fresh);
    }
  }

  /** Parts of the page that are drawn anew. */
  renew(page) {
    for (const part of this.querySelectorAll("[data-part]")) {
      const fresh = page.querySelector(`[data-part="${part.dataset.part}"]`);
      if (fresh && !part.querySelector(":popover-open")) part.replaceWith(fresh);
    }
  }

  /** The topic in numbers, below its first post. */
  tallySoon() {
    if (!this.querySelector('[data-part="opening"]')) return;
    clearTimeout(this.tallyTimer);
    const fresh = () => fragment(`/t/${this.topic}/posts?before=2`, { quiet: true });
    this.tallyTimer = setTimeout(() => fresh().then((part) => this.renew(part), () => null), CALM);
  }

  lost(refusal) {
    if (refusal.status === 404 || refusal.status === 403) this.notice("topic-closed-to-you");
  }

  /** One line above the posts, with the way to a fresh page. */
  notice(name) {
    if (this.querySelector("[data-notice]")) return;
    const notice = document.createElement("p");
    notice.className = "alert alert--warn";
    notice.setAttribute("role", "alert");
    notice.dataset.notice = name;
    const link = document.createElement("a");
    link.href = location.pathname;
    link.textContent = message("reload");
    notice.append(message(name), " ", link);
    this.posts.element.before(notice);
  }
}

customElements.define("topic-stream", TopicStream);
