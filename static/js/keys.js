// Keys click real, visible buttons: n next case, c claim, d decide, s snooze, e escalate, [ ] walk the view, / search,
// g queue.
(() => {
  const keys = {
    n: "next", c: "claim", d: "decide", s: "snooze", e: "escalate", "[": "previous", "]": "following", "/": "search", g: "queue",
  };
  addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select, [contenteditable]");
    if (typing || event.ctrlKey || event.metaKey || event.altKey || !keys[event.key]) return;
    const target = document.querySelector(`[data-key="${keys[event.key]}"]`);
    if (!target) return;
    event.preventDefault();
    if (target.matches("input, select, textarea")) target.focus();
    else target.click();
  });
})();
