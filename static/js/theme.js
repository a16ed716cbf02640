// Sets light or dark before anything is drawn: the stored choice, else the system's.
(() => {
  const stored = localStorage.getItem("probity-theme");
  const system = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  document.documentElement.setAttribute("data-bs-theme", stored || system);
  addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("[data-theme-toggle]").forEach((button) =>
      button.addEventListener("click", () => {
        const dark = document.documentElement.getAttribute("data-bs-theme") === "dark";
        document.documentElement.setAttribute("data-bs-theme", dark ? "light" : "dark");
        localStorage.setItem("probity-theme", dark ? "light" : "dark");
      }));
  });
})();
