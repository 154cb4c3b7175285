// Pages with a form to write in: a new topic, an edit, a reply. Preview, draft, names, Ctrl+Enter; without scripts plain forms.
import { Draft } from "../../lib/drafts.js";
import { post } from "../../lib/fetch.js";
import { message } from "../../lib/messages.js";
import { alertWith } from "./composer-notice.js";
import { newest } from "./kept-draft.js";
import { LivePreview } from "./live-preview.js";
import { MarkdownToolbar } from "./markdown-toolbar.js";
import { MentionList } from "./mention-list.js";
import "./similar-topics.js";

const NOT_KEPT = new Set(["csrf_token", "key", "reply_to_post_number"]);
const form = document.querySelector("form[data-writing]");
const field = form.querySelector("textarea[name='raw']");
const button = form.querySelector("button[type='submit']");
const state = form.querySelector("[data-state]");
const preview = document.querySelector("[data-preview]");
const draft = new Draft(form.dataset.writing, { read, tell: (words) => { state.textContent = words; } });

function read() {
  return Object.fromEntries([...new FormData(form)].filter(([name]) => !NOT_KEPT.has(name)));
}

function fill(fields) {
  for (const [name, value] of Object.entries(fields)) {
    const input = form.elements[name];
    if (input && name !== "version" && value) input.value = value;
  }
  live.soon();
}

const live = new LivePreview(field, preview.querySelector(".prose"), {
  category: () => form.elements.category_id?.value ?? form.dataset.category,
});
new MentionList(field);
new MarkdownToolbar(form.querySelector('[role="toolbar"]'), field);

form.addEventListener("input", () => {
  preview.hidden = !field.value.trim();
  draft.changed();
});
form.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  form.requestSubmit();
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  publish();
});

async function publish() {
  if (button.getAttribute("aria-busy") === "true") return;
  button.setAttribute("aria-busy", "true");
  form.querySelector("[data-refused]")?.remove();
  try {
    await draft.pause();
    const { path } = await post(form.getAttribute("action"), new FormData(form), { quiet: true });
    await draft.discard({ published: true });
    location.assign(path);
  } catch (refusal) {
    refuse(refusal);
    button.removeAttribute("aria-busy");
  }
}

/** What is wrong, above the button; the whole page says it beside its field, and of a conflict shows both texts. */
function refuse(refusal) {
  if (refusal.status === 409 || refusal.status === 422) {
    form.submit();
    return;
  }
  const safe = refusal.status === 0 ? ` ${message("draft-is-safe")}` : "";
  const alert = alertWith(refusal.message + safe, { title: message("not-published") });
  alert.dataset.refused = "";
  button.parentElement.before(alert);
  draft.keepOnDevice();
}

/** What was begun before is here again, unless the page brings its own text or an error. */
async function resume() {
  if (form.querySelector("[aria-invalid]") || form.dataset.writing.startsWith("post_") || field.value.trim()) return;
  const { fields } = await newest(draft);
  if (fields && !field.value.trim()) fill(fields);
  preview.hidden = !field.value.trim();
}

resume();
if (field.value.trim()) {
  preview.hidden = false;
  live.soon();
}
