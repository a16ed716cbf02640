// Live updates: a hint over the websocket refreshes what shows it; without a websocket it is refreshed every 30 s.
(() => {
  const SLOW = 30000;
  const GAP = 2000; // a burst of hints is one refresh at once and one at its end; htmx's own throttle would drop other triggers too
  const last = new WeakMap();
  const timers = new WeakMap();
  const soon = (region) => {
    if (timers.has(region)) return;
    timers.set(region, setTimeout(() => {
      timers.delete(region);
      last.set(region, Date.now());
      if (region.isConnected) htmx.trigger(region, "refresh");
    }, Math.max(0, GAP - (Date.now() - (last.get(region) || 0)))));
  };
  const regions = () => [...document.querySelectorAll("[data-live]")];
  const idOf = (region) => region.dataset.case || region.dataset.work || region.dataset.run;
  const refresh = (kinds, id) => regions()
    .filter((region) => kinds.includes(region.dataset.live) && (!idOf(region) || idOf(region) === id))
    .forEach(soon);
  let open = false;
  let missed = false; // hints while there was no connection
  let wait = 1000;
  const connect = () => {
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    let [asked, watching] = [0, 0];
    const socket = new WebSocket(`${scheme}://${location.host}/ws/live/`);
    socket.addEventListener("open", () => {
      open = true;
      wait = 1000;
      if (missed) regions().forEach(soon);
      missed = false;
      asked = regions().length;
      regions().forEach((region) => socket.send(JSON.stringify({ watch: region.dataset.live, id: idOf(region) })));
    });
    socket.addEventListener("message", (message) => {
      const hint = JSON.parse(message.data);
      if (hint.event === "told") refresh(["me"]);
      if (hint.case) refresh(["queue", "case"], hint.case);
      if (hint.run) refresh(["run"], hint.run);
      if (hint.work) refresh(["work"], hint.work);
      if (hint.watching && ++watching === asked) document.documentElement.dataset.liveOpen = "yes";
    });
    socket.addEventListener("close", () => {
      open = false;
      missed = true;
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
