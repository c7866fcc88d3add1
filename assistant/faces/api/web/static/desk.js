// The desk: a file may be dropped, what can't be undone is asked first, times are the reader's, a page looks again.

// The whole page takes it: a file that misses the box would else be opened instead of the page.
const form = document.querySelector("[data-drop]");
if (form) {
  const input = form.querySelector('input[type="file"]');
  const zone = form.querySelector(".drop");
  const mark = (isOver) => zone.classList.toggle("over", isOver);
  document.addEventListener("dragover", (event) => {
    if (!event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    mark(true);
  });
  document.addEventListener("dragleave", (event) => mark(event.relatedTarget !== null));
  document.addEventListener("drop", (event) => {
    if (!event.dataTransfer.files.length) return;
    event.preventDefault();
    mark(false);
    const one = new DataTransfer();
    one.items.add(event.dataTransfer.files[0]);
    input.files = one.files;
    input.focus();
  });
}

// What the server tells in UTC, in the reader's own zone.
for (const time of document.querySelectorAll("time[data-local]")) {
  const at = new Date(time.dateTime);
  const [day, hour] = [{ day: "2-digit", month: "2-digit", year: "numeric" }, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }];
  time.textContent = `${at.toLocaleDateString("es-MX", day)} ${at.toLocaleTimeString("es-MX", hour)}`;
  time.title = `${time.dateTime.slice(0, 16).replace("T", " ")} UTC`;
}

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-confirm]");
  if (button && !window.confirm(button.dataset.confirm)) event.preventDefault();
});

document.querySelector("[data-go]")?.click();

const working = document.querySelector("[data-again]");
if (working) setTimeout(() => location.reload(), Number(working.dataset.again));
