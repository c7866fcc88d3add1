// The passage beside the chat: the section's own page, of which only the section is shown.
import { element } from "./elements.js";

const desk = document.getElementById("mesa");
const panel = document.getElementById("pasaje");
const TURNS = [
  ["prev", "‹"],
  ["next", "›"],
];
const covers = matchMedia("(max-width: 64rem)"); // where it lies over the chat
let cameFrom = null;
let wanted = null;

/** Opens the section at an address; `from` gets the focus back when it is closed. */
export async function open(address, from) {
  wanted = address;
  const height = from?.getBoundingClientRect().top;
  // on a phone "back" closes what lies over the page
  if (panel.hidden && covers.matches) history.pushState({ passage: true }, "");
  panel.hidden = false;
  desk.classList.add("reading");
  if (from) {
    mark(from);
    cameFrom = from;
    // the chat is narrower now: what was clicked stays where it was, and in sight
    window.scrollBy({ top: from.getBoundingClientRect().top - height, behavior: "instant" });
    from.scrollIntoView({ block: "nearest", behavior: "instant" });
  }
  panel.setAttribute("aria-busy", "true");
  try {
    const response = await fetch(address, { headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const section = page.getElementById("seccion");
    if (!section) throw new Error("no section");
    if (wanted === address) show(section, address);
  } catch {
    if (wanted === address) location.assign(address);
  } finally {
    panel.removeAttribute("aria-busy");
  }
}

/** Closes it. */
export function close() {
  if (panel.hidden) return;
  if (history.state?.passage) history.back();
  else hide();
}

function hide() {
  wanted = null;
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
  title.remove();
  for (const each of section.querySelectorAll("[data-script]")) each.hidden = false;
  const whole = element("a", { href: address }, "Abrir en su página");
  section.querySelector(".actions").prepend(whole);
  panel.replaceChildren(bar(heading, section), section);
  const quote = panel.querySelector("#cita");
  heading.focus({ preventScroll: true });
  panel.scrollTop = quote ? middle(quote) : 0;
}

/** What stays in sight: which section this is, its neighbours, and the way out. */
function bar(heading, section) {
  const made = element("div", { class: "bar" }, heading);
  for (const [rel, sign] of TURNS) {
    const link = section.querySelector(`.neighbours [rel="${rel}"]`);
    if (!link) continue;
    const name = link.textContent.replace(/\s+/g, " ").trim();
    const turn = element("a", { rel, href: link.getAttribute("href"), title: name }, sign);
    turn.setAttribute("aria-label", name);
    made.append(turn);
  }
  made.append(element("button", { type: "button", class: "plain", onclick: close }, "Cerrar"));
  return made;
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

addEventListener("popstate", () => {
  if (!panel.hidden) hide();
});
