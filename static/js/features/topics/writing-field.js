// A field for Markdown in a form that is sent the ordinary way: preview, names, formatting, Ctrl+Enter.
import { LivePreview } from "./live-preview.js";
import { MarkdownToolbar } from "./markdown-toolbar.js";
import { MentionList } from "./mention-list.js";

const preview = document.querySelector("[data-preview]");
const field = document.querySelector(".editor textarea");
const { form } = field;

const live = new LivePreview(field, preview.querySelector(".prose"), {
  category: () => form.elements.category_id?.value ?? "",
});
new MentionList(field);
new MarkdownToolbar(form.querySelector('[role="toolbar"]'), field);

field.addEventListener("input", show);
form.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  form.requestSubmit();
});

function show() {
  preview.hidden = !field.value.trim();
}

show();
live.soon();
