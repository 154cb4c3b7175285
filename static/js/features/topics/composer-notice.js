// One thing to know above the foot of the composer, with what can be done about it.
import { message } from "../../lib/messages.js";

export class ComposerNotice {
  constructor(place) {
    this.place = place;
  }

  /** `acts` are pairs of a message's name and what it does; `name` lets `clear` find it again. */
  show(words, { name = "", acts = [], kind = "danger", more = null } = {}) {
    const alert = alertWith(words, { kind, more });
    alert.dataset.name = name;
    for (const [label, act] of acts) alert.lastElementChild.append(" ", this.button(label, act));
    this.place.replaceChildren(alert);
  }

  clear(name = null) {
    if (name === null || this.place.firstElementChild?.dataset.name === name) this.place.replaceChildren();
  }

  button(label, act) {
    return actButton(label, () => {
      this.clear();
      act();
    });
  }
}

/** An alert; its last element takes buttons. */
export function alertWith(words, { kind = "danger", title = "", more = null } = {}) {
  const alert = document.createElement("div");
  alert.className = `alert alert--${kind}`;
  alert.setAttribute("role", "alert");
  const text = document.createElement("div");
  if (title) {
    const strong = document.createElement("b");
    strong.textContent = title;
    text.append(strong, " ");
  }
  text.append(words, ...(more ? [more] : []));
  alert.append(text);
  return alert;
}

/** A small button named by a message. */
export function actButton(name, act) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn btn--s";
  button.textContent = message(name);
  button.addEventListener("click", act);
  return button;
}
