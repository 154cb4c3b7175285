// Dark or light: a member's choice goes to the server, a guest's into a cookie the server reads.
import { post } from "../lib/fetch.js";
import { message } from "../lib/messages.js";

const root = document.documentElement;
const YEAR = 31_536_000;

function isDark() {
  if (root.dataset.theme !== "auto") return root.dataset.theme === "dark";
  return matchMedia("(prefers-color-scheme: dark)").matches;
}

class ThemeToggle extends HTMLElement {
  connectedCallback() {
    this.button = this.querySelector("button");
    this.button.addEventListener("click", () => this.switch(isDark() ? "light" : "dark"));
    this.draw();
  }

  switch(theme) {
    root.dataset.theme = theme;
    for (const toggle of document.querySelectorAll("theme-toggle")) toggle.draw();
    document.cookie = `theme=${theme}; path=/; max-age=${YEAR}; samesite=lax`;
    if (document.body.dataset.user) post("/preferences/theme", { theme }).catch(() => null);
  }

  draw() {
    const dark = isDark();
    this.button.setAttribute("aria-pressed", String(dark));
    this.button.title = message(dark ? "light-theme" : "dark-theme");
  }
}

customElements.define("theme-toggle", ThemeToggle);
