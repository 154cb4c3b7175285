// <topic-timeline>: where the reader is in the topic, and the way elsewhere: drag, click, arrows, Home, End, Page keys.
// On narrow screens the small button opens it as a sheet.
import { message } from "../../lib/messages.js";

const PAUSE = 350; // ms after the last key before the page follows

class TopicTimeline extends HTMLElement {
  connectedCallback() {
    this.highest = Number(this.dataset.highest);
    this.number = Number(this.dataset.at);
    this.track = this.querySelector(".timeline__track");
    this.handle = this.querySelector('[role="slider"]');
    this.button = document.querySelector(".timeline-mini");
    this.date = this.handle.querySelector("span").textContent;
    document.addEventListener("position", ({ detail }) => this.dragging || this.show(detail.number, detail.date));
    document.addEventListener("grown", ({ detail }) => this.grow(detail.highest));
    this.handle.addEventListener("keydown", (event) => this.press(event));
    this.track.addEventListener("pointerdown", (event) => this.drag(event));
    this.button?.addEventListener("click", () => this.openSheet());
    this.markAccepted();
    this.show(this.number, document.querySelector(`#p${this.number}`)?.dataset.date ?? this.date);
  }

  /** Move the handle, and say where it is. */
  show(number, date = null) {
    this.number = number;
    this.handle.style.setProperty("--at", this.at(number));
    this.handle.querySelector("b").textContent = `${number} / ${this.highest}`;
    this.handle.querySelector("span").textContent = date ?? "";
    this.handle.setAttribute("aria-valuenow", String(number));
    this.handle.setAttribute("aria-valuemax", String(this.highest));
    const words = { number, highest: this.highest, date: date ?? "" };
    const text = this.dataset.text.replace(/%\((\w+)\)s/g, (_place, key) => words[key]).replace(/[,\s]+$/, "");
    this.handle.setAttribute("aria-valuetext", text);
    this.track.hidden = this.highest < 2; // one post has no scale
    if (!this.button) return;
    this.button.hidden = this.track.hidden;
    this.button.querySelector("span").textContent = `${number} / ${this.highest}`;
  }

  /** How far down the track a post is; the handle stays inside. */
  at(number) {
    const share = this.highest > 1 ? (number - 1) / (this.highest - 1) : 0;
    return `calc((100% - 2.75rem) * ${share.toFixed(4)})`;
  }

  grow(highest) {
    if (highest <= this.highest) return;
    this.highest = highest;
    this.show(this.number, this.handle.querySelector("span").textContent);
    this.markAccepted();
  }

  markAccepted() {
    const mark = this.querySelector(".timeline__mark");
    const accepted = Number(this.dataset.accepted ?? 0);
    mark.hidden = !accepted;
    if (accepted) mark.style.setProperty("--at", this.at(accepted));
  }

  press(event) {
    const page = Math.max(1, Math.round(this.highest / 10));
    const to = {
      ArrowUp: this.number - 1, ArrowLeft: this.number - 1, ArrowDown: this.number + 1, ArrowRight: this.number + 1,
      PageUp: this.number - page, PageDown: this.number + page, Home: 1, End: this.highest,
    }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    this.aim(to);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.go(), PAUSE);
  }

  drag(event) {
    if (event.button) return;
    event.preventDefault();
    this.handle.focus({ preventScroll: true });
    this.dragging = true;
    this.track.setPointerCapture(event.pointerId);
    // Taken by the handle, it keeps its place under the pointer; a click on the track leads there.
    const box = this.handle.getBoundingClientRect();
    const grip = this.handle.contains(event.target) ? event.clientY - box.top : box.height / 2;
    const follow = ({ clientY }) => {
      const { top, height } = this.track.getBoundingClientRect();
      const share = (clientY - grip - top) / Math.max(1, height - box.height);
      this.aim(1 + Math.round(share * (this.highest - 1)));
    };
    const listening = new AbortController();
    const { signal } = listening;
    this.track.addEventListener("pointermove", follow, { signal });
    for (const name of ["pointerup", "pointercancel"]) {
      this.track.addEventListener(name, () => {
        listening.abort();
        this.dragging = false;
        if (name === "pointerup") this.go();
      }, { signal });
    }
    if (!this.handle.contains(event.target)) follow(event);
  }

  aim(number) {
    const wanted = Math.min(Math.max(number, 1), this.highest);
    this.show(wanted, document.querySelector(`#p${wanted}`)?.dataset.date);
  }

  go() {
    this.sheet?.close();
    document.dispatchEvent(new CustomEvent("goto", { detail: { number: this.number } }));
  }

  openSheet() {
    this.sheet ??= this.makeSheet();
    this.sheet.append(this.querySelector(".timeline"));
    this.sheet.showModal();
    this.handle.focus();
  }

  makeSheet() {
    const sheet = document.createElement("dialog");
    sheet.className = "dialog timeline-sheet";
    sheet.setAttribute("aria-label", this.handle.getAttribute("aria-label"));
    sheet.addEventListener("close", () => this.append(sheet.querySelector(".timeline")));
    sheet.addEventListener("click", (event) => event.target.closest("a") && sheet.close());
    const close = document.createElement("button");
    close.type = "button";
    close.className = "btn btn--s";
    close.textContent = message("close");
    close.addEventListener("click", () => sheet.close());
    sheet.append(close);
    document.body.append(sheet);
    return sheet;
  }
}

customElements.define("topic-timeline", TopicTimeline);
