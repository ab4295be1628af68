// Only adds: everything here is a link on the page. ? lists the keys, / searches, g and a letter open a page
// of the menu. Never while typing, never with Ctrl, Alt or the like; can be switched off (WCAG 2.1.4).
const OFF = "phim-tat-tat";
const WITHIN = 1500;
const list = document.getElementById("danh-sach-phim-tat");
let afterG = -WITHIN;

const isOff = () => localStorage.getItem(OFF) === "1";
const isTyping = (element) => element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName);

function search() {
  const box = document.querySelector("[data-search]");
  if (box && box.offsetParent) box.focus();
  else document.querySelector("[data-search-page]")?.click();
}

function press(event) {
  if (isOff() || event.ctrlKey || event.altKey || event.metaKey || event.isComposing || isTyping(event.target)) return;
  if (list.open && event.key !== "?") return;
  const key = event.key.toLowerCase();
  const target = event.timeStamp - afterG < WITHIN && document.querySelector(`[data-shortcut="${CSS.escape(key)}"]`);
  afterG = key === "g" ? event.timeStamp : -WITHIN;
  if (target) target.click();
  else if (key === "/") search();
  else if (key === "?") list.open ? list.close() : list.showModal();
  else return;
  event.preventDefault();
}

function name(button) {
  button.hidden = false;
  button.textContent = isOff() ? "Bật phím tắt" : "Tắt phím tắt";
}

if (list) {
  document.addEventListener("keydown", press);
  const buttons = document.querySelectorAll("[data-shortcuts-switch]");
  for (const button of buttons) {
    name(button);
    button.addEventListener("click", () => {
      localStorage.setItem(OFF, isOff() ? "0" : "1");
      buttons.forEach(name);
    });
  }
}

// What autosave.js keeps for a person in this browser goes when they sign out.
document.querySelector(".person-menu form")?.addEventListener("submit", () => {
  for (const key of Object.keys(localStorage)) if (key.startsWith("nhap:")) localStorage.removeItem(key);
});

// … and of one form when the page says that it was stored (accounts/kept.py).
for (const told of document.querySelectorAll("[data-saved]")) {
  for (const key of Object.keys(localStorage)) {
    if (key.startsWith("nhap:") && localStorage.getItem(key).includes(`"mark":"${told.dataset.saved}"`)) localStorage.removeItem(key);
  }
}
