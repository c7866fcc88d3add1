// The org chart: moved by hand, any size (buttons, keys, pinch, wheel), full screen, and a search
// that jumps to a box and to its line in the list.

const frame = document.getElementById("marco");
const canvas = document.getElementById("lienzo");
const picture = canvas.querySelector("svg");
const told = document.getElementById("tamano");
const form = document.getElementById("buscar");
const field = form.elements.puesto;
const jump = document.getElementById("saltar");
const found = document.getElementById("hallado");
const full = document.getElementById("completa");
const calm = matchMedia("(prefers-reduced-motion: reduce)");
const beside = matchMedia("(min-width: 64.01rem)"); // where list and drawing are both in sight
const [, , width, height] = picture.getAttribute("viewBox").split(" ").map(Number);
const LEAST = 0.2;
const MOST = 4;
const STEP = 1.25;
const READABLE = 0.6;
const NEARLY = 0.9;
const READ = 1;
const MARGIN = 24;
const A_DRAG = 5; // pixels: less is a click of an unsteady hand

const fitting = () => Math.min(1, (canvas.clientWidth - 2) / width);
let scale = 1;

/** Sets the size; what is at (x, y) of the canvas stays there, or what is in its middle. */
function show(next, x = canvas.clientWidth / 2, y = canvas.clientHeight / 2) {
  const atX = (canvas.scrollLeft + x) / scale;
  const atY = (canvas.scrollTop + y) / scale;
  scale = Math.min(MOST, Math.max(LEAST, next));
  picture.setAttribute("width", String(width * scale));
  picture.setAttribute("height", String(height * scale));
  canvas.scrollLeft = atX * scale - x;
  canvas.scrollTop = atY * scale - y;
  told.textContent = `${Math.round(scale * 100)} %`;
}

const zoom = {
  in: () => show(scale * STEP),
  out: () => show(scale / STEP),
  fit: () => show(fitting()),
};
const KEYS = { "+": "in", "=": "in", "-": "out", 0: "fit" };

for (const button of document.querySelectorAll("[data-zoom]")) {
  button.addEventListener("click", () => zoom[button.dataset.zoom]());
}
canvas.addEventListener("keydown", (event) => {
  const how = KEYS[event.key];
  if (!how || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  zoom[how]();
});

const place = ({ clientX, clientY }) => {
  const { left, top } = canvas.getBoundingClientRect();
  return [clientX - left, clientY - top];
};

// a mouse drags it; fingers scroll it as any page
let held = null;
canvas.addEventListener("pointerdown", (event) => {
  if (event.pointerType !== "mouse" || event.button !== 0) return;
  held = { x: event.clientX, y: event.clientY, left: canvas.scrollLeft, top: canvas.scrollTop, far: false };
});
addEventListener("pointermove", (event) => {
  if (!held) return;
  const [dx, dy] = [event.clientX - held.x, event.clientY - held.y];
  held.far ||= Math.hypot(dx, dy) > A_DRAG;
  if (!held.far) return;
  canvas.classList.add("dragged");
  canvas.scrollLeft = held.left - dx;
  canvas.scrollTop = held.top - dy;
});
addEventListener("pointerup", () => {
  canvas.classList.remove("dragged");
  if (held) setTimeout(() => (held = null)); // the click that ends a drag comes after this
});
canvas.addEventListener("click", (event) => held?.far && event.preventDefault(), true);
canvas.addEventListener("dragstart", (event) => event.preventDefault());

// two fingers, and the wheel with Ctrl (which is how touch pads tell of two fingers)
let pinched = null;
const spread = ([one, other]) => Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY);
const between = ([one, other]) =>
  place({ clientX: (one.clientX + other.clientX) / 2, clientY: (one.clientY + other.clientY) / 2 });
canvas.addEventListener("touchstart", ({ touches }) => {
  pinched = touches.length === 2 ? { far: spread(touches), scale } : null;
}, { passive: true });
canvas.addEventListener("touchmove", (event) => {
  if (!pinched || event.touches.length !== 2) return;
  event.preventDefault();
  show((pinched.scale * spread(event.touches)) / pinched.far, ...between(event.touches));
}, { passive: false });
canvas.addEventListener("wheel", (event) => {
  if (!event.ctrlKey) return;
  event.preventDefault();
  show(scale * Math.exp(-event.deltaY / 200), ...place(event));
}, { passive: false });

