// Links marked data-copy go into the clipboard, where there is one; without, they are followed.
import { toast } from "../../lib/fetch.js";
import { message } from "../../lib/messages.js";

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-copy]");
  if (!link || !navigator.clipboard || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const address = new URL(link.href);
  address.hash = "";
  navigator.clipboard.writeText(address.href).then(
    () => toast(message("copied")),
    () => location.assign(link.href),
  );
});
