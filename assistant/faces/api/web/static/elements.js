// Makes elements. Text only ever becomes text: nothing here parses HTML.

/** An element with properties (`class`, `onclick`, attributes) and children, strings included. */
export function element(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

/** Text that only screen readers get. */
export const unseen = (text) => element("span", { class: "unseen" }, text);

/** Shows on a button for a moment that something was done. */
export function confirmOn(button, text) {
  const before = button.textContent;
  button.textContent = text;
  setTimeout(() => (button.textContent = before), 2000);
}

/** Copies a text; true if the browser lets us. */
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // without HTTPS there is no clipboard: the old way
    const area = element("textarea", { readonly: true, class: "unseen" });
    area.value = text;
    document.body.append(area);
    area.select();
    const copied = document.execCommand("copy");
    area.remove();
    return copied;
  }
}
