// Sending what the composer holds: shown in place while it goes, one post however often it is sent.
import { get, post } from "../../lib/fetch.js";
import { message } from "../../lib/messages.js";
import { actButton, alertWith } from "./composer-notice.js";

const UNSURE = new Set([0, 502, 503, 504]); // it may have arrived

export class Publication {
  constructor(composer) {
    this.composer = composer;
    this.key = freshKey();
  }

  /** The text is another: a try that certainly failed may be followed by a new one. */
  touched() {
    if (!this.unsure) this.key = freshKey();
  }

  async send() {
    const { composer } = this;
    this.busy(true);
    try {
      await composer.draft.pause();
      if (composer.writing.edit) await this.sendEdit();
      else if (composer.stream.gaps.later) await this.sendAway();
      else await this.sendReply();
    } finally {
      this.busy(false);
    }
  }

  sendReply() {
    const { composer } = this;
    const pending = this.pending(composer.stream);
    composer.hide();
    composer.stream.sending = this.deliver(this.reply(), pending);
    return composer.stream.sending;
  }

  async deliver(form, pending) {
    const { composer } = this;
    const { stream } = composer;
    try {
      const answer = await post(composer.dataset.action, form, { quiet: true });
      const article = await stream.posts.fetch(answer.post).catch(() => null);
      pending.remove();
      if (!article) location.assign(answer.path);
      await composer.published();
      stream.posts.byId(answer.post)?.focus({ preventScroll: true });
    } catch (refusal) {
      this.failed(refusal, pending);
    }
  }

  /** The end of the topic is not on the page: send first, then go there. */
  async sendAway() {
    const { composer } = this;
    try {
      const answer = await post(composer.dataset.action, this.reply(), { quiet: true });
      await composer.published();
      location.assign(answer.path);
    } catch (refusal) {
      this.refused(refusal);
    }
  }

  async sendEdit() {
    const { composer } = this;
    const { id, version } = composer.writing;
    try {
      await post(`/posts/${id}/edit`, this.form({ version }), { quiet: true });
      await composer.stream.posts.redrawNow(id);
      await composer.published();
      composer.stream.posts.byId(id)?.focus({ preventScroll: true });
    } catch (refusal) {
      if (refusal.status === 409) await this.compare(id);
      else this.refused(refusal);
    }
  }

  reply() {
    return this.form({ key: this.key, reply_to_post_number: this.composer.writing.to ?? "" });
  }

  form(fields) {
    const form = new FormData();
    form.set("raw", this.composer.field.value);
    for (const [name, value] of Object.entries(fields)) form.set(name, value);
    return form;
  }

  /** The post in its place, in paler ink, until the server has it. */
  pending(stream) {
    const { composer } = this;
    const article = composer.querySelector("[data-pending]").content.cloneNode(true).firstElementChild;
    const { preview, field } = composer;
    const prose = article.querySelector(".prose");
    if (preview.shown === field.value) prose.append(...[...preview.place.childNodes].map((node) => node.cloneNode(true)));
    else for (const part of field.value.trim().split(/\n{2,}/)) prose.append(paragraph(part));
    stream.posts.element.append(article);
    article.scrollIntoView({ block: "nearest", behavior: "instant" });
    return article;
  }

  /** The server said no: back to the text. No answer: it stays in its place, to be sent again with its key. */
  failed(refusal, pending) {
    this.unsure = UNSURE.has(refusal.status) || refusal.status >= 500;
    if (!this.unsure) {
      pending.remove();
      this.composer.show();
      this.refused(refusal);
      return;
    }
    pending.classList.add("is-failed");
    pending.querySelector(".date").textContent = "";
    const words = `${refusal.message} ${message("draft-is-safe")} `;
    const alert = alertWith(words, { title: message("not-published") });
    const acts = [["try-again", () => this.send()], ["back-to-text", () => this.composer.show()]];
    for (const [name, act] of acts) {
      alert.lastElementChild.append(actButton(name, () => {
        pending.remove();
        act();
      }), " ");
    }
    pending.querySelector(".post__body").append(alert);
    alert.querySelector("button").focus();
  }

  refused(refusal) {
    this.composer.notice.show(`${message("not-published")} ${refusal.message}`);
    this.composer.draft.changed();
  }

  /** Someone else changed the post: both texts, and the choice. */
  async compare(id) {
    const { composer } = this;
    const theirs = await get(`/posts/${id}/edit`);
    const text = document.createElement("pre");
    text.className = "as-typed";
    text.tabIndex = 0;
    text.textContent = theirs.raw;
    const settle = (raw) => {
      composer.field.value = raw;
      composer.writing.version = theirs.version;
      composer.changed();
      composer.preview.soon();
      composer.field.focus();
    };
    const acts = [["keep-mine", () => settle(composer.field.value)], ["use-theirs", () => settle(theirs.raw)]];
    composer.notice.show(message("edit-conflict"), { acts, kind: "warn", more: text });
  }

  busy(on) {
    this.composer.publishButton.setAttribute("aria-busy", String(on));
  }
}

function paragraph(text) {
  const made = document.createElement("p");
  made.textContent = text;
  return made;
}

/** Names one wish to publish, so that a retry makes no second post. */
export function freshKey() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
