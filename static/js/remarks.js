// Only adds: a remark or an answer is sent in place by htmx. Whatever is not the plain answer (refused, changed
// meanwhile, signed out) is left to the browser: the form is sent as a page, which says what to do. The form's key
// makes the second sending the same act.
const sentAsPage = (event) => { event.preventDefault(); event.target.closest("form")?.submit(); };
document.addEventListener("htmx:responseError", sentAsPage);
document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.xhr.responseURL && new URL(event.detail.xhr.responseURL).pathname !== event.detail.pathInfo.requestPath) {
    event.detail.shouldSwap = false;
    sentAsPage(event);
  }
});
document.addEventListener("htmx:sendError", (event) => {
  const form = event.target.closest("form");
  if (!form || form.querySelector("[role=alert]")) return;
  const words = document.createElement("p");
  words.className = "notice tone-red";
  words.setAttribute("role", "alert");
  words.textContent = "Mất kết nối nên chưa gửi. Chữ đã gõ còn nguyên; bấm lại khi có mạng.";
  form.prepend(words);
});
