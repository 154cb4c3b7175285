// Deleting and recovering a post happen in place: at once, with Undo.
import { post, toast } from "../../lib/fetch.js";
import { message } from "../../lib/messages.js";

document.addEventListener("submit", (event) => {
  const form = event.target;
  const article = form.closest("article[data-post]");
  if (!article || !form.dataset.act) return;
  event.preventDefault();
  act(form, article);
});

async function act(form, article) {
  const { posts } = article.closest("topic-stream");
  const { post: id, number } = article.dataset;
  const done = await post(form.getAttribute("action"), new FormData(form)).catch(() => null);
  if (!done) return;
  await posts.redrawNow(id);
  if (form.dataset.act === "recover") {
    toast(message("post-recovered", { number }));
    return;
  }
  toast(message("post-deleted", { number }), {
    act: async () => {
      await post(form.dataset.undo, null);
      if (posts.byId(id)) await posts.redrawNow(id);
      else await posts.fetch(id);
    },
  });
}
