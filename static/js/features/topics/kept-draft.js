// A draft may be kept here and on the server, from another device: the newest is shown, the other one offered.
import { get } from "../../lib/fetch.js";

/** {fields, other}: what to write on with, and what else was kept; each null when there is nothing. */
export async function newest(draft) {
  const here = written(draft.onDevice());
  const answer = await get(`/drafts/${draft.key}`, { quiet: true }).catch(() => null);
  if (answer?.draft) draft.sequence = answer.draft.sequence;
  const there = written(answer?.draft);
  // What the server had and has no more was published, or thrown away.
  if (answer && !there && here?.sequence) {
    await draft.discard({ published: true });
    return { fields: null, other: null };
  }
  if (!there) return { fields: here?.fields ?? null, other: null };
  if (!here || same(here.fields, there.fields)) return { fields: there.fields, other: null };
  const changedThere = there.sequence > (here.sequence ?? 0);
  if (changedThere && Date.parse(there.updated_at) > here.at) return { fields: there.fields, other: here.fields };
  return { fields: here.fields, other: changedThere ? there.fields : null };
}

function written(copy) {
  return copy?.fields.raw?.trim() || copy?.fields.title?.trim() ? copy : null;
}

function same(one, other) {
  return Object.keys({ ...one, ...other }).every((name) => `${one[name] ?? ""}`.trim() === `${other[name] ?? ""}`.trim());
}
