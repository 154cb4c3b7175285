// Where things are on the screen, and keeping them there.

const root = document.documentElement;

/** The height that the sticky head of the page covers. */
export function covered() {
  return document.querySelector(".masthead")?.offsetHeight ?? 0;
}

/** The lowest line of the window that is not covered by the composer. */
export function floor() {
  const composer = document.querySelector("post-composer:not([hidden]) .composer");
  return composer ? Math.min(innerHeight, composer.getBoundingClientRect().top) : innerHeight;
}

/** Change the page without moving what is being read: `anchor` stays where it is. */
export function steadily(anchor, change) {
  const before = anchor?.getBoundingClientRect().top;
  root.style.overflowAnchor = "none"; // the browser would correct a second time
  const result = change();
  if (anchor?.isConnected) scrollBy({ top: anchor.getBoundingClientRect().top - before, behavior: "instant" });
  requestAnimationFrame(() => root.style.removeProperty("overflow-anchor"));
  return result;
}

/** Bring an element below the head of the page, and mark it for a moment. */
export function show(element, { flash = true } = {}) {
  const line = element.previousElementSibling;
  (line?.matches(".post__since") ? line : element).scrollIntoView({ block: "start", behavior: "instant" });
  if (!flash) return;
  element.classList.remove("is-target");
  void element.offsetWidth; // lets the animation begin anew
  element.classList.add("is-target");
  element.addEventListener("animationend", () => element.classList.remove("is-target"), { once: true });
}
