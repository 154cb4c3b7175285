// The doorbell: joins rooms, hears rings (names and ids, never content), and after a silence asks what it missed.
//
//   const leave = subscribe("topic:42", (ring) => { … }, { last: 118 });
//
// A ring is {room, number, name, …ids}. Besides the server's names, a room may say "reload" (too much was missed),
// "refused" and "moved" (it is closed to us). While the page hears its rooms, <html> has data-live.
import { message } from "./messages.js";

const SILENCE = 5000; // ms without a link before the reader is told
const PATIENCE = 400; // ms to wait for rings that came in the wrong order

const rooms = new Map(); // name → {last, ahead, listeners, timer}
const waiting = new Set(); // rooms to ask for at the next turn
let socket = null;
let link = null; // the promise of a socket: one a page
let notice = null;
let silence = null;

/** Hear what happens in a room, from after number `last`; returns the function that stops it. */
export function subscribe(room, listener, { last = null } = {}) {
  let state = rooms.get(room);
  if (!state) {
    state = { last, ahead: new Set(), listeners: new Set(), timer: null };
    rooms.set(room, state);
    askFor(room);
  }
  state.listeners.add(listener);
  return () => leave(room, listener);
}

function leave(room, listener) {
  const state = rooms.get(room);
  if (!state) return;
  state.listeners.delete(listener);
  if (state.listeners.size) return;
  rooms.delete(room);
  waiting.delete(room);
  if (socket?.connected) socket.emit("leave", { rooms: [room] });
}

function askFor(room) {
  waiting.add(room);
  if (waiting.size === 1) afterPaint(() => (socket ? join() : (link ??= connect())));
}

/** The link is opened when the page is drawn and idle: reading comes first. */
function afterPaint(act) {
  const idle = () => (window.requestIdleCallback ?? setTimeout)(act, { timeout: 1000 });
  if (document.readyState === "complete") idle();
  else addEventListener("load", idle, { once: true });
}

async function connect() {
  const { io } = await import("../../vendor/socket.io.esm.min.js");
  socket = io({ path: "/socket.io", transports: ["websocket"], reconnectionDelayMax: 10000 });
  socket.on("connect", () => {
    tell(false);
    for (const room of rooms.keys()) waiting.add(room);
    join();
  });
  socket.on("disconnect", (reason) => {
    document.documentElement.toggleAttribute("data-live", false);
    tell(true);
    if (reason === "io server disconnect") setTimeout(() => socket.connect(), 1000);
  });
  socket.on("connect_error", () => tell(true));
  socket.on("ring", hear);
  socket.on("moved", ({ room }) => close(room, "moved"));
}

function join() {
  if (!socket.connected || !waiting.size) return;
  const asked = {};
  for (const room of waiting) asked[room] = rooms.get(room)?.last ?? null;
  waiting.clear();
  socket.emit("join", { rooms: asked }, ({ rooms: answers }) => {
    for (const [room, answer] of Object.entries(answers)) enter(room, answer);
    document.documentElement.toggleAttribute("data-live", true);
  });
}

function enter(room, answer) {
  const state = rooms.get(room);
  if (!state) return;
  if (!answer.ok) {
    close(room, "refused");
    return;
  }
  for (const ring of answer.missed ?? []) hear({ room, ...ring });
  state.last = Math.max(state.last ?? 0, answer.number ?? 0);
  state.ahead.clear();
  if (answer.reload) deliver(state, { room, number: answer.number, name: "reload" });
}

function hear(ring) {
  const state = rooms.get(ring.room);
  if (!state || ring.number <= (state.last ?? 0) || state.ahead.has(ring.number)) return;
  state.ahead.add(ring.number);
  if (state.last === null) state.last = ring.number - 1;
  while (state.ahead.delete(state.last + 1)) state.last += 1;
  clearTimeout(state.timer);
  // A number is missing: it may only be late; if it stays away, ask for it.
  if (state.ahead.size) state.timer = setTimeout(() => state.ahead.size && askFor(ring.room), PATIENCE);
  deliver(state, ring);
}

function deliver(state, ring) {
  for (const listener of [...state.listeners]) listener(ring);
  document.dispatchEvent(new CustomEvent("ring", { detail: ring }));
}

function close(room, name) {
  const state = rooms.get(room);
  if (!state) return;
  rooms.delete(room);
  deliver(state, { room, number: null, name });
}

/** Say that the link is lost, but only once it has been for a while. */
function tell(lost) {
  if (!lost) {
    clearTimeout(silence);
    silence = null;
    notice?.remove();
    notice = null;
    return;
  }
  silence ??= setTimeout(() => {
    notice = document.createElement("p");
    notice.className = "link-lost";
    notice.setAttribute("role", "status");
    const spinner = document.createElement("span");
    spinner.className = "spinner";
    spinner.setAttribute("aria-hidden", "true");
    notice.append(spinner, message("reconnecting"));
    document.body.append(notice);
  }, SILENCE);
}
