// What can be done with a reply: copied, shared, and told whether it helped.
import { confirmOn, copy, element } from "./elements.js";

/** Shows the vote that was given to a reply. */
export function showVote(reply, vote) {
  for (const each of reply.querySelectorAll("[data-thumbs]")) {
    each.setAttribute("aria-pressed", String(each.dataset.thumbs === vote));
  }
}

/** Handles the tools of all replies within `log`; `onVote(answerId, vote)` once it is kept. */
export function handle(log, onVote) {
  log.addEventListener("click", async ({ target }) => {
    const button = target.closest?.("[data-copy], [data-share], [data-thumbs]");
    if (!button) return;
    if (button.dataset.copy) {
      const whole = `${button.dataset.copy}\n\n${linkOf(button)}`;
      confirmOn(button, (await copy(whole)) ? "Copiado" : "No se pudo copiar");
    } else if (button.dataset.share) await share(button);
    else await opine(button, onVote);
  });
}

const linkOf = (button) => new URL(button.dataset.link, location.href).href;

async function share(button) {
  const shared = { title: document.title, text: button.dataset.share, url: linkOf(button) };
  if (navigator.share && navigator.canShare?.(shared)) {
    await navigator.share(shared).catch(() => {}); // who thinks better of it needs no notice
    return;
  }
  confirmOn(button, (await copy(shared.url)) ? "Enlace copiado" : "No se pudo copiar");
}

async function opine(button, onVote) {
  const reply = button.closest("[data-answer]");
  const row = button.closest(".tools");
  const [id, thumbs] = [reply.dataset.answer, button.dataset.thumbs];
  row.querySelector(".thanks")?.remove();
  row.querySelector("form")?.remove();
  const told = element("p", { class: "thanks", role: "status" });
  row.append(told);
  const kept = await send({ answer_id: id, thumbs });
  told.textContent = kept ? "Gracias por su opinión." : "No se pudo guardar su opinión.";
  if (!kept) return;
  showVote(reply, thumbs);
  onVote(id, thumbs);
  if (thumbs === "down") row.append(commentForm(id, told));
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
    const response = await fetch("/preguntar/opinion", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(opinion),
    });
    return response.ok;
  } catch {
    return false;
  }
}
