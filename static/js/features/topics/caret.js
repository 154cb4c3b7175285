// Where the caret of a field stands: the browser tells it of text on the page, not of text in a field.
const LIKE_THE_FIELD = ["font", "letterSpacing", "lineHeight", "padding", "border", "tabSize", "direction"];

/** The place of a character in a field, from the corner of the field: {left, top, bottom} of its line. */
export function placeIn(field, at) {
  const { mirror, mark } = mirrored(field, at);
  field.after(mirror);
  const left = mark.offsetLeft;
  const top = mark.offsetTop - field.scrollTop;
  const bottom = top + mark.offsetHeight;
  mirror.remove();
  return { left, top, bottom };
}

/** The text before the character, broken into lines as the field breaks them. */
function mirrored(field, at) {
  const mirror = document.createElement("div");
  const look = getComputedStyle(field);
  for (const name of LIKE_THE_FIELD) mirror.style[name] = look[name];
  Object.assign(mirror.style, {
    position: "absolute", visibility: "hidden", boxSizing: "border-box", inlineSize: `${field.clientWidth}px`,
    whiteSpace: "pre-wrap", overflowWrap: "break-word",
  });
  const mark = document.createElement("span");
  mark.textContent = field.value.slice(at).match(/^\S+/)?.[0] ?? ".";
  mirror.append(field.value.slice(0, at), mark);
  return { mirror, mark };
}
