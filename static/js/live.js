// Live updates: a hint over the websocket refreshes what shows it; without a websocket it is refreshed every 30 s.
(() => {
  const SLOW = 30000;
  const regions = () => [...document.querySelectorAll("[data-live]")];
  const idOf = (region) => region.dataset.case || region.dataset.work;
  const refresh = (kinds, id) => regions()
    .filter((region) => kinds.includes(region.dataset.live) && (!idOf(region) || idOf(region) === id))
    .forEach((region) => htmx.trigger(region, "refresh"));
  let open = false;
  let wait = 1000;
  const connect = () => {
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    const socket = new WebSocket(`${scheme}://${location.host}/ws/live/`);
    socket.addEventListener("open", () => {
      open = true;
      wait = 1000;
      regions().forEach((region) => socket.send(JSON.stringify({ watch: region.dataset.live, id: idOf(region) })));
    });
    socket.addEventListener("message", (message) => {
      const hint = JSON.parse(message.data);
      if (hint.case) refresh(["queue", "case"], hint.case);
      if (hint.work) refresh(["work"], hint.work);
      if (hint.watching) document.documentElement.dataset.liveOpen = "yes";
    });
    socket.addEventListener("close", () => {
      open = false;
      setTimeout(connect, wait);
      wait = Math.min(wait * 2, SLOW);
    });
  };
  addEventListener("DOMContentLoaded", () => {
    if (!regions().length) return;
    connect();
    setInterval(() => { if (!open) regions().forEach((region) => htmx.trigger(region, "refresh")); }, SLOW);
  });
})();
