// Telling the server that a notification was followed, while the browser is already leaving the page.
import { post } from "../../lib/fetch.js";

export function markRead(line) {
  if (!line) return;
  line.classList.remove("is-unread");
  const content = new URLSearchParams({ id: line.dataset.id });
  post("/notifications/read", content, { quiet: true, keepalive: true }).catch(() => line.classList.add("is-unread"));
}
