// What grows on a task's page while the task runs: the elapsed time, and the open bars and the scale of the steps.

/** A duration as the server formats it. */
function format(milliseconds: number, digits: number): string {
  const seconds = milliseconds / 1_000;
  return seconds < 60 ? `${seconds.toFixed(digits)} s`
    : seconds < 3_600 ? `${Math.floor(seconds / 60)} min ${Math.floor(seconds % 60)} s`
      : `${Math.floor(seconds / 3_600)} h ${Math.floor(seconds / 60 % 60)} min`;
}

export class PageClock {
  private chart: HTMLElement | null = null;
  private chartSince = 0;

  constructor(private readonly page: HTMLElement) { }

  tick(): void {
    this.grow();
    const place = this.page.querySelector<HTMLElement>("[data-elapsed-from]");
    if (place) place.textContent = format(Math.max(0, Date.now() - Date.parse(place.dataset["elapsedFrom"] ?? "")), 0);
  }

  private grow(): void {
    const chart = this.page.querySelector<HTMLElement>("[data-waterfall][data-running]");
    if (!chart) return;
    const now = performance.now();
    if (chart !== this.chart) { this.chart = chart; this.chartSince = now; }
    const span = Number(chart.dataset["waterfall"]) + now - this.chartSince;
    for (const lane of chart.querySelectorAll("svg.spans")) lane.setAttribute("viewBox", `0 0 ${span.toFixed(0)} 10`);
    for (const bar of chart.querySelectorAll("rect[data-open]")) {
      bar.setAttribute("width", Math.max(span / 250, span - Number(bar.getAttribute("x"))).toFixed(0));
    }
    for (const tick of chart.querySelectorAll<HTMLElement>("[data-tick]")) {
      const at = Number(tick.dataset["tick"]) * span;
      tick.textContent = at < 1_000 ? `${at.toFixed(0)} ms` : format(at, 1);
    }
  }
}
