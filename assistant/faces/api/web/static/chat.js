// The chat: what is asked goes to the server, what comes back becomes a turn of the conversation.
import * as kept from "./conversation.js";
import { element, unseen } from "./elements.js";
import { handle, showVote } from "./opinions.js";
import * as passage from "./passage.js";
import { handleReading, offerDictation, offerReading, stopReading } from "./speech.js";
import { ask, AskError } from "./stream.js";

const log = document.getElementById("conversacion");
const welcome = document.getElementById("bienvenida");
const start = document.getElementById("inicio");
const chat = document.getElementById("charla");
const title = document.getElementById("titulo");
const status = document.getElementById("estado");
const form = document.getElementById("pregunta");
const text = document.getElementById("texto");
const which = document.getElementById("manual");
const send = document.getElementById("enviar");
const renew = document.getElementById("nueva");
const undone = document.getElementById("deshacer");
const calm = matchMedia("(prefers-reduced-motion: reduce)");

const UNDO_MS = 8000;
let conversation = kept.load(Number(form.dataset.days));
let underWay = null;

function greet(shown) {
  welcome.hidden = start.hidden = !shown;
  chat.classList.toggle("fresh", shown);
  fit(); // the field has another size there
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

/** A reply as the server typeset it, with the vote that it was given. */
function replyOf(html, vote) {
  const made = new DOMParser().parseFromString(html, "text/html").querySelector(".reply");
  for (const each of made.querySelectorAll("[data-script]")) each.hidden = false;
  offerReading(made);
  if (vote) showVote(made, vote);
  return document.adoptNode(made);
}

async function put(question, manual) {
  if (underWay) return;
  finishErasing();
  stopReading();
  underWay = new AbortController();
  const mine = underWay;
  send.textContent = "Detener";
  // read out once it is whole, not word by word
  log.setAttribute("aria-busy", "true");
  log.querySelector(".current")?.classList.remove("current");
  const draft = element("div", { class: "reply" }, element("p", { class: "working" }, "Preguntando…"));
  const answering = answerInto(draft, question, manual, mine.signal); // on its way while all is drawn
  const turn = showTurn(question);
  turn.classList.add("current");
  turn.append(draft);
  // the button that asked may be gone, or far above; who types goes on typing
  if (document.activeElement !== text) turn.focus({ preventScroll: true });
  bringUp(turn);
  try {
    const answer = await answering;
    draft.replaceWith(replyOf(answer.html, null));
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
    draft.replaceChildren(...said.split("\n").map((line) => element("p", {}, line)));
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

start.addEventListener("submit", (event) => {
  event.preventDefault();
  const example = event.target;
  put(event.submitter.value, example.elements.manual?.value ?? null);
});

log.addEventListener("click", (event) => {
  const chip = event.target.closest("a.chip, nav.related a");
  if (!chip || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  passage.open(chip.getAttribute("href"), chip);
});

// suggestions and readings
log.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-ask]")) return;
  event.preventDefault();
  put(event.submitter.value, null);
});

handleReading(log);
offerReading(document);
offerDictation(document.getElementById("dictar"), text, document.getElementById("oido"));
handle(log, (answer, vote) => (conversation = kept.voted(conversation, answer, vote)));

let undoing = null;

renew.addEventListener("click", (event) => {
  event.preventDefault(); // without scripts it sends the form
  underWay?.abort();
  stopReading();
  passage.close();
  finishErasing();
  const id = conversation.id ?? form.elements.conversacion?.value;
  const turns = [...log.childNodes];
  undoing = { id, conversation, turns, timer: setTimeout(finishErasing, UNDO_MS) };
  form.elements.conversacion?.remove();
  kept.clear();
  conversation = { id: null, turns: [], at: 0 };
  log.replaceChildren();
  greet(true);
  renew.hidden = true;
  status.textContent = "Conversación borrada.";
  undone.hidden = false;
  text.focus();
});

undone.querySelector("button").addEventListener("click", () => {
  if (!undoing) return;
  clearTimeout(undoing.timer);
  conversation = kept.keep(undoing.conversation);
  log.replaceChildren(...undoing.turns);
  undoing = null;
  undone.hidden = true;
  greet(false);
  renew.hidden = false;
  status.textContent = "Conversación recuperada.";
  text.focus();
});

/** Erases for good what was put away: after a while, with the next question, or as the page is left. */
function finishErasing() {
  undone.hidden = true;
  if (!undoing) return;
  const { id, timer } = undoing;
  clearTimeout(timer);
  undoing = null;
  if (id) kept.erase(id).catch(() => {});
}
addEventListener("pagehide", finishErasing);

if (location.pathname === "/") {
  log.setAttribute("aria-live", "off"); // what is shown again need not be read out again
  for (const { question, html, vote } of conversation.turns) {
    showTurn(question).append(replyOf(html, vote));
  }
  if (conversation.turns.length) log.lastElementChild.scrollIntoView({ block: "start" });
  setTimeout(() => log.setAttribute("aria-live", "polite"));
  const shared = new URLSearchParams(location.search).get("pregunta")?.trim();
  if (shared) {
    history.replaceState(null, "", "/"); // a reload does not ask again
    text.value = "";
    put(shared.slice(0, text.maxLength), null);
  }
}
