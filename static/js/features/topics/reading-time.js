// A post is read after one second with its middle on screen; what was read is reported in batches.
import { post } from "../../lib/fetch.js";
import { numberOf } from "./post-list.js";
import { covered, floor } from "./scrolling.js";

const TICK = 500;
const READ = 1000;
const REPORT = 3000;
const IDLE = 3 * 60_000; // without a sign of life nobody reads

export class ReadingTime {
  constructor(topic, posts) {
    Object.assign(this, { topic, posts, seen: new Map(), told: new Set(), spent: 0, sentAt: 0, alive: Date.now() });
    for (const name of ["scroll", "pointermove", "keydown"]) {
      addEventListener(name, () => { this.alive = Date.now(); }, { passive: true });
    }
    this.clock = setInterval(() => this.tick(), TICK);
    addEventListener("pagehide", () => this.report());
    document.addEventListener("visibilitychange", () => document.hidden && this.report());
  }

  stop() {
    clearInterval(this.clock);
    this.report();
  }

  tick() {
    if (document.hidden || Date.now() - this.alive > IDLE) return;
    this.spent += TICK;
    const [top, bottom] = [covered(), floor()];
    for (const article of this.posts.articles) {
      const box = article.getBoundingClientRect();
      const middle = (box.top + box.bottom) / 2;
      if (middle < top || middle > bottom) continue;
      const number = numberOf(article);
      this.seen.set(number, (this.seen.get(number) ?? 0) + TICK);
    }
    if (this.fresh.length && Date.now() - this.sentAt > REPORT) this.report();
  }

  /** Posts that were read and not yet reported. */
  get fresh() {
    return [...this.seen].filter(([number, time]) => time >= READ && !this.told.has(number));
  }

  report() {
    const { fresh } = this;
    if (!fresh.length) return;
    for (const [number] of fresh) this.told.add(number);
    const report = { topic_id: this.topic, topic_time: this.spent, timings: Object.fromEntries(fresh) };
    Object.assign(this, { spent: 0, sentAt: Date.now() });
    post("/topics/timings", report, { quiet: true, keepalive: true }).catch(() => {
      for (const [number] of fresh) this.told.delete(number);
    });
  }
}
