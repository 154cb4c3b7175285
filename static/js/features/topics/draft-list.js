// The list of drafts: what is discarded leaves this device too, at once, with Undo.
import { Draft } from "../../lib/drafts.js";
import { get, post, put, toast } from "../../lib/fetch.js";
import { message } from "../../lib/messages.js";

document.addEventListener("submit", (event) => {
  const { draft: key } = event.target.dataset;
  if (!key) return;
  event.preventDefault();
  discard(key, event.target).catch(() => null);
});

async function discard(key, form) {
  const { draft } = await get(`/drafts/${key}`);
  await post(form.getAttribute("action"), new FormData(form));
  new Draft(key, { read: () => ({}) }).keepOnDevice();
  const line = form.closest("li");
  line.hidden = true;
  toast(message("draft-discarded"), {
    act: async () => {
      if (draft) await put(`/drafts/${key}`, { fields: draft.fields, sequence: 0 });
      line.hidden = false;
    },
  });
}
