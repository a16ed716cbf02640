// Draws each [data-network] with Cytoscape from its JSON; the table beneath says the same. A customer's node leads to it.
(() => {
  const dark = () => document.documentElement.getAttribute("data-bs-theme") === "dark";
  const colours = { centre: "#206bc4", owner: "#0ca678", linked: "#d9480f", counterparty: "#868e96" };
  const style = () => [
    {
      selector: "node",
      style: {
        label: "data(label)", "font-size": 11, color: dark() ? "#e9ecef" : "#1f2937", "text-wrap": "ellipsis",
        "text-max-width": 130, "text-valign": "bottom", "text-margin-y": 4, width: 22, height: 22,
        "background-color": (node) => colours[node.data("kind")],
      },
    },
    { selector: 'node[kind = "centre"]', style: { width: 38, height: 38, "font-weight": "bold" } },
    {
      selector: "edge",
      style: {
        width: (edge) => 1 + Math.min(7, Math.log10(1 + edge.data("amount"))), "curve-style": "bezier",
        "line-color": dark() ? "#5c6773" : "#adb5bd", "target-arrow-color": dark() ? "#5c6773" : "#adb5bd",
        "target-arrow-shape": (edge) => (edge.data("amount") ? "triangle" : "none"),
        "line-style": (edge) => (edge.data("amount") ? "solid" : "dashed"),
      },
    },
  ];
  const draw = async (place) => {
    if (place.dataset.drawn) return;
    place.dataset.drawn = "yes";
    const answer = await fetch(place.dataset.network, { headers: { Accept: "application/json" } });
    if (!answer.ok) return;
    const { nodes, edges } = await answer.json();
    const layout = { name: "concentric", minNodeSpacing: 28, concentric: (node) => ({ centre: 3, owner: 2, linked: 2 })[node.data("kind")] || 1, levelWidth: () => 1 };
    const graph = cytoscape({ container: place, elements: [...nodes, ...edges], style: style(), layout, minZoom: 0.2, maxZoom: 1.8 });
    graph.on("tap", "node", (event) => { if (event.target.data("address")) location.assign(event.target.data("address")); });
    place.dataset.nodes = String(nodes.length);
  };
  const all = () => document.querySelectorAll("[data-network]").forEach(draw);
  addEventListener("input", (event) => {
    if (event.target.id === "network-months") event.target.form.querySelector("output").textContent = event.target.value;
  });
  addEventListener("DOMContentLoaded", all);
  document.addEventListener("htmx:load", all);
})();
