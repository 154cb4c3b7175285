// <post-composer>: writing a reply or an edit, docked below the topic. Loaded on first use.
import { Draft } from "../../lib/drafts.js";
import { ask, get, toast } from "../../lib/fetch.js";
import { counted, message } from "../../lib/messages.js";
import { ComposerNotice } from "./composer-notice.js";
import { newest } from "./kept-draft.js";
import { LivePreview } from "./live-preview.js";
import { MarkdownToolbar, insert, insertBlock } from "./markdown-toolbar.js";
import { MentionList } from "./mention-list.js";
import { PanelGrip } from "./panel-grip.js";
import { Publication } from "./publication.js";

const narrow = matchMedia("(max-width: 900px)");

class PostComposer extends HTMLElement {
  connectedCallback() {
    if (this.panel) return;
    this.panel = this.querySelector(".composer");
    this.field = this.querySelector("textarea");
    this.notice = new ComposerNotice(this.querySelector("[data-told]"));
    this.verb = this.querySelector("[data-verb]");
    this.publishButton = this.querySelector('[data-act="publish"]');
    this.preview = new LivePreview(this.field, this.querySelector(".composer__preview .prose"), {
      category: () => this.dataset.category,
      wanted: () => !narrow.matches || this.panel.dataset.pane === "preview",
    });
    new MentionList(this.field); // before the keys of the composer: Escape closes the names first
    new MarkdownToolbar(this.querySelector('[role="toolbar"]'), this.field);
    new PanelGrip(this.querySelector(".grip"), this.panel);
    this.field.addEventListener("input", () => this.changed());
    this.panel.addEventListener("click", (event) => this.act(event));
    this.panel.addEventListener("keydown", (event) => this.press(event));
    document.addEventListener("arrived", ({ detail }) => this.meanwhile(detail.number));
    document.addEventListener("caught-up", () => this.caughtUp());
  }

  get stream() {
    return document.querySelector("topic-stream");
  }

  get text() {
    return this.field.value.trim();
  }

  /** Begin to write: see composer-opener.js for the wishes. What was begun in another place is kept there. */
  async open({ edit = false, quote = false, article = null, text = null }) {
    const wish = edit ? { edit: true, id: article.dataset.post, number: article.dataset.number } : { reply: true };
    const key = edit ? `post_${wish.id}` : `topic_${this.dataset.topic}`;
    if (this.draft?.key !== key) await this.take(key, wish);
    if (!edit && (article || !this.writing.to)) this.answer(article);
    this.show();
    if (quote) insertBlock(this.field, await this.quoted(article, text));
  }

  /** Turn to another draft; the one at hand is kept. */
  async take(key, wish) {
    if (this.text) this.draft?.keepOnServer();
    this.notice.clear();
    this.caughtUp();
    if (wish.reply) delete document.querySelector("[data-reply-label]")?.dataset.kept; // from now on known here
    this.publication = null;
    this.field.value = "";
    this.writing = { ...wish, to: null, name: "" };
    this.draft = new Draft(key, { read: () => this.read(), tell: (words) => this.state(words) });
    this.draft.addEventListener("conflict", ({ detail }) => detail && this.offer("other-draft", detail.fields, detail));
    this.set(this.draft.onDevice()?.fields ?? {});
    if (wish.edit) await this.loadPost(wish.id);
    this.label();
    const typed = this.field.value;
    newest(this.draft).then(({ fields, other }) => {
      if (fields && this.field.value === typed) this.set(fields);
      if (other) this.offer("older-draft", other);
    });
  }

  read() {
    const { to, name, version } = this.writing;
    return { raw: this.field.value, reply_to_post_number: to, name, version };
  }

  set({ raw, reply_to_post_number: to, name, version }) {
    if (raw !== undefined && (raw || !this.writing.edit)) this.field.value = raw;
    if (this.writing.reply) Object.assign(this.writing, { to: to ?? this.writing.to, name: name ?? this.writing.name });
    if (version) this.writing.version = version;
    this.label();
    this.preview.soon();
  }

  async loadPost(id) {
    const { raw, version } = await get(`/posts/${id}/edit`);
    Object.assign(this.writing, { original: raw, version: this.writing.version ?? version });
    if (!this.field.value) this.field.value = raw;
  }

  answer(article) {
    const whom = article?.querySelector("[data-reply]");
    this.writing.to = article ? Number(article.dataset.number) : null;
    this.writing.name = whom?.dataset.name ?? "";
    this.label();
  }

