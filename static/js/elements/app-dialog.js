// Native dialogs: a button with data-dialog="<id>" opens one, focus returns to it, a click on the ground closes it.

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-dialog]");
  const dialog = opener && document.getElementById(opener.dataset.dialog);
  if (!dialog) return;
  event.preventDefault();
  dialog.showModal();
});

document.addEventListener("click", (event) => {
  if (event.target.localName === "dialog" && event.target.open) event.target.close();
});

/** Ask before what is hard to reverse; answers true when the verb was chosen. Focus is on the safe choice. */
export function confirm(dialog) {
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "confirm"), { once: true });
  });
}
