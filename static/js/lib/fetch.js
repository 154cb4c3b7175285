// Asking the server: JSON in, JSON or markup out, every refusal told once.
import { message } from "./messages.js";

const token = document.querySelector('meta[name="csrf-token"]');

/** Why the server said no; `status` is 0 when it could not be reached. */
export class Refusal extends Error {
  constructor(status, text, { kind = "", waitSeconds = 0, answer = null } = {}) {
    super(text);
    Object.assign(this, { status, kind, waitSeconds, answer });
  }
}

/** Show a short message, with at most one act: {label, act}. */
export function toast(text, options = {}) {
  document.dispatchEvent(new CustomEvent("toast", { detail: { text, ...options } }));
}

export const get = (path, options) => ask("GET", path, null, options);
export const post = (path, content, options) => ask("POST", path, content, options);
export const put = (path, content, options) => ask("PUT", path, content, options);
export const remove = (path, content, options) => ask("DELETE", path, content, options);

/** The markup at an address, as a fragment ready to be put in the page. */
export async function fragment(path, options = {}) {
  return parse(await ask("GET", path, null, { ...options, markup: true }));
}

/** Markup of our own server as a DocumentFragment. */
export function parse(text) {
  return document.createRange().createContextualFragment(text);
}

/**
 * One request. `content` is a FormData, or an object sent as JSON.
 * Options: `markup` for text instead of JSON, `quiet` to tell nobody, `headers`, `signal`, `keepalive`.
 * Throws Refusal.
 */
export async function ask(method, path, content = null, options = {}) {
  try {
    return await attempt(method, path, content, options);
  } catch (refusal) {
    if (refusal.name === "AbortError") throw refusal;
    if (refusal.kind === "bad_csrf" && (await refreshToken())) return ask(method, path, content, { ...options });
    if (!options.quiet) toast(refusal.message, { kind: "danger" });
    throw refusal;
  }
}

async function attempt(method, path, content, { markup = false, headers: more = {}, signal, keepalive = false }) {
  const headers = { Accept: markup ? "text/html" : "application/json", ...more };
  if (method !== "GET" && token) headers["X-CSRFToken"] = token.content;
  let body = null;
  if (content instanceof FormData || content instanceof URLSearchParams) {
    body = content;
  } else if (content) {
    headers["Content-Type"] = "application/json";
    body = JSON.stringify(content);
  }
  let response;
  try {
    response = await fetch(path, { method, headers, body, signal, keepalive, credentials: "same-origin" });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Refusal(0, message("offline"));
  }
  if (!response.ok) throw await refusalOf(response);
  if (response.status === 204) return null;
  return markup ? response.text() : response.json();
}

async function refusalOf(response) {
  const answer = await response.json().catch(() => null);
  const waitSeconds = answer?.extras?.wait_seconds ?? 0;
  const known = { 403: "forbidden", 413: "too-large", 429: "too-many" }[response.status] ?? "failed";
  const text = answer?.errors?.[0] ?? message(known, { count: waitSeconds });
  return new Refusal(response.status, text, { kind: answer?.error_type ?? "", waitSeconds, answer });
}

let refreshed = false;

/** A page left open for long holds a token of another session: take a new one, once. */
async function refreshToken() {
  if (refreshed || !token) return false;
  refreshed = true;
  const answer = await attempt("GET", "/session/csrf.json", null, {}).catch(() => null);
  if (answer?.csrf) token.content = answer.csrf;
  return Boolean(answer?.csrf);
}
