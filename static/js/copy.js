/* A button [data-copy="id"] that copies the text of a box; hidden where the browser cannot. */
if (navigator.clipboard) {
  for (const button of document.querySelectorAll("[data-copy]")) {
    const box = document.getElementById(button.dataset.copy);
    const word = button.querySelector("span");
    const said = word.textContent;
    button.hidden = false;
    word.setAttribute("aria-live", "polite");
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(box.value);
        word.textContent = button.dataset.done;
        setTimeout(() => { word.textContent = said; }, 3000);
      } catch {
        box.focus();
        box.select();
      }
    });
  }
}
