// Read aloud and dictation, by the browser's own speech; where it has none, nothing is shown of it.

const TONGUE = "es-MX";
const voices = window.speechSynthesis;
const Recognition = window.SpeechRecognition ?? window.webkitSpeechRecognition;
let reading = null; // the button of what is being read

/** Shows the buttons that read `root`'s replies aloud. */
export function offerReading(root) {
  if (!voices) return;
  for (const button of root.querySelectorAll("[data-read]")) button.hidden = false;
}

/** Handles them all within `log`. */
export function handleReading(log) {
  log.addEventListener("click", ({ target }) => {
    const button = target.closest?.("[data-read]");
    if (!button) return;
    const again = reading === button;
    stopReading();
    if (!again) read(button);
  });
  addEventListener("pagehide", stopReading);
}

/** Stops what is being read. */
export function stopReading() {
  if (!reading) return;
  reading.textContent = "Leer en voz alta";
  reading = null;
  voices.cancel();
}

function read(button) {
  const parts = spoken(button.closest(".reply"));
  if (!parts.length) return;
  reading = button;
  button.textContent = "Detener la lectura";
  const voice = voices.getVoices().find(({ lang }) => lang.startsWith("es"));
  // one for each sentence or so: some browsers give up on a long one
  parts.forEach((text, at) => {
    const said = new SpeechSynthesisUtterance(text);
    said.lang = voice?.lang ?? TONGUE;
    if (voice) said.voice = voice;
    if (at === parts.length - 1) said.onend = () => reading === button && stopReading();
    said.onerror = () => reading === button && stopReading();
    voices.speak(said);
  });
}

/** What is read of a reply: all that is open, without marks of sections and pages. */
export function spoken(reply) {
  const parts = [];
  for (const each of reply.querySelectorAll(".lead, .text, .quote blockquote p, li, .note p, .contact, .part")) {
    if (each.closest("details:not([open]), form, .tools") || each.parentElement.closest("li")) continue;
    const copy = each.cloneNode(true);
    for (const chip of copy.querySelectorAll(".chip, .unseen")) chip.remove();
    const text = copy.textContent.replace(/\s+/g, " ").trim();
    if (text) parts.push(text);
  }
  return parts;
}

/** Lets `button` dictate into `field`; `told(text)` says what goes on. */
export function offerDictation(button, field, told) {
  if (!button || !Recognition) return;
  button.hidden = false;
  field.parentElement.classList.add("dictated");
  let hearing = null;
  button.addEventListener("click", () => {
    if (hearing) return hearing.stop();
    stopReading();
    hearing = new Recognition();
    hearing.lang = TONGUE;
    hearing.interimResults = true;
    const before = field.value && `${field.value.trimEnd()} `;
    hearing.onresult = ({ results }) => {
      field.value = (before + [...results].map(([best]) => best.transcript).join("")).slice(0, field.maxLength);
      field.dispatchEvent(new Event("input"));
    };
    hearing.onerror = ({ error }) => {
      told(error === "not-allowed" ? "El navegador no tiene permiso para usar el micrófono." : "No se oyó nada. Vuelva a intentarlo.");
    };
    hearing.onend = () => {
      hearing = null;
      button.setAttribute("aria-pressed", "false");
      field.focus();
    };
    button.setAttribute("aria-pressed", "true");
    told("Escuchando…");
    hearing.start();
  });
}
