// Reviewing a document: zoom and turn the page, link values and boxes, Tab to the next value read with little confidence.
(() => {
  const stage = document.querySelector(".stage");
  const tools = document.querySelector("[data-stage-tools]");
  const steps = [1, 1.5, 2, 3];
  let zoom = 0;
  let turns = 0;

  const draw = () => stage.querySelectorAll(".page-frame").forEach((frame) => {
    frame.style.width = `${steps[zoom] * 100}%`;
    const { width, height } = frame.querySelector("img");
    const shown = frame.clientWidth;
    const tall = (shown * height) / width;
    const fit = turns % 2 ? Math.min(1, shown / tall) : 1;
    frame.style.transform = turns ? `rotate(${turns * 90}deg) scale(${fit})` : "";
    const room = turns % 2 ? (shown * fit - tall) / 2 : 0;
    frame.style.marginBlock = room ? `${room}px` : "";
  });
  const light = (mark, on) => document.querySelectorAll("[data-mark]").forEach((item) => {
    if (item.dataset.mark === mark) item.classList.toggle("is-lit", on);
  });
  const marked = (event) => event.target.closest?.("[data-mark]")?.dataset.mark;
  ["mouseover", "focusin"].forEach((name) => addEventListener(name, (event) => marked(event) && light(marked(event), true)));
  ["mouseout", "focusout"].forEach((name) => addEventListener(name, (event) => marked(event) && light(marked(event), false)));

  addEventListener("click", (event) => {
    const button = event.target.closest("[data-zoom], [data-rotate], [data-boxes], rect[data-mark]");
    if (!button) return;
    if (button.matches("rect")) document.getElementById(`value-${button.dataset.mark}`)?.focus();
    else if ("zoom" in button.dataset) {
      const step = Number(button.dataset.zoom);
      zoom = step ? Math.max(0, Math.min(steps.length - 1, zoom + step)) : 0;
    } else if ("rotate" in button.dataset) turns = (turns + 1) % 4;
    else button.setAttribute("aria-pressed", String(!stage.classList.toggle("is-bare")));
    draw();
  });

  addEventListener("keydown", (event) => {
    const field = event.target.closest?.("[data-value]");
    if (event.key !== "Tab" || !field || field.value !== field.defaultValue) return;
    const low = [...document.querySelectorAll("[data-low][data-value]")];
    const after = event.shiftKey ? Node.DOCUMENT_POSITION_PRECEDING : Node.DOCUMENT_POSITION_FOLLOWING;
    const fitting = low.filter((other) => field.compareDocumentPosition(other) & after);
    const next = event.shiftKey ? fitting.at(-1) : fitting[0];
    if (!next) return;
    event.preventDefault();
    next.focus();
    next.select();
  });
  if (tools) tools.hidden = false;
})();
