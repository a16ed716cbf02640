// The queue: a cursor on the rows (j, k), the chosen cases kept over refreshes, the drawer, counting an undo down.
(() => {
  const rows = () => [...document.querySelectorAll("[data-case-row]")];
  const boxOf = (row) => row && row.querySelector("[data-key=select]");
  const chosen = new Set();
  let cursor = null;
  let last = null;
  const show = () => {
    rows().forEach((row) => {
      row.toggleAttribute("data-cursor", row.dataset.caseRow === cursor);
      boxOf(row).checked = chosen.has(row.dataset.caseRow);
    });
    const count = document.getElementById("bulk-count");
    if (count) count.textContent = count.textContent.replace(/\d+/, chosen.size);
  };
  const move = (step) => {
    const all = rows();
    if (!all.length) return;
    const at = all.findIndex((row) => row.dataset.caseRow === cursor);
    const row = all[at < 0 ? 0 : Math.min(all.length - 1, Math.max(0, at + step))];
    cursor = row.dataset.caseRow;
    row.scrollIntoView({ block: "nearest" });
    show();
    if (document.querySelector("#peek:not(:empty)")) row.querySelector("[data-key=peek]").click();
  };
  const closePeek = () => { document.getElementById("peek").replaceChildren(); };
  const pick = (box, range) => {
    const all = rows();
    const [one, other] = [all.indexOf(last), all.indexOf(box.closest("tr"))];
    const span = range && one >= 0 ? all.slice(Math.min(one, other), Math.max(one, other) + 1) : [box.closest("tr")];
    span.forEach((row) => chosen[box.checked ? "add" : "delete"](row.dataset.caseRow));
    last = box.closest("tr");
    show();
  };
  addEventListener("click", (event) => {
    const box = event.target.closest("[data-key=select]");
    if (box) pick(box, event.shiftKey);
    const row = event.target.closest("[data-case-row]");
    if (row) { cursor = row.dataset.caseRow; show(); }
    if (event.target.closest("[data-close-peek]")) closePeek();
    if (event.target.closest("[data-close-result]")) document.getElementById("bulk-result").replaceChildren();
  });
  addEventListener("click", (event) => { // what is done to the chosen cases is done to the cursor's where none is chosen
    if (event.target.closest("[data-chosen]") && !chosen.size && cursor) { chosen.add(cursor); show(); }
  }, true);
  addEventListener("keydown", (event) => {
    if (event.target.matches("textarea, select, [contenteditable], input:not([type=checkbox])")) return;
    if (event.key === "Escape") closePeek();
    if (event.ctrlKey || event.metaKey || event.altKey || !["j", "k"].includes(event.key)) return;
    event.preventDefault();
    move(event.key === "j" ? 1 : -1);
  });
  const countDown = (form) => {
    let left = Number(form.dataset.undo);
    const tick = setInterval(() => {
      left -= 1;
      const button = form.querySelector("button");
      if (button) button.textContent = button.textContent.replace(/\d+/, left);
      if (left <= 0 || !form.isConnected) { clearInterval(tick); form.remove(); }
    }, 1000);
  };
  addEventListener("htmx:afterSwap", (event) => {
    if (event.target.id === "queue-rows") show();
    if (event.target.id !== "bulk-result") return;
    chosen.clear();
    show();
    document.querySelectorAll("[popover]:popover-open").forEach((panel) => panel.hidePopover());
    document.querySelectorAll("[data-undo]").forEach(countDown);
  });
  addEventListener("DOMContentLoaded", show);
})();
