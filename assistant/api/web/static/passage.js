// The passage beside the chat: the section's own page, of which only the section is shown.
import { element } from "./elements.js";

const desk = document.getElementById("mesa");
const panel = document.getElementById("pasaje");
let cameFrom = null;

/** Opens the section at an address; `from` gets the focus back when it is closed. */
export async function open(address, from) {
  if (from) {
    mark(from);
    cameFrom = from;
  }
  panel.hidden = false;
  desk.classList.add("reading");
  panel.setAttribute("aria-busy", "true");
  try {
    const response = await fetch(address, { headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const section = page.getElementById("seccion");
    if (!section) throw new Error("no section");
    show(section, address);
  } catch {
    location.assign(address);
  } finally {
    panel.removeAttribute("aria-busy");
  }
}

/** Closes it. */
export function close() {
  if (panel.hidden) return;
  panel.hidden = true;
  panel.replaceChildren();
  desk.classList.remove("reading");
  mark(null);
  cameFrom?.focus();
}

function mark(link) {
  document.querySelector(".chip[aria-current]")?.removeAttribute("aria-current");
  link?.setAttribute("aria-current", "true");
}

function show(section, address) {
  const title = section.querySelector("h1");
  const heading = element("h2", { tabindex: "-1" }, ...title.childNodes);
  title.replaceWith(heading);
  for (const each of section.querySelectorAll("[data-script]")) each.hidden = false;
  const whole = element("a", { href: address }, "Abrir en su página");
  section.querySelector(".actions").prepend(whole);
  const closing = element("button", { type: "button", class: "plain", onclick: close }, "Cerrar");
  const bar = element("div", { class: "bar" }, element("p", {}, "Lo que dice el manual"), closing);
  panel.replaceChildren(bar, section);
  const quote = panel.querySelector("#cita");
  heading.focus({ preventScroll: true });
  panel.scrollTop = quote ? middle(quote) : 0;
}

/** How far to scroll so that the quote stands in the upper third. */
function middle(quote) {
  const offset = quote.getBoundingClientRect().top - panel.getBoundingClientRect().top;
  return panel.scrollTop + offset - panel.clientHeight / 3;
}

panel.addEventListener("click", (event) => {
  const link = event.target.closest("a[rel]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  open(link.getAttribute("href"), null);
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") close();
});
