// <like-button>: changes at once; goes back when the server says no. Quick presses end in the last wish.
import { post, remove } from "../../lib/fetch.js";

class LikeButton extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.button = this.querySelector("button");
    this.path = this.form.getAttribute("action").replace(/\/(un)?like$/, "/like");
    this.kept = this.wish = this.button.getAttribute("aria-pressed") === "true";
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.wish = !this.wish;
      this.draw(this.wish, this.shown + (this.wish ? 1 : -1));
      this.busy ??= this.send().finally(() => { this.busy = null; });
    });
  }

  get shown() {
    return Number(this.button.querySelector(".num").textContent || 0);
  }

  async send() {
    while (this.kept !== this.wish) {
      const wanted = this.wish;
      try {
        const answer = await (wanted ? post : remove)(this.path, null);
        this.kept = wanted;
        if (this.wish === wanted) this.draw(wanted, answer.like_count);
      } catch {
        this.draw(this.kept, this.shown + (this.wish === this.kept ? 0 : this.kept ? 1 : -1));
        this.wish = this.kept;
      }
    }
  }

  draw(liked, count) {
    this.button.setAttribute("aria-pressed", String(liked));
    this.button.querySelector(".num").textContent = count > 0 ? String(count) : "";
  }
}

customElements.define("like-button", LikeButton);
