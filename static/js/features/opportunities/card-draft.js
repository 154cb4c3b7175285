// The form of a new opportunity is kept as a draft, every field of it, and is here again on return.
import { Draft } from "../../lib/drafts.js";
import { newest } from "../topics/kept-draft.js";

const NOT_KEPT = new Set(["csrf_token", "key"]);
const form = document.querySelector(".guided__form");
const state = form.querySelector("[data-state]");
const draft = new Draft("new_opportunity", { read, tell: (words) => { state.textContent = words; } });
draft.sequence = draft.onDevice()?.sequence ?? 0;

function read() {
  const sent = new FormData(form);
  const names = new Set([...sent.keys()].filter((name) => !NOT_KEPT.has(name)));
  return Object.fromEntries([...names].map((name) => {
    const several = form.elements[name].type === "select-multiple";
    return [name, several ? sent.getAll(name) : sent.get(name)];
  }));
}

function fill(fields) {
  for (const field of form.elements) {
    const value = fields[field.name];
    if (value === undefined || NOT_KEPT.has(field.name)) continue;
    if (field.type === "radio") field.checked = field.value === value;
    else if (field.multiple) for (const option of field.options) option.selected = value.includes(option.value);
    else field.value = value;
    for (const event of ["input", "change"]) field.dispatchEvent(new Event(event, { bubbles: true }));
  }
}

/** What was begun before is here again, unless the page brings its own text or an error. */
async function resume() {
  const { title, raw } = form.elements;
  const begun = () => form.querySelector("[aria-invalid], .error") || title.value.trim() || raw.value.trim();
  if (begun()) return;
  const { fields } = await newest(draft);
  if (fields && !begun()) fill(fields);
}

for (const event of ["input", "change"]) form.addEventListener(event, () => draft.changed());
// The server forgets a draft that is published: it must know this one before.
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  await draft.keepOnServer();
  form.submit();
});
resume();
