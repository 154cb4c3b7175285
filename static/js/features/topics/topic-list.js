// <topic-list>: a list that lives while the page is open. News wait behind one line; a click moves their rows up.
// Older topics load near the end, over the plain link; the address follows.
import { fragment } from "../../lib/fetch.js";
import { counted } from "../../lib/messages.js";
import { subscribe } from "../../lib/socket.js";

const NEAR = "600px 0px";
const CALM = 600; // ms in which several rings become one look
const NEWS = new Set(["topic:created", "topic:bumped", "topic:changed", "reload"]);

class TopicList extends HTMLElement {
  connectedCallback() {
    const { name, path, query, rooms } = this.dataset;
    this.list = this.querySelector(".topics__list");
    this.line = this.querySelector(".pill-new");
    this.path = path + (query ? `?${query}` : "");
    this.news = new Set();
    this.partial = this.hasAttribute("data-partial");
    this.markFirstUnread();
    this.observer = new IntersectionObserver((entries) => this.near(entries), { rootMargin: NEAR });
    this.watch();
    addEventListener("scroll", () => this.follow(), { passive: true });
    const older = new URLSearchParams(location.search).has("after");
    if (name === "top" || older) return;
    this.line.addEventListener("click", (event) => this.showNews(event));
    this.leave = rooms.split(" ").filter(Boolean).map((room) => subscribe(room, (ring) => this.hear(ring)));
  }

  disconnectedCallback() {
    this.observer.disconnect();
    for (const leave of this.leave ?? []) leave();
  }

  get rows() {
    return [...this.list.querySelectorAll("li[data-topic]")];
  }

  row(id) {
    return this.list.querySelector(`li[data-topic="${id}"]`);
  }

  /** Shift+J leads to the first unread topic. */
  markFirstUnread() {
    this.list.querySelector(".topic:is(.is-unread, .is-new) h3 a")?.setAttribute("data-key", "J");
  }

  hear({ name, topic, room }) {
    if (!NEWS.has(name)) return;
    if (name === "topic:changed") this.changed = true;
    else this.news.add(topic ?? room);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.look(), CALM);
  }

  /** Count what is new; lists that hold only some topics ask which of the news are theirs. */
  async look() {
    if (this.partial || this.changed) {
      const fresh = await this.fetchRows().catch(() => null);
      if (fresh && this.changed) this.redraw(fresh);
      if (fresh && this.partial) {
        const theirs = new Set(fresh.map((row) => Number(row.dataset.topic)));
        this.news = new Set([...this.news].filter((topic) => theirs.has(topic)));
      }
      this.changed = false;
    }
    this.count();
  }

  count() {
    this.line.hidden = !this.news.size;
    if (this.news.size) this.line.querySelector("span").textContent = counted("updated-topics", this.news.size);
  }

  async fetchRows() {
    const rows = await fragment(`${this.path}${this.path.includes("?") ? "&" : "?"}rows=only`, { quiet: true });
    return [...rows.querySelectorAll("li[data-topic]")];
  }

  /** A title or a mark is another: the row changes where it is. */
  redraw(fresh) {
    for (const row of fresh) {
      if (!this.news.has(Number(row.dataset.topic))) this.row(row.dataset.topic)?.replaceWith(row);
    }
  }

  async showNews(event) {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const fresh = await this.fetchRows().catch(() => null);
    if (!fresh) {
      location.assign(this.path);
      return;
    }
    for (const row of fresh) this.row(row.dataset.topic)?.remove();
    this.list.prepend(...fresh);
    this.news.clear();
    this.count();
    this.markFirstUnread();
    fresh[0]?.querySelector("a")?.focus({ preventScroll: true });
  }

  watch() {
    const end = this.list.querySelector(".topics__older");
    if (end) this.observer.observe(end);
  }

  near(entries) {
    const end = entries.find((entry) => entry.isIntersecting)?.target;
    if (end) this.loadOlder(end);
  }

  async loadOlder(end) {
    if (end.hasAttribute("aria-busy")) return;
    this.observer.unobserve(end);
    end.setAttribute("aria-busy", "true");
    const { href } = end.querySelector("a");
    try {
      const rows = await fragment(`${href}&rows=only`, { quiet: true });
      for (const row of rows.querySelectorAll("li[data-topic]")) if (this.row(row.dataset.topic)) row.remove();
      const first = rows.querySelector("li[data-topic]");
      if (first) first.dataset.address = href;
      end.replaceWith(rows);
      this.watch();
    } catch {
      end.removeAttribute("aria-busy"); // the link is still there
    }
  }

  /** The address of the page of rows that is in sight, so that a reload comes back here. */
  follow() {
    if (this.asked) return;
    this.asked = true;
    setTimeout(() => {
      this.asked = false;
      const above = [...this.list.querySelectorAll("[data-address]")]
        .findLast((row) => row.getBoundingClientRect().top < innerHeight / 2);
      this.start ??= location.href;
      const address = above?.dataset.address ?? this.start;
      if (location.href !== address) history.replaceState(history.state, "", address);
    }, 200);
  }
}

customElements.define("topic-list", TopicList);
