// Draws each [data-chart] from the table it names: one truth for eyes, ears and spreadsheets. Drawn anew for another theme.
(() => {
  const dark = () => document.documentElement.getAttribute("data-bs-theme") === "dark";
  const language = document.documentElement.lang || "en";
  const told = (value) => (typeof value === "number" ? value.toLocaleString(language, { maximumFractionDigits: 4 }) : "–");
  const point = told(1.5).charAt(1);
  const number = (cell) => {
    const digits = [...cell.textContent].filter((sign) => /[\d-]/.test(sign) || sign === point).join("");
    return digits ? Number(digits.replace(point, ".")) : null;
  };
  const read = (table) => {
    const heads = [...table.tHead.rows[0].cells];
    const rows = [...table.tBodies[0].rows].map((row) => [...row.cells]);
    const drawn = heads.map((head, index) => ({ head, index })).filter(({ head }) => head.hasAttribute("data-drawn"));
    return {
      names: rows.map((cells) => cells[0].textContent),
      series: drawn.map(({ head, index }) => ({ name: head.textContent, data: rows.map((cells) => number(cells[index])) })),
    };
  };
  const options = (kind, { names, series }) => {
    const ink = dark() ? "#cfd6de" : "#3d4855";
    const long = names.some((name) => name.length > 14) && kind !== "line";
    const text = { type: "category", data: names, axisLabel: { color: ink, width: 150, overflow: "truncate" }, inverse: long };
    const whole = series.every(({ data }) => data.every((one) => one === null || Number.isInteger(one)));
    const value = { type: "value", minInterval: whole ? 1 : 0, axisLabel: { color: ink, formatter: told } };
    return {
      backgroundColor: "transparent",
      aria: { enabled: true },
      tooltip: { trigger: "axis", valueFormatter: told },
      legend: { show: series.length > 1, bottom: 0, type: "scroll", textStyle: { color: ink } },
      grid: { left: 8, right: 24, top: 16, bottom: series.length > 1 ? 36 : 8, containLabel: true },
      xAxis: long ? value : text,
      yAxis: long ? text : value,
      series: series.map((item) => ({
        ...item, type: kind === "line" ? "line" : "bar", stack: kind === "stack" ? "all" : undefined, barMaxWidth: 28,
        showSymbol: false, connectNulls: false,
      })),
    };
  };
  const draw = (place) => {
    const table = document.getElementById(place.dataset.table);
    const former = echarts.getInstanceByDom(place);
    if (former) former.dispose();
    echarts.init(place, dark() ? "dark" : null, { renderer: "svg" }).setOption(options(place.dataset.chart, read(table)));
  };
  const drawAll = (root) => root.querySelectorAll("[data-chart]").forEach(draw);
  addEventListener("DOMContentLoaded", () => {
    drawAll(document);
    document.body.addEventListener("htmx:afterSettle", (event) => drawAll(event.target));
    new MutationObserver(() => drawAll(document)).observe(document.documentElement, { attributeFilter: ["data-bs-theme"] });
  });
  addEventListener("resize", () => document.querySelectorAll("[data-chart]").forEach((place) => echarts.getInstanceByDom(place)?.resize()));
})();
