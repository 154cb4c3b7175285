// What is being written is kept on this device after 800 ms and on the server after 3 s.
import { put, remove } from "./fetch.js";
import { message } from "./messages.js";
import { timeOfDay } from "./time.js";

const ON_DEVICE = 800;
const ON_SERVER = 3000;
const member = document.body.dataset.user ?? "guest";

/** Whether this device keeps something written under a key. */
export function isKept(key) {
  try {
    return Boolean(JSON.parse(localStorage.getItem(`draft:${member}:${key}`))?.fields.raw?.trim());
  } catch {
    return false;
  }
}

/**
 * One draft: `key` as on the server ("topic_42", "new_topic"), `read` returns the fields as an object,
 * `tell` shows the state in words, `sequence` is the server's number of the copy the page was drawn with.
 * Fires "conflict" when another device kept a newer one; its detail is that draft.
 */
export class Draft extends EventTarget {
  constructor(key, { read, tell = () => {}, sequence = 0 }) {
    super();
    Object.assign(this, { key, read, tell, sequence, deviceTimer: null, serverTimer: null, sending: Promise.resolve() });
    this.place = `draft:${member}:${key}`;
    addEventListener("pagehide", () => this.deviceTimer && this.keepOnDevice());
  }

  /** The fields kept on this device with the time of keeping, or null. */
  onDevice() {
    try {
      return JSON.parse(localStorage.getItem(this.place));
    } catch {
      return null;
    }
  }

  get empty() {
    const { raw = "", title = "" } = this.read();
    return !`${raw}${title}`.trim();
  }

  /** Call after each change. */
  changed() {
    clearTimeout(this.deviceTimer);
    clearTimeout(this.serverTimer);
    this.deviceTimer = setTimeout(() => this.keepOnDevice(), ON_DEVICE);
    this.serverTimer = setTimeout(() => this.keepOnServer(), ON_SERVER);
  }

  keepOnDevice() {
    clearTimeout(this.deviceTimer);
    this.deviceTimer = null;
    try {
      const copy = { fields: this.read(), at: Date.now(), sequence: this.sequence };
      if (this.empty) localStorage.removeItem(this.place);
      else localStorage.setItem(this.place, JSON.stringify(copy));
      this.tell(this.empty ? "" : message("draft-on-device"));
    } catch {
      this.tell(""); // a full or forbidden store: the server's copy follows
    }
  }

  /** Keep a copy on the server; one at a time, so that sequences do not cross. */
  keepOnServer() {
    clearTimeout(this.serverTimer);
    if (member === "guest") return this.sending;
    this.sending = this.sending.then(() => this.send());
    return this.sending;
  }

  /** Stop keeping, and wait for the copy under way: it must not arrive after what is published. */
  pause() {
    clearTimeout(this.deviceTimer);
    clearTimeout(this.serverTimer);
    if (this.deviceTimer) this.keepOnDevice();
    return this.sending;
  }

  async send() {
    try {
      if (this.empty) {
        await this.forget();
        return;
      }
      const answer = await put(`/drafts/${this.key}`, { fields: this.read(), sequence: this.sequence }, { quiet: true });
      this.sequence = answer.sequence;
      this.keepOnDevice();
      this.tell(message("draft-saved", { time: timeOfDay() }));
    } catch (refusal) {
      if (refusal.status === 409) this.dispatchEvent(new CustomEvent("conflict", { detail: refusal.answer.draft }));
      else this.tell(message("draft-on-device"));
    }
  }

  /** Forget it here, and on the server unless the server has done so by publishing. */
  async discard({ published = false } = {}) {
    await this.pause();
    try {
      localStorage.removeItem(this.place);
    } finally {
      if (!published && member !== "guest") await this.forget().catch(() => null);
      this.sequence = 0;
    }
  }

  /** On the server; what is newer there is another device's, and stays. */
  async forget() {
    await remove(`/drafts/${this.key}?sequence=${this.sequence}`, null, { quiet: true });
    this.sequence = 0;
  }
}
