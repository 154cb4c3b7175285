// <search-sort><form>…<select name="order">…<button>: another order applies at once.

class SearchSort extends HTMLElement {
  connectedCallback() {
    const form = this.querySelector("form");
    form.querySelector("[type='submit']").hidden = true;
    form.addEventListener("change", () => form.requestSubmit());
  }
}

customElements.define("search-sort", SearchSort);
