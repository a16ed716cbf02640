// Keys click real, visible buttons: those of the row under the cursor first, then those of the page. g q is a sequence.
(() => {
  const keys = {
    n: "next", c: "claim", d: "decide", s: "snooze", e: "escalate", a: "assign-me", x: "select", o: "open", " ": "peek",
    "[": "previous", "]": "following", "/": "search", "?": "help",
  };
  const TYPING = "textarea, select, [contenteditable], input:not([type=checkbox]):not([type=radio])";
  const NATIVE = "button, a, summary, input"; // they take the space bar themselves
  let afterG = 0;
  const wanted = (event) => {
    if (event.key === "q" && Date.now() - afterG < 1500) return "queue";
    afterG = event.key === "g" ? Date.now() : 0;
    return keys[event.key];
  };
  addEventListener("keydown", (event) => {
    if (event.target.closest(TYPING) || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === " " && event.target.closest(NATIVE)) return;
    const name = wanted(event);
    const target = name && (document.querySelector(`[data-cursor] [data-key="${name}"]`)
      || document.querySelector(`[data-key="${name}"]:not([data-case-row] *)`));
    if (!target) return;
    event.preventDefault();
    if (target.matches("input:not([type=checkbox]), select, textarea")) target.focus();
    else target.click();
  });
})();
