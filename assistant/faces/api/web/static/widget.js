// The assistant on a page of the office's own site:
//   <script src="https://asistente.example/widget.js" data-manual="MO-1" data-color="#0b5d6b" async></script>
// Nothing is asked of the assistant's server before somebody opens it.
(() => {
  const tag = document.currentScript;
  const origin = new URL(tag.src).origin;
  const colour = /^#[0-9a-f]{6}$/i.test(tag.dataset.color ?? "") ? tag.dataset.color : "#0b5d6b";
  const text = tag.dataset.texto || "Pregunte al manual";
  const address = new URL("/", origin);
  if (tag.dataset.manual) address.searchParams.set("manual", tag.dataset.manual);

  const host = document.createElement("div");
  const root = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    :host { position: fixed; right: 1rem; bottom: 1rem; z-index: 2147483000; font: 16px/1.3 system-ui, sans-serif; }
    button { min-height: 48px; padding: 0 1.25rem; border: 2px solid #fff; border-radius: 8px; background: ${colour}; color: #fff; font: inherit; font-weight: 650; cursor: pointer; box-shadow: 0 2px 12px rgb(0 0 0 / .3); }
    button:focus-visible { outline: 3px solid ${colour}; outline-offset: 2px; }
    section { position: fixed; right: 1rem; bottom: 5rem; width: min(26rem, calc(100vw - 2rem)); height: min(42rem, calc(100vh - 6.5rem)); background: #fff; border: 2px solid ${colour}; border-radius: 8px; overflow: hidden; box-shadow: 0 8px 40px rgb(0 0 0 / .35); }
    section[hidden] { display: none; }
    iframe { width: 100%; height: 100%; border: 0; }
    @media (max-width: 30rem) { section { inset: 0 0 5rem; width: auto; height: auto; border-radius: 0; } }
    @media print { :host { display: none; } }`);
  root.adoptedStyleSheets = [sheet];

  const panel = document.createElement("section");
  panel.setAttribute("aria-label", text);
  panel.id = "panel";
  panel.hidden = true;
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = text;
  button.setAttribute("aria-controls", "panel");
  button.setAttribute("aria-expanded", "false");

  function open(shown) {
    panel.hidden = !shown;
    button.setAttribute("aria-expanded", String(shown));
    button.textContent = shown ? "Cerrar" : text;
    if (!shown) return button.focus();
    if (!panel.firstChild) {
      const frame = document.createElement("iframe");
      frame.title = text;
      frame.src = address.href;
      frame.allow = "clipboard-write; microphone; web-share";
      panel.append(frame);
    }
    panel.firstChild.focus();
  }
  button.addEventListener("click", () => open(panel.hidden));
  root.addEventListener("keydown", (event) => event.key === "Escape" && !panel.hidden && open(false));
  root.append(panel, button);
  document.body.append(host);
})();
