// <notification-list>: following a line of the page marks it as read.
import { markRead } from "./reading.js";

class NotificationList extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", ({ target }) => {
      if (target.closest("a:not(.level)")) markRead(target.closest("li.is-unread"));
    });
  }
}

customElements.define("notification-list", NotificationList);
