// The example buttons type into the chat beside them.
const chat = document.getElementById("melder");
document.addEventListener("click", ({ target }) => {
  const words = target.closest("[data-example]")?.dataset.example;
  if (words) chat.contentWindow.postMessage({ voorbeeld: words }, location.origin);
});
