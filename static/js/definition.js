// The definition's editor: line numbers with faults on them, Tab and Enter as one writes YAML, steps put in, nothing typed lost.
(() => {
  const box = document.querySelector("[data-definition]");
  if (!box) return;
  const text = box.querySelector("textarea");
  const gutter = box.querySelector(".code-gutter");
  const bar = document.querySelector("[data-kept]");
  const key = `probity-definition-${box.dataset.definition}`;
  const put = (words) => { text.focus(); document.execCommand("insertText", false, words); }; // keeps the browser's undo
  const lines = () => text.value.split("\n");
  const faults = () => new Map([...document.querySelectorAll("[data-fault-line]")].map((one) => [Number(one.dataset.faultLine), one.dataset.fault]));
  const number = () => {
    const wrong = faults();
    gutter.replaceChildren(...lines().map((_, index) => {
      const row = document.createElement("li");
      row.textContent = wrong.has(index + 1) ? `⚠ ${index + 1}` : String(index + 1);
      row.classList.toggle("code-fault", wrong.has(index + 1));
      if (wrong.has(index + 1)) row.title = wrong.get(index + 1);
      return row;
    }));
    gutter.scrollTop = text.scrollTop;
  };
  const startOf = (line) => lines().slice(0, line).reduce((sum, one) => sum + one.length + 1, 0);
  const select = (line) => {
    text.focus();
    text.setSelectionRange(startOf(line - 1), startOf(line) - 1);
    text.scrollTop = (line - 4) * (text.scrollHeight / lines().length);
  };
  const indent = (out) => {
    const first = text.value.lastIndexOf("\n", text.selectionStart - 1) + 1;
    const block = text.value.slice(first, text.selectionEnd);
    if (!out && !block.includes("\n")) { put("  "); return; }
    text.setSelectionRange(first, text.selectionEnd);
    put(block.replace(/^ {0,2}/gm, (found) => (out ? "" : `  ${found}`)));
  };
  let leaves = false; // Escape, then Tab, leaves the editor: nobody is caught in it
  text.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { leaves = true; return; }
    if (event.key === "Tab" && !leaves) { event.preventDefault(); indent(event.shiftKey); }
    if (event.key === "Enter" && !event.ctrlKey && !event.metaKey) {
      const line = text.value.slice(text.value.lastIndexOf("\n", text.selectionStart - 1) + 1, text.selectionStart);
      event.preventDefault();
      put(`\n${line.match(/^ */)[0]}${/:\s*$/.test(line) ? "  " : ""}`);
    }
    leaves = false;
  });
  const insert = (snippet) => {
    const at = text.value.indexOf("\n", text.selectionEnd);
    const before = text.value.slice(0, at < 0 ? text.value.length : at).split("\n");
    const step = before.concat(lines()).find((one) => /^\s*- /.test(one)) || "    - ";
    const end = at < 0 ? text.value.length : at;
    text.setSelectionRange(end, end);
    const lead = /(^|\n)[ ]*$/.test(text.value.slice(0, end)) ? "" : "\n";
    put(`${lead}${snippet.split("\n").map((one) => step.match(/^ */)[0] + one).join("\n")}`);
  };
  document.addEventListener("click", (event) => {
    const fault = event.target.closest("[data-fault-line]");
    if (fault) select(Number(fault.dataset.faultLine));
    const step = event.target.closest("[data-insert]");
    if (step) insert(step.dataset.insert);
    if (event.target.closest("[data-restore]")) { text.select(); put(JSON.parse(localStorage.getItem(key)).text); bar.hidden = true; }
    if (event.target.closest("[data-forget]")) { localStorage.removeItem(key); bar.hidden = true; }
  });
  const keep = (sent) => localStorage.setItem(key, JSON.stringify({ text: text.value, seen: box.dataset.seen, sent }));
  text.addEventListener("input", () => { number(); keep(false); });
  text.addEventListener("scroll", () => { gutter.scrollTop = text.scrollTop; });
  text.form.addEventListener("submit", () => keep(true));
  document.addEventListener("htmx:afterSettle", number);
  const kept = JSON.parse(localStorage.getItem(key) || "null");
  if (kept && (kept.text === text.value || (kept.sent && kept.seen !== box.dataset.seen))) localStorage.removeItem(key);
  else if (kept) bar.hidden = false;
  number();
})();
