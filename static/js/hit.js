// Deciding a hit by keyboard: 1, 2, 3 for the disposition, a digit for the reason, Enter to decide. Escape starts again.
// Each key checks a visible choice; only reasons that fit the disposition are offered, numbered as they stand.
(() => {
  const form = document.querySelector("[data-hit-form]");
  if (!form) return;
  const dispositions = [...form.querySelectorAll('[name="disposition"]')];
  const reasons = [...form.querySelectorAll("[data-for]")];
  const rationale = form.querySelector('[name="rationale"]');
  let proposed = "";

  const fitting = () => reasons.filter((choice) => !choice.hidden);
  const show = () => {
    const chosen = dispositions.find((input) => input.checked);
    reasons.forEach((choice) => {
      choice.hidden = !chosen || choice.dataset.for !== chosen.value;
      const input = choice.querySelector("input");
      input.disabled = choice.hidden;
      if (choice.hidden) input.checked = false;
      choice.querySelector("kbd")?.remove();
    });
    fitting().forEach((choice, index) => {
      const key = document.createElement("kbd");
      key.textContent = String(index + 1);
      choice.append(key);
    });
  };
  const propose = (input) => {
    if (rationale.value && rationale.value !== proposed) return;
    proposed = input.dataset.rationale;
    rationale.value = proposed;
  };
  form.addEventListener("change", (event) => {
    if (event.target.name === "disposition") show();
    if (event.target.name === "reason_code") propose(event.target);
  });
  addEventListener("keydown", (event) => {
    const typing = event.target.closest('textarea, select, input:not([type="radio"])');
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") {
      dispositions.forEach((input) => { input.checked = false; });
      return show();
    }
    const place = Number(event.key) - 1;
    if (!(place >= 0)) return;
    const isFirst = !dispositions.some((input) => input.checked);
    const target = isFirst ? dispositions[place] : fitting()[place]?.querySelector("input");
    if (!target) return;
    event.preventDefault();
    target.click();
    if (!isFirst) form.querySelector('[type="submit"]').focus();
  });
  show();
})();
