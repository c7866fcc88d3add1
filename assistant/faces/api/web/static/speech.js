// Read aloud and dictation, by the browser's own speech; where it has none, nothing is shown of it.

const TONGUE = "es-MX";
const voices = window.speechSynthesis;
const Recognition = window.SpeechRecognition ?? window.webkitSpeechRecognition;
const WHY = {
  "not-allowed": "El navegador no tiene permiso para usar el micrófono.",
  "service-not-allowed": "Este navegador no permite dictar aquí.",
  "audio-capture": "No se encontró ningún micrófono.",
  network: "El navegador no pudo reconocer la voz sin su red.",
};
let reading = null; // the button of what is being read

// before the voices are known it is taken that one speaks Spanish
const speaks = () => {
  const all = voices?.getVoices() ?? [];
  return Boolean(voices) && (!all.length || all.some(isSpanish));
};
const isSpanish = ({ lang }) => lang.toLowerCase().startsWith("es");

/** Shows the buttons that read `root`'s replies aloud. */
export function offerReading(root) {
  for (const button of root.querySelectorAll("[data-read]")) button.hidden = !speaks();
}
voices?.addEventListener?.("voiceschanged", () => offerReading(document));

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
  const voice = voices.getVoices().find(isSpanish);
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

/** Lets `button` dictate into `field`; `told` says what goes on. */
export function offerDictation(button, field, told) {
  if (!button || !Recognition) return;
  button.hidden = false;
  field.parentElement.classList.add("dictated");
  let hearing = null;
  button.addEventListener("click", () => {
    if (hearing) return hearing.stop();
    stopReading();
    hearing = new Recognition();
    let failed = false;
    hearing.lang = TONGUE;
    hearing.interimResults = true;
    const before = field.value && `${field.value.trimEnd()} `;
    hearing.onresult = ({ results }) => {
      field.value = (before + [...results].map(([best]) => best.transcript).join("")).slice(0, field.maxLength);
      field.dispatchEvent(new Event("input"));
    };
    hearing.onerror = ({ error }) => {
      failed = error !== "aborted";
      told.textContent = WHY[error] ?? "No se oyó nada. Vuelva a intentarlo.";
    };
    hearing.onend = () => {
      hearing = null;
      if (!failed) told.textContent = "";
      button.setAttribute("aria-pressed", "false");
      field.focus();
    };
    button.setAttribute("aria-pressed", "true");
    told.textContent = "Escuchando… Lo hace su navegador, que puede enviar su voz a su fabricante.";
    hearing.start();
  });
}
