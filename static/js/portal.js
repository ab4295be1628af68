// Only adds: the page works without it. Shows or hides a password on request.
for (const button of document.querySelectorAll("[data-shows]")) {
  const box = document.getElementById(button.dataset.shows);
  button.hidden = false;
  button.addEventListener("click", () => {
    const hidden = box.type === "password";
    box.type = hidden ? "text" : "password";
    button.textContent = hidden ? "Ẩn" : "Hiện";
    button.setAttribute("aria-pressed", String(hidden));
  });
}
