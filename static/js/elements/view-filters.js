// Narrow screens fold tabs, switches and facets into one control; facets apply at once.
//   <view-filters><div class="filterable" id="filters"> <a class="viewctl" href="#filters">…

class ViewFilters extends HTMLElement {
  connectedCallback() {
    this.box = this.querySelector(".filterable");
    this.control = this.querySelector(".viewctl");
    this.control?.setAttribute("aria-expanded", "false");
    this.control?.addEventListener("click", (event) => {
      event.preventDefault();
      this.fold(!this.box.classList.contains("is-open"));
    });
    for (const button of this.querySelectorAll("form.facets > [type='submit']")) button.classList.add("only-mobile");
    // Facets may come later than the page.
    this.addEventListener("change", (event) => this.apply(event.target.closest("form.facets")));
  }

  fold(open) {
    this.box.classList.toggle("is-open", open);
    this.control.setAttribute("aria-expanded", String(open));
  }

  apply(form) {
    // While the narrow panel is open several facets are chosen before one press of its button.
    if (!this.box?.classList.contains("is-open")) form?.requestSubmit();
  }
}

customElements.define("view-filters", ViewFilters);
