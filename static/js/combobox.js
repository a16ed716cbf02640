// Typing into [data-search] offers what can stand there: fields, parameters, aggregates, by label, help and unit.
(() => {
  const list = document.createElement("ul");
  list.className = "choice-list card";
  list.id = "choice-list";
  list.setAttribute("role", "listbox");
  let field = null;
  const close = () => {
    list.remove();
    if (!field) return;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  };
  const options = () => [...list.children];
  const select = (place) => options().forEach((option, index) => {
    option.setAttribute("aria-selected", String(index === place));
    if (index !== place) return;
    option.scrollIntoView({ block: "nearest" });
    field.setAttribute("aria-activedescendant", option.id);
  });
  const chosen = () => options().findIndex((option) => option.getAttribute("aria-selected") === "true");
  const take = (option) => {
    field.value = option.dataset.value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    close();
  };
  const offer = (words) => {
    const source = document.getElementById(`choices-${field.dataset.search}`);
    if (!source) return;
    list.setAttribute("aria-label", source.parentElement.dataset.choices);
    const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
    const fits = (item) => wanted.every((word) => item.textContent.toLowerCase().includes(word));
    const found = [...source.children].filter(fits).slice(0, 40);
    if (!found.length) return close();
    list.replaceChildren(...found.map((item, index) => {
      const option = item.cloneNode(true);
      option.id = `choice-${index}`;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      option.addEventListener("mousedown", (event) => { event.preventDefault(); take(option); });
      return option;
    }));
    field.setAttribute("aria-expanded", "true");
    const box = field.getBoundingClientRect();
    document.body.append(list);
    list.style.left = `${Math.max(4, Math.min(box.left, innerWidth - list.offsetWidth - 4)) + scrollX}px`;
    list.style.top = `${box.bottom + scrollY}px`;
  };
  addEventListener("input", (event) => {
    if (!event.isTrusted || !event.target.dataset?.search) return;
    field = event.target;
    offer(field.value);
  });
  addEventListener("keydown", (event) => {
    if (!event.target.dataset?.search) return;
    field = event.target;
    if (event.key === "ArrowDown" && !list.isConnected) offer("");
    else if (!list.isConnected) return;
    else if (event.key === "Escape") close();
    else if (event.key === "ArrowDown") select(Math.min(chosen() + 1, options().length - 1));
    else if (event.key === "ArrowUp") select(Math.max(chosen() - 1, 0));
    else if (event.key === "Enter" && chosen() >= 0) take(options()[chosen()]);
    else return;
    event.preventDefault();
  }, true);
  addEventListener("focusout", close);
  const offerAll = (event) => {
    if (!event.target.dataset?.search) return;
    field = event.target;
    offer("");
  };
  addEventListener("dblclick", offerAll);
  // a finger has no arrow keys and no double click
  addEventListener("pointerup", (event) => { if (event.pointerType === "touch") offerAll(event); });
})();
