// Shows a password while it is typed; the caret stays where it is.
import { message } from "../lib/messages.js";

class PasswordField extends HTMLElement {
  connectedCallback() {
    const input = this.querySelector("input");
    const button = this.querySelector("button");
    button.addEventListener("click", () => {
      const { selectionStart, selectionEnd } = input;
      const hidden = input.type === "password";
      input.type = hidden ? "text" : "password";
      button.setAttribute("aria-pressed", String(hidden));
      button.querySelector("span").textContent = message(hidden ? "hide" : "show");
      input.focus();
      input.setSelectionRange(selectionStart, selectionEnd);
    });
    input.form?.addEventListener("submit", () => { input.type = "password"; });
  }
}

customElements.define("password-field", PasswordField);
