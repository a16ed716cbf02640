// Draws each [data-chart] from its JSON: a bar chart of the rows; the table beneath says the same in words.
(() => {
  const dark = () => document.documentElement.getAttribute("data-bs-theme") === "dark";
  const draw = async (place) => {
    const { header, rows } = await (await fetch(place.dataset.chart)).json();
    const chart = echarts.init(place, dark() ? "dark" : null, { renderer: "svg" });
    chart.setOption({
      backgroundColor: "transparent",
      aria: { enabled: true },
      tooltip: { trigger: "axis" },
      legend: { bottom: 0 },
      grid: { left: 40, right: 10, top: 20, bottom: 60 },
      xAxis: { type: "category", data: rows.map((row) => row[0]) },
      yAxis: { type: "value", minInterval: 1 },
      series: header.slice(1).map((name, index) => ({ name, type: "bar", data: rows.map((row) => row[index + 1]) })),
    });
    addEventListener("resize", () => chart.resize());
  };
  addEventListener("DOMContentLoaded", () => document.querySelectorAll("[data-chart]").forEach(draw));
})();
