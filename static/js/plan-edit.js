// Only adds to the open part of the plan's editor: Alt and an arrow press its buttons, Ctrl + Enter adds one below.
const part = document.querySelector(".edit-part");

function press(event) {
  if (event.isComposing || event.metaKey || event.shiftKey) return;
  const button = event.altKey && !event.ctrlKey
    ? part.querySelector(`[data-key="${CSS.escape(event.key)}"]`)
    : event.ctrlKey && !event.altKey && event.key === "Enter" && part.querySelector("[value=after]");
  if (!button) return;
  event.preventDefault();
  part.requestSubmit(button);
}

if (part) {
  document.addEventListener("keydown", press);
  // Going to the address's fragment takes the focus away, in the frame after loading; it is given in the next one.
  addEventListener("load", () => requestAnimationFrame(() => requestAnimationFrame(focus)));
}

function focus() {
  const box = part.querySelector("textarea") || part.querySelector("input[type=text]");
  if (!box) return;
  box.focus({ preventScroll: true });
  box.setSelectionRange(box.value.length, box.value.length);
}
