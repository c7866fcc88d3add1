// An answer as elements: its text with marks as chips, suggestions, and what can be done with it.
// The server does the same for pages without scripts, in assistant/faces/api/views/answer_text.py.
import { confirmOn, copy, element, unseen } from "./elements.js";

const MARK = /\[([^\[\],]+), p\. (\d+)\]/g;
const BULLET = /^\s*[-•] +(.*)$/;
const NUMBERED = /^\s*(\d+)\. +(.*)$/;
const HEAD = 90;
const TAIL = 60;

/** What stands above a reply, by its reason or kind; the page brings the words. */
function title({ reason, kind }) {
  const headings = JSON.parse(document.getElementById("conversacion").dataset.headings);
  return headings[reason] ?? headings[kind];
}

/** The address where some citations of one section and page can be read, their quotes marked. */
export function passageAddress(citations) {
  const { manual, section, page } = citations[0];
  const said = new URLSearchParams({ pagina: page });
  for (const { quote } of citations) said.append("cita", abbreviated(quote));
  return `/manual/${encodeURIComponent(manual)}/${encodeURIComponent(section)}?${said}#cita`;
}

function abbreviated(text) {
  const letters = Array.from(text);
  if (letters.length <= HEAD + TAIL) return text;
  return `${letters.slice(0, HEAD).join("")}…${letters.slice(-TAIL).join("")}`;
}

/** Paragraphs and lists for the text of an answer; `citations` is null until they are known. */
export function rendered(text, citations) {
  const made = document.createDocumentFragment();
  let list = null;
  for (const line of text.split("\n")) {
    if (!line.trim()) continue;
    const bullet = BULLET.exec(line);
    const numbered = NUMBERED.exec(line);
    const tag = bullet ? "UL" : numbered ? "OL" : null;
    if (!tag) {
      made.append(element("p", {}, ...parts(line, citations)));
    } else {
      if (list?.tagName !== tag) made.append((list = element(tag)));
      const item = element("li", numbered ? { value: numbered[1] } : {});
      item.append(...parts(bullet ? bullet[1] : numbered[2], citations));
      list.append(item);
      continue;
    }
    list = null;
  }
  return made;
}

function parts(text, citations) {
  const made = [];
  let end = 0;
  for (const mark of text.matchAll(MARK)) {
    const before = text.slice(end, mark.index);
    const past = mark.index + mark[0].length;
    const cited = citedBy(mark[1], Number(mark[2]), before, citations ?? []);
    if (cited.length) made.push(...quoted(before, citations), chip(cited));
    else if (citations) made.push(...quoted(text.slice(end, past), citations));
    else made.push(before, element("span", { class: "chip" }, `${mark[1]} · p. ${mark[2]}`));
    end = past;
  }
  made.push(...quoted(text.slice(end), citations ?? []));
  return made;
}

/** A text with the quotes in it apart: they are the manual's words, not the assistant's. */
function quoted(text, citations) {
  const inside = citations.map((c) => `«${c.quote}»`).filter((quote) => text.includes(quote));
  if (!inside.length) return [text];
  const longest = inside.reduce((a, b) => (b.length > a.length ? b : a)); // another may be part of it
  const at = text.indexOf(longest);
  return [
    ...quoted(text.slice(0, at), citations),
    element("q", {}, longest),
    ...quoted(text.slice(at + longest.length), citations),
  ];
}

/** The citations behind a mark: those quoted just before it, else all of that place. */
function citedBy(section, page, before, citations) {
  const there = citations.filter((c) => c.section === section && c.page === page);
  const quoted = there.filter((c) => before.includes(c.quote));
  return quoted.length ? quoted : there;
}

function chip(citations) {
  const { section, title, page } = citations[0];
  const sign = section === title ? "" : "§ ";
  return element(
    "a",
    { class: "chip", href: passageAddress(citations), title },
    unseen("Ver el pasaje: "),
    `${sign}${section} · p. ${page}`,
  );
}

function unmarkedChips({ answer, citations }) {
  const places = new Map();
  for (const each of citations) {
    const mark = `[${each.section}, p. ${each.page}]`;
    if (!answer.includes(mark)) places.set(mark, [...(places.get(mark) ?? []), each]);
  }
  return [...places.values()].map(chip);
}

/** Everything of a reply. `onSuggestion(text)` is called when one is chosen. */
export function reply(answer, onSuggestion) {
  const made = element("div", { class: `reply ${answer.kind} ${answer.reason ?? ""}`.trim() });
  made.append(element("h2", { class: "who" }, title(answer)));
  made.append(rendered(answer.answer, answer.citations));
  const chips = unmarkedChips(answer);
  if (chips.length) made.append(element("p", { class: "sources" }, ...chips));
  if (answer.kind !== "clarify") made.append(tools(answer));
  if (answer.suggestions.length) made.append(suggestions(answer, onSuggestion));
  return made;
}

function suggestions({ kind, suggestions: offered }, onSuggestion) {
  const lead = kind === "clarify" ? "Elija una:" : "También puede preguntar:";
  const buttons = offered.map((text) =>
    element("button", { type: "button", onclick: () => onSuggestion(text) }, text),
  );
  return element("div", { class: "suggestions" }, element("p", {}, lead), ...buttons);
}

function tools(answer) {
  const copyButton = element("button", { type: "button", class: "plain" }, "Copiar");
  copyButton.addEventListener("click", async () => {
    confirmOn(copyButton, (await copy(answer.answer)) ? "Copiado" : "No se pudo copiar");
  });
  const row = element("div", { class: "tools" }, copyButton);
  const vote = element("span", { class: "vote", role: "group", "aria-label": "¿Le sirvió?" });
  vote.append(element("span", {}, "¿Le sirvió?"));
  for (const [thumbs, text] of [
    ["up", "Sí"],
    ["down", "No"],
  ]) {
    const button = element("button", { type: "button", class: "plain", "aria-pressed": "false" });
    button.append(text);
    button.addEventListener("click", () => opine(answer.answer_id, thumbs, button, row));
    vote.append(button);
  }
  row.append(vote);
  return row;
}

async function opine(id, thumbs, button, row) {
  row.querySelector(".thanks")?.remove();
  const told = element("p", { class: "thanks", role: "status" });
  row.append(told);
  const kept = await send({ answer_id: id, thumbs });
  told.textContent = kept ? "Gracias por su opinión." : "No se pudo guardar su opinión.";
  for (const each of button.parentElement.querySelectorAll("button")) {
    each.setAttribute("aria-pressed", String(kept && each === button));
  }
  row.querySelector("form")?.remove();
  if (kept && thumbs === "down") row.append(commentForm(id, told));
}

function commentForm(id, told) {
  const field = `comentario-${id}`;
  const input = element("input", { id: field, type: "text", maxlength: "500", autocomplete: "off" });
  const form = element(
    "form",
    { class: "comment" },
    element("label", { for: field }, "¿Qué esperaba? (sin datos personales)"),
    element("div", { class: "ask" }, input, element("button", {}, "Enviar")),
  );
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const kept = await send({ answer_id: id, thumbs: "down", comment: input.value });
    told.textContent = kept ? "Gracias por su comentario." : "No se pudo guardar su comentario.";
    if (kept) form.remove();
  });
  return form;
}

async function send(opinion) {
  try {
    const response = await fetch("/api/feedback", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(opinion),
    });
    return response.ok;
  } catch {
    return false;
  }
}
