// How much is new to the member, in the side bar: counted again when he reads elsewhere or something is written.
import { get } from "../../lib/fetch.js";
import { subscribe } from "../../lib/socket.js";

const CALM = 1500; // ms in which several rings become one question, and so that not every window asks at once
const COUNTED = new Set(["unread:changed", "topic:created", "topic:bumped", "reload"]);
const short = new Intl.NumberFormat(document.documentElement.lang, { notation: "compact", maximumFractionDigits: 1 });
const sidebar = document.getElementById("sidebar");
const lines = [...(sidebar?.querySelectorAll("[data-counter]") ?? [])];
let timer = null;

if (document.body.dataset.user) {
  const rooms = new Set(lines.flatMap((line) => line.dataset.counter.split(" ")));
  for (const room of rooms) subscribe(room, (ring) => COUNTED.has(ring.name) && askSoon());
}

function askSoon() {
  clearTimeout(timer);
  timer = setTimeout(ask, CALM * (1 + Math.random()));
}

async function ask() {
  if (document.hidden) {
    document.addEventListener("visibilitychange", ask, { once: true });
    return;
  }
  const { counts, total } = await get("/unread-counts", { quiet: true }).catch(() => ({}));
  if (!counts) return;
  for (const line of lines) {
    const [kind, id] = line.dataset.counter.split(" ")[0].split(":");
    show(line.querySelector(".count"), kind === "category" ? (counts[id] ?? 0) : total);
  }
}

function show(place, count) {
  place.textContent = short.format(count);
  place.hidden = !count;
}