  async quoted(article, text) {
    const { username, number, post } = article.dataset;
    const words = text ?? (await ask("GET", `/posts/${post}/raw`, null, { markup: true })).trim();
    return `[quote="${username}, post:${number}, topic:${this.dataset.topic}"]\n${words}\n[/quote]\n\n`;
  }

  label() {
    const { edit, number, to, name } = this.writing;
    const words = edit ? message("edit-post", { number })
      : to && name ? message("reply-to-post", { name, number: to }) : message("reply-to-topic");
    this.querySelector("[data-to]").textContent = words;
    this.verb.textContent = message(edit ? "save-edit" : "publish-reply");
  }

  show() {
    this.hidden = false;
    this.collapse(false);
    document.body.classList.add("has-composer");
    this.signal(true);
    this.field.focus({ preventScroll: true });
    this.field.setSelectionRange(this.field.value.length, this.field.value.length);
    this.preview.soon();
  }

  /** Put it away; what was written is kept. */
  close() {
    if (this.text) {
      this.draft.keepOnDevice();
      this.draft.keepOnServer();
    }
    this.hide();
    document.querySelector("a:has([data-reply-label])")?.focus({ preventScroll: true });
  }

  hide() {
    this.hidden = true;
    document.body.classList.remove("has-composer");
    this.signal(false);
  }

  signal(open) {
    document.dispatchEvent(new CustomEvent("composer", { detail: { open } }));
  }

  collapse(folded) {
    this.panel.classList.toggle("is-collapsed", folded);
    const button = this.querySelector('[data-act="collapse"]');
    button.setAttribute("aria-expanded", String(!folded));
    if (folded) button.focus();
  }

  changed() {
    this.draft.changed();
    this.publication?.touched();
    this.state("");
  }

  act(event) {
    const button = event.target.closest("[data-act], [data-pane]");
    if (!button) {
      if (event.target.closest(".composer__head")) this.collapse(false);
      return;
    }
    const { act, pane } = button.dataset;
    if (pane) this.turn(pane);
    else if (act === "publish") this.publish();
    else if (act === "close") this.close();
    else if (act === "discard") this.discard();
    else if (act === "collapse") this.collapse(!this.panel.classList.contains("is-collapsed"));
  }

  turn(pane) {
    this.panel.dataset.pane = pane;
    for (const button of this.querySelectorAll("[data-pane]")) {
      if (button !== this.panel) button.setAttribute("aria-pressed", String(button.dataset.pane === pane));
    }
    if (pane === "preview") this.preview.draw();
    else this.field.focus();
  }

  press(event) {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      this.publish();
    } else if (event.key === "Escape" && !event.defaultPrevented) {
      event.preventDefault();
      if (narrow.matches) this.close();
      else this.collapse(true);
    }
  }

  async publish() {
    if (this.publishButton.getAttribute("aria-busy") === "true") return;
    if (!this.text) {
      this.notice.show(message("write-something"));
      this.field.focus();
      return;
    }
    this.publication ??= new Publication(this);
    await this.publication.send();
  }

  /** The draft became a post. */
  async published() {
    this.publication = null;
    this.field.value = "";
    this.notice.clear();
    await this.draft.discard({ published: true });
    this.draft = null;
    this.hide();
  }

  async discard() {
    const fields = this.read();
    const { draft } = this;
    this.field.value = "";
    this.draft = null;
    this.hide();
    await draft.discard();
    this.signal(false); // the Reply button no longer speaks of a draft
    if (!fields.raw.trim()) return;
    toast(message("draft-discarded"), {
      act: async () => {
        await this.take(draft.key, this.writing);
        this.set(fields);
        this.show();
        this.draft.changed();
      },
    });
  }

  state(words) {
    this.querySelector("[data-state]").textContent = words;
  }

  offer(name, fields, newer = null) {
    if (newer) this.draft.sequence = newer.sequence; // what is written on here is kept again
    const use = () => insert(this.field, fields.raw ?? "", { start: 0, end: this.field.value.length });
    this.notice.show(message(name), { acts: [["use-it", use]], kind: "warn" });
  }

  /** Others answered while this was written: they may be read first. */
  meanwhile(number) {
    if (this.hidden || !this.text || this.writing.edit) return;
    this.arrived.push(number);
    const read = () => this.stream.readFrom(Math.min(...this.arrived));
    this.notice.show(counted("meanwhile", this.arrived.length), { name: "meanwhile", acts: [["read-first", read]], kind: "warn" });
  }

  caughtUp() {
    this.arrived = [];
    this.notice.clear("meanwhile");
  }
}

customElements.define("post-composer", PostComposer);
