// While Probity does not answer, an open page says so, asks every 5 s whether it is back, and then takes up what it shows.
(() => {
  const EVERY = 5000;
  let notice = null;
  const isWhole = document.documentElement.dataset.away === "repeat"; // the page that stands for another one
  const back = () => {
    if (isWhole) return location.reload();
    notice.remove();
    notice = null;
    document.querySelectorAll("[data-live]").forEach((region) => htmx.trigger(region, "refresh"));
  };
  const ask = async () => {
    try {
      if ((await fetch("/healthz", { cache: "no-store" })).ok) return back();
    } catch { /* still away */ }
    setTimeout(ask, EVERY);
  };
  const away = () => {
    if (notice) return;
    notice = document.getElementById("away").content.firstElementChild.cloneNode(true);
    document.getElementById("content").prepend(notice);
    setTimeout(ask, EVERY);
  };
  if (isWhole) setTimeout(ask, EVERY);
  document.addEventListener("htmx:responseError", (event) => { if ([502, 503, 504].includes(event.detail.xhr.status)) away(); });
  document.addEventListener("htmx:sendError", away);
})();
