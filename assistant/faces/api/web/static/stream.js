// Asks the server and follows the events of the answer.

/** What went wrong, in words for people. */
export class AskError extends Error {}

const NO_CONNECTION = "No hay conexión con el asistente. Revise su red y vuelva a intentarlo.";

/**
 * Asks a question; `on.status(text)` and `on.token(text)` are called as events come.
 * Gives the whole answer. Throws AskError, and AbortError if `signal` says so.
 */
export async function ask(question, on, signal) {
  const response = await request(question, signal);
  if (!response.ok) throw new AskError(await detailOf(response));
  for await (const { event, data } of events(response.body, signal)) {
    if (event === "done") return data;
    if (event === "error") throw new AskError(data.detail);
    if (event === "status") on.status(data.text);
    if (event === "token") on.token(data.text);
  }
  throw new AskError("La respuesta se interrumpió. Vuelva a intentarlo.");
}

async function request(question, signal) {
  try {
    return await fetch("/preguntar/flujo", {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "text/event-stream" },
      body: JSON.stringify(question),
      signal,
    });
  } catch (error) {
    throw signal.aborted ? error : new AskError(NO_CONNECTION);
  }
}

async function detailOf(response) {
  try {
    return (await response.json()).detail;
  } catch {
    return `El servidor respondió con un error (${response.status}). Vuelva a intentarlo.`;
  }
}

async function* events(body, signal) {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let pending = "";
  for (;;) {
    let read;
    try {
      read = await reader.read();
    } catch (error) {
      throw signal.aborted ? error : new AskError(NO_CONNECTION);
    }
    if (read.done) return;
    pending += decoder.decode(read.value, { stream: true });
    const blocks = pending.split(/\r?\n\r?\n/);
    pending = blocks.pop();
    for (const block of blocks) {
      const event = parsed(block);
      if (event) yield event;
    }
  }
}

function parsed(block) {
  let event = "message";
  const data = [];
  for (const line of block.split(/\r?\n/)) {
    if (line.startsWith("event:")) event = line.slice(6).trim();
    if (line.startsWith("data:")) data.push(line.slice(5).trimStart());
  }
  return data.length ? { event, data: JSON.parse(data.join("\n")) } : null;
}
