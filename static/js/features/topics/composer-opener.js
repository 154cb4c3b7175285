// Reply, Quote and Edit open the composer instead of leading to a page; it is fetched on first use.
import { isKept } from "../../lib/drafts.js";
import { message } from "../../lib/messages.js";

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-reply], a[data-quote], a[data-edit]");
  if (!link || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (!document.querySelector("post-composer")) return;
  event.preventDefault();
  write(wishOf(link)).catch(() => location.assign(link.href));
});

/** Open the composer with a wish: {reply}, {quote, text} or {edit}, each naming its article. */
export async function write(wish) {
  await import("./post-composer.js");
  const composer = document.querySelector("post-composer");
  customElements.upgrade(composer);
  await composer.open(wish);
}

function wishOf(link) {
  const article = link.closest("article[data-post]");
  if (link.dataset.edit) return { edit: true, article };
  if (link.dataset.quote) return { quote: true, article };
  return { reply: true, article };
}

/** The button says when there is something to go on with. */
function labelReply() {
  const composer = document.querySelector("post-composer");
  const label = document.querySelector("[data-reply-label]");
  if (!composer || !label) return;
  const kept = isKept(`topic_${composer.dataset.topic}`) || "kept" in label.dataset;
  label.textContent = kept ? message("resume-draft") : label.dataset.replyLabel;
}

labelReply();
document.addEventListener("composer", (event) => event.detail.open || labelReply());