// full screen; where the browser has none (iPhones), over the whole page
const isFull = () => document.fullscreenElement === frame || frame.classList.contains("over");
function tellFull() {
  full.textContent = isFull() ? "Salir de pantalla completa" : "Pantalla completa";
}
full.addEventListener("click", async () => {
  if (document.fullscreenElement) await document.exitFullscreen();
  else if (frame.classList.contains("over")) frame.classList.remove("over");
  else if (frame.requestFullscreen) await frame.requestFullscreen().catch(() => frame.classList.add("over"));
  else frame.classList.add("over");
  tellFull();
});
document.addEventListener("fullscreenchange", tellFull);
addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  frame.classList.remove("over");
  tellFull();
});

// the search
const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
const boxes = [...picture.querySelectorAll("[data-section]")].map((box) => {
  const number = box.dataset.section;
  return { box, number, words: folded(box.querySelector("title").textContent) };
});
let last = { typed: "", at: -1 };

function matching(typed) {
  const exact = boxes.filter((each) => each.number === typed);
  const words = folded(typed).split(/\s+/);
  return exact.length ? exact : boxes.filter((each) => words.every((word) => each.words.includes(word)));
}

/** Goes to the next box with what was typed; false if there is none. */
function goTo(typed) {
  const hits = matching(typed);
  if (!hits.length) return false;
  last = { typed, at: typed === last.typed ? (last.at + 1) % hits.length : 0 };
  const { box, number } = hits[last.at];
  for (const each of document.querySelectorAll(".hit")) each.classList.remove("hit");
  box.classList.add("hit");
  const line = document.querySelector(`.outline [data-number="${CSS.escape(number)}"]`);
  line?.classList.add("hit");
  const behavior = calm.matches ? "instant" : "smooth";
  if (beside.matches) {
    const list = line?.closest(".outline");
    list?.scrollTo({ top: line.offsetTop - list.clientHeight / 2, behavior });
    bringUp(box, behavior);
  } else line?.scrollIntoView({ block: "center", behavior });
  const more = hits.length > 1 ? ` (${last.at + 1} de ${hits.length}; otra vez para el siguiente)` : "";
  found.textContent = `${box.querySelector("title").textContent}${more}`;
  return true;
}

/** Brings a box to the middle of that part of the drawing which is in sight. */
function bringUp(box, behavior) {
  if (scale < READ) show(READ);
  const at = box.getBoundingClientRect();
  const here = canvas.getBoundingClientRect();
  const middle = (Math.max(here.top, 0) + Math.min(here.bottom, innerHeight)) / 2;
  const furthest = canvas.scrollHeight - canvas.clientHeight;
  const wanted = canvas.scrollTop + at.top + at.height / 2 - middle;
  const top = Math.max(0, Math.min(furthest, wanted));
  const left = canvas.scrollLeft + at.left + at.width / 2 - here.left - here.width / 2;
  const moved = canvas.scrollTop - top;
  canvas.scrollTo({ left, top, behavior });
  // at the edges of the drawing the window gives what is missing
  const below = at.bottom + moved + MARGIN - innerHeight;
  const above = at.top + moved - MARGIN;
  if (below > 0 || above < 0) scrollBy({ top: below > 0 ? below : above, behavior });
}

function search() {
  const typed = field.value.trim();
  if (!typed) return field.focus();
  if (!goTo(typed)) found.textContent = `Ningún recuadro dice «${typed}».`;
}
jump.addEventListener("click", search);
field.addEventListener("keydown", (event) => {
  if (event.key !== "Enter") return;
  event.preventDefault();
  search();
});
field.addEventListener("change", () => boxes.some(({ number }) => number === field.value) && search());

// all of it, where that can nearly be read
show(fitting() >= NEARLY * READABLE ? fitting() : READABLE);
canvas.scrollTop = 0;
canvas.scrollLeft = (canvas.scrollWidth - canvas.clientWidth) / 2;
