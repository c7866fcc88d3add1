// The conversation, kept in this browser only so that it is still there after a reload.

const KEY = "asistente.conversacion";
const DAY = 24 * 60 * 60 * 1000;
const MOST_TURNS = 50;
const NONE = { id: null, turns: [], at: 0 };

/** The conversation that was kept; an empty one if there is none, or it is older than `days`. */
export function load(days) {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY));
    if (kept && Array.isArray(kept.turns) && Date.now() - kept.at < days * DAY) return kept;
  } catch {
    // storage is switched off or broken: we do without
  }
  clear();
  return { ...NONE, turns: [] };
}

/** Keeps a turn, and gives the conversation with it. */
export function add(conversation, question, answer) {
  const turns = [...conversation.turns, { question, answer }].slice(-MOST_TURNS);
  const next = { id: answer.conversation_id, turns, at: Date.now() };
  try {
    localStorage.setItem(KEY, JSON.stringify(next));
  } catch {
    // full or switched off: it lasts as long as the page
  }
  return next;
}

/** Forgets it here. */
export function clear() {
  try {
    localStorage.removeItem(KEY);
  } catch {
    // nothing was kept
  }
}

/** Erases what the server keeps of it. */
export async function erase(id) {
  await fetch(`/api/conversations/${encodeURIComponent(id)}`, { method: "DELETE" });
}
