// The chat: what is asked goes to the server, what comes back becomes a turn of the conversation.
import { rendered, reply } from "./answer.js";
import * as kept from "./conversation.js";
import { element, unseen } from "./elements.js";
import * as passage from "./passage.js";
import { ask, AskError } from "./stream.js";

const log = document.getElementById("conversacion");
const welcome = document.getElementById("bienvenida");
const title = document.getElementById("titulo");
const status = document.getElementById("estado");
const form = document.getElementById("pregunta");
const text = document.getElementById("texto");
const which = document.getElementById("manual");
const send = document.getElementById("enviar");
const renew = document.getElementById("nueva");
const calm = matchMedia("(prefers-reduced-motion: reduce)");

let conversation = kept.load(Number(form.dataset.days));
let underWay = null;

function greet(shown) {
  welcome.hidden = !shown;
  title.hidden = shown;
}

function showTurn(question) {
  greet(false);
  renew.hidden = false;
  const asked = element("p", { class: "asked" }, unseen("Usted preguntó: "), question);
  const turn = element("article", { class: "turn", tabindex: "-1" }, asked);
  log.append(turn);
  return turn;
}

function bringUp(turn) {
  turn.scrollIntoView({ block: "start", behavior: calm.matches ? "auto" : "smooth" });
}

async function put(question, manual) {
  if (underWay) return;
  underWay = new AbortController();
  const mine = underWay;
  send.textContent = "Detener";
  // read out once it is whole, not word by word
  log.setAttribute("aria-busy", "true");
  const turn = showTurn(question);
  const draft = element("div", { class: "reply" }, element("p", { class: "working" }, "Preguntando…"));
  turn.append(draft);
  // the button that asked may be gone, or far above; who types goes on typing
  if (document.activeElement !== text) turn.focus({ preventScroll: true });
  bringUp(turn);
  try {
    const answer = await answerInto(draft, question, manual, mine.signal);
    draft.replaceWith(reply(answer, (said) => put(said, null)));
    conversation = kept.add(conversation, question, answer);
    status.textContent = "";
  } catch (error) {
    fail(error, turn, draft, question, manual);
  } finally {
    if (underWay === mine) underWay = null;
    send.textContent = "Preguntar";
    log.removeAttribute("aria-busy");
  }
  bringUp(turn);
}

function answerInto(draft, question, manual, signal) {
  let said = "";
  let drawing = false;
  const draw = () => {
    drawing = false;
    draft.replaceChildren(rendered(said, null));
  };
  const on = {
    status: (told) => {
      status.textContent = told;
      if (!said) draft.firstChild.textContent = told;
    },
    token: (piece) => {
      said += piece;
      if (!drawing) requestAnimationFrame(draw);
      drawing = true;
    },
  };
  const body = { question };
  const going = conversation.id ?? form.elements.conversacion?.value;
  if (going) body.conversation_id = going;
  if (manual) body.manual = manual;
  return ask(body, on, signal);
}

function fail(error, turn, draft, question, manual) {
  status.textContent = "";
  if (error.name === "AbortError") {
    turn.remove();
    if (!text.value) text.value = question;
    fit();
    greet(!conversation.turns.length);
    return;
  }
  const message = error instanceof AskError ? error.message : "Algo falló. Vuelva a intentarlo.";
  const again = element("button", { type: "button" }, "Volver a intentarlo");
  again.addEventListener("click", () => {
    turn.remove();
    put(question, manual);
  });
  draft.replaceWith(element("div", { class: "notice", role: "alert" }, element("p", {}, message), again));
}

function fit() {
  text.style.height = "auto";
  text.style.height = `${text.scrollHeight + 2}px`;
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const question = text.value.trim();
  if (!question || underWay) return;
  text.value = "";
  fit();
  put(question, which?.value || null);
});

// not on submit: with nothing typed the form would not be sent
send.addEventListener("click", (event) => {
  if (!underWay) return;
  event.preventDefault();
  underWay.abort();
});

text.addEventListener("input", fit);
text.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  if (!underWay) form.requestSubmit();
});

welcome.addEventListener("submit", (event) => {
  event.preventDefault();
  const example = event.target;
  put(event.submitter.value, example.elements.manual?.value ?? null);
});

log.addEventListener("click", (event) => {
  const chip = event.target.closest("a.chip");
  if (!chip || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  passage.open(chip.getAttribute("href"), chip);
});

renew.addEventListener("click", async (event) => {
  event.preventDefault(); // without scripts it sends the form
  underWay?.abort();
  passage.close();
  const id = conversation.id ?? form.elements.conversacion?.value;
  form.elements.conversacion?.remove();
  kept.clear();
  conversation = { id: null, turns: [], at: 0 };
  log.replaceChildren();
  greet(true);
  renew.hidden = true;
  status.textContent = "Conversación borrada.";
  text.focus();
  if (id) await kept.erase(id).catch(() => {});
});

if (location.pathname === "/") {
  log.setAttribute("aria-live", "off"); // what is shown again need not be read out again
  for (const { question, answer } of conversation.turns) {
    showTurn(question).append(reply(answer, (said) => put(said, null)));
  }
  if (conversation.turns.length) log.lastElementChild.scrollIntoView({ block: "start" });
  setTimeout(() => log.setAttribute("aria-live", "polite"));
}
