// What every page has: what needs scripts is shown, links are copied, pages printed.
import { confirmOn, copy } from "./elements.js";

for (const each of document.querySelectorAll("[data-script]")) each.hidden = false;

// a long list of contents begins where the reader is
const here = document.querySelector(".around [aria-current]");
if (here) {
  const list = here.closest(".around");
  list.scrollTop = here.offsetTop - list.clientHeight / 3;
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest?.("[data-copy-link], [data-print]");
  if (!button) return;
  if (button.hasAttribute("data-print")) {
    window.print();
    return;
  }
  const link = new URL(button.dataset.copyLink, location.href).href;
  confirmOn(button, (await copy(link)) ? "Enlace copiado" : "No se pudo copiar");
});

// shows a page of its own where there is no network (HTTPS and loopback only)
navigator.serviceWorker?.register("/sin-conexion.js").catch(() => {});
