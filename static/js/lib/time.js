// Relative times stay true while a page is open: <time datetime="…" data-ago>26 min</time>.
import { message } from "./messages.js";

const { lang } = document.documentElement;
const region = lang === "en" ? "en-GB" : lang; // day before month
const zone = document.documentElement.dataset.zone || undefined;
const dayKey = new Intl.DateTimeFormat("en-CA", { timeZone: zone });
const shortDay = new Intl.DateTimeFormat(region, { day: "numeric", month: "short", timeZone: zone });
const yearDay = new Intl.DateTimeFormat(region, { day: "numeric", month: "short", year: "numeric", timeZone: zone });
const clock = new Intl.DateTimeFormat(region, { hour: "numeric", minute: "2-digit", timeZone: zone });
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** The same words as the server's filter `ago` (forum/web/formats.py). */
export function ago(moment, present = new Date()) {
  const passed = present - moment;
  if (Math.abs(passed) < MINUTE) return message("now");
  if (passed > 0 && passed < HOUR) return unbroken(message("minutes", { count: Math.floor(passed / MINUTE) }));
  const then = dayKey.format(moment);
  if (passed > 0 && then === dayKey.format(present)) return unbroken(message("hours", { count: Math.floor(passed / HOUR) }));
  if (then === dayKey.format(new Date(present - DAY))) return message("yesterday");
  const written = (then.slice(0, 4) === dayKey.format(present).slice(0, 4) ? shortDay : yearDay).format(moment);
  return unbroken(lang === "fr" ? written.replace(/^1(?!\d)/, "1er") : written);
}

/** 14:32, or 14 h 32. */
export function timeOfDay(moment = new Date()) {
  const written = clock.format(moment);
  return lang === "fr" ? written.replace(":", "\u00a0h\u00a0") : written;
}

const unbroken = (text) => text.replaceAll(" ", "\u00a0");

function refresh() {
  for (const element of document.querySelectorAll("time[data-ago]")) {
    const text = ago(new Date(element.dateTime));
    if (element.textContent !== text) element.textContent = text;
  }
}

/** Begin to keep every relative time of the page true. */
export function keepTimesFresh() {
  setInterval(() => document.hidden || refresh(), MINUTE / 2);
  document.addEventListener("visibilitychange", () => document.hidden || refresh());
}
