// The editor of scenarios: what is typed or slid is sent a moment later, the page morphs around it, nothing typed is lost.
(() => {
  const WAIT = 250;
  const sheet = () => document.getElementById("sheet");
  let timer = 0;
  let saved = "";
  let leaving = false;
  const state = () => document.getElementById("state").value;
  const send = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      timer = 0;
      htmx.trigger(sheet(), "edit");
    }, WAIT);
  };
  addEventListener("DOMContentLoaded", () => {
    Idiomorph.defaults.ignoreActiveValue = true;
    saved = state();
  });
  addEventListener("input", (event) => {
    const field = event.target;
    if (!field.closest("#sheet")) return;
    if (field.dataset.sets) document.getElementById(field.dataset.sets).value = field.value;
    send();
  });
  addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches("#sheet input") && !event.defaultPrevented) {
      event.preventDefault(); // Enter takes in what was typed; it presses no button
      send();
    }
  });
  // An answer to what was there before the last keystroke would put it back.
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.target.id === "sheet" && timer) event.detail.shouldSwap = false;
  });
  document.addEventListener("htmx:beforeRequest", (event) => {
    if (event.detail.requestConfig.triggeringEvent?.submitter?.name === "save") leaving = true;
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    const again = event.target.querySelector?.("[data-again]");
    if (again) setTimeout(() => htmx.trigger(again.dataset.again, "again"), 700);
    if (event.target.id === "sheet") leaving = false;
  });
  addEventListener("beforeunload", (event) => {
    if (!leaving && state() !== saved) event.preventDefault();
  });
})();
