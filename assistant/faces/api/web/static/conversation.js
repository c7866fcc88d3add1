// The conversation, kept in this browser only so that it is still there after a reload.

const KEY = "asistente.conversacion.2";
const OLD_KEY = "asistente.conversacion"; // other contents, before replies came typeset
const DAY = 24 * 60 * 60 * 1000;
const MOST_TURNS = 50;
const NONE = { id: null, turns: [], at: 0 };

/** The conversation that was kept; an empty one if there is none, or it is older than `days`. */
export function load(days) {
  try {
    localStorage.removeItem(OLD_KEY);
    const kept = JSON.parse(localStorage.getItem(KEY));
    if (kept && Array.isArray(kept.turns) && Date.now() - kept.at < days * DAY) return kept;
  } catch {
    // storage is switched off or broken: we do without
  }
  clear();
  return { ...NONE, turns: [] };
}

/** Keeps a turn, and gives the conversation with it; a reply is `{conversation_id, answer_id, html}`. */
export function add(conversation, question, reply) {
  const turn = { question, answer: reply.answer_id, html: reply.html, vote: null };
  const turns = [...conversation.turns, turn].slice(-MOST_TURNS);
  return keep({ id: reply.conversation_id, turns, at: Date.now() });
}

/** Keeps the vote of an answer, and gives the conversation with it. */
export function voted(conversation, answer, vote) {
  const turns = conversation.turns.map((turn) => (turn.answer === answer ? { ...turn, vote } : turn));
  return keep({ ...conversation, turns });
}

/** Keeps a conversation, and gives it. */
export function keep(conversation) {
  try {
    localStorage.setItem(KEY, JSON.stringify(conversation));
  } catch {
    // full or switched off: it lasts as long as the page
  }
  return conversation;
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
  const address = `/preguntar/conversacion/${encodeURIComponent(id)}`;
  await fetch(address, { method: "DELETE", keepalive: true }); // also as the page is left
}
