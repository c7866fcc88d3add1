// The org chart in any size: by buttons, by keys, by the pinch that browsers have anyway.

const canvas = document.getElementById("lienzo");
const picture = canvas.querySelector("svg");
const told = document.getElementById("tamano");
const [, , width, height] = picture.getAttribute("viewBox").split(" ").map(Number);
const LEAST = 0.2;
const MOST = 4;
const STEP = 1.25;
const READABLE = 0.6;

const fitting = () => Math.min(1, (canvas.clientWidth - 2) / width);
let scale = 1;

function show(next) {
  const middleX = (canvas.scrollLeft + canvas.clientWidth / 2) / scale;
  const middleY = (canvas.scrollTop + canvas.clientHeight / 2) / scale;
  scale = Math.min(MOST, Math.max(LEAST, next));
  picture.setAttribute("width", String(width * scale));
  picture.setAttribute("height", String(height * scale));
  canvas.scrollLeft = middleX * scale - canvas.clientWidth / 2;
  canvas.scrollTop = middleY * scale - canvas.clientHeight / 2;
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

show(Math.max(fitting(), READABLE));
canvas.scrollTop = 0;
canvas.scrollLeft = (canvas.scrollWidth - canvas.clientWidth) / 2;
