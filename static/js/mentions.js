// Typing @ in a comment offers the people who may see cases; arrows and Enter choose. The names are in the page.
(() => {
  const people = () => [...document.querySelectorAll("[data-person]")].map((item) => item.dataset.person);
  const unfinished = (field) => field.value.slice(0, field.selectionStart).match(/(?:^|\s)@([\w.+-]*)$/);
  const list = document.createElement("ul");
  list.className = "mention-list card";
  list.setAttribute("role", "listbox");
  let field = null;
  const close = () => list.remove();
  const choose = (name) => {
    const typed = unfinished(field)[1];
    field.setRangeText(`${name} `, field.selectionStart - typed.length, field.selectionStart, "end");
    close();
    field.focus();
  };
  const select = (step) => {
    const options = [...list.children];
    const place = options.findIndex((option) => option.getAttribute("aria-selected") === "true");
    const next = (place + step + options.length) % options.length;
    options.forEach((option, index) => option.setAttribute("aria-selected", String(index === next)));
  };
  const offer = () => {
    const typed = unfinished(field);
    const fitting = typed ? people().filter((name) => name.startsWith(typed[1])).slice(0, 6) : [];
    if (!fitting.length) return close();
    list.replaceChildren(...fitting.map((name, index) => {
      const option = document.createElement("li");
      option.textContent = `@${name}`;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", String(index === 0));
      option.addEventListener("mousedown", (event) => { event.preventDefault(); choose(name); });
      return option;
    }));
    list.setAttribute("aria-label", document.querySelector("[data-people]").dataset.people);
    field.after(list);
  };
  addEventListener("input", (event) => {
    if (!event.target.matches("#comments textarea")) return;
    field = event.target;
    offer();
  });
  addEventListener("keydown", (event) => {
    if (!list.isConnected || event.target !== field) return;
    if (event.key === "Escape") close();
    else if (event.key === "ArrowDown") select(1);
    else if (event.key === "ArrowUp") select(-1);
    else if (event.key === "Enter" || event.key === "Tab") choose(list.querySelector('[aria-selected="true"]').textContent.slice(1));
    else return;
    event.preventDefault();
  }, true);
  addEventListener("focusout", (event) => { if (event.target === field) close(); });
})();
