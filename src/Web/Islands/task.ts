// Follows one task. The server renders everything; this asks it for what is new after each journaled update and shows
// transient progress and output at once. Timeline rows are told apart by their sequence: none is lost, none shown twice.

import { type Connection, type TaskUpdate, TaskStream } from "./hub.js";
import { localise } from "./time.js";

const refreshEvery = 250;
const announceEvery = 5_000;
const maxOutput = 200_000;

const words: Record<Connection, string> = {
  connecting: "Connecting", live: "Live", reconnecting: "Reconnecting", offline: "Offline", ended: "Finished", refused: "Not followed",
};

// As the server writes it.
function lasting(milliseconds: number, digits: number): string {
  const seconds = milliseconds / 1_000;
  return seconds < 60 ? `${seconds.toFixed(digits)} s`
    : seconds < 3_600 ? `${Math.floor(seconds / 60)} min ${Math.floor(seconds % 60)} s`
      : `${Math.floor(seconds / 3_600)} h ${Math.floor(seconds / 60 % 60)} min`;
}

interface Output { attempt: number; text: string; }

class OrkTask extends HTMLElement {
  static readonly observedAttributes = ["data-id"];

  private stream: TaskStream | null = null;
  private ticking = 0;
  private refreshing = false;
  private stale = false;
  private refreshTimer = 0;
  private announced = 0;
  private chart: HTMLElement | null = null;
  private chartSince = 0;
  private outputs = new Map<number, Output>();
  private waits = new Map<number, string>();

  connectedCallback(): void { this.follow(); }

  disconnectedCallback(): void { this.leave(); }

  // Navigation between two tasks patches this same element: another id is another stream.
  attributeChangedCallback(_: string, before: string | null, now: string | null): void {
    if (this.isConnected && before !== null && before !== now) {
      // The rest of the page is patched in the same turn; begin when it stands.
      this.leave();
      queueMicrotask(() => this.follow());
    }
  }

  private get taskId(): string { return this.dataset["id"] ?? ""; }

  private cursor(): number {
    let last = Number(this.querySelector<HTMLElement>("[data-board]")?.dataset["sequence"] ?? 0);
    for (const row of this.querySelectorAll<HTMLElement>("[data-timeline] > [data-seq]")) {
      last = Math.max(last, Number(row.dataset["seq"]));
    }
    return last;
  }

  private follow(): void {
    this.leave();
    this.outputs = new Map();
    this.waits = new Map();
    if (this.dataset["settled"] === "true") { this.show("ended"); return; }
    this.stream = new TaskStream(this.taskId, {
      cursor: () => this.cursor(),
      take: update => this.take(update),
      state: (connection, wait) => this.show(connection, wait),
    });
    this.ticking = window.setInterval(() => this.tick(), 1000);
  }

  private leave(): void {
    this.stream?.close();
    this.stream = null;
    window.clearInterval(this.ticking);
    window.clearTimeout(this.refreshTimer);
    this.refreshTimer = 0;
  }

  private take(update: TaskUpdate): void {
    if (update.transient !== true) {
      if (update.sequence > this.cursor()) this.refreshSoon(0);
      if (update.type === "step.lost") this.lose(Number(update.stepId ?? 0));
      return;
    }

    const step = Number(update.stepId ?? 0);
    if (update.type === "step.output") {
      this.output(step, Number(update.data["attempt"] ?? 1), Number(update.data["offset"] ?? 0), String(update.data["text"] ?? ""));
    } else if (update.type === "step.progress") {
      this.progress(step, update.data["percent"], String(update.data["message"] ?? ""));
    } else if (update.type === "step.queued") {
      this.progress(step, undefined, `Place ${String(update.data["position"])} in the queue.`);
    }
    // Whom it waits for is told in words by the server: asked for when that changes.
    if (update.type !== "step.output" && this.waits.get(step) !== update.type) {
      const known = this.waits.has(step) || update.type !== "step.progress";
      this.waits.set(step, update.type);
      if (known) this.refreshSoon(0);
    }
  }

  // What an attempt wrote is no part of the next one's: the server shows it with the attempt.
  private lose(step: number): void {
    const output = this.outputs.get(step);
    if (!output || output.text.length === 0) return;
    this.outputs.set(step, { attempt: output.attempt + 1, text: "" });
    this.showOutput("");
  }

  private output(step: number, attempt: number, offset: number, text: string): void {
    const before = this.outputs.get(step);
    const kept = before?.attempt === attempt ? before.text.slice(0, offset) : "";
    this.outputs.set(step, { attempt, text: (kept + text).slice(0, maxOutput) });
    this.showOutput([...this.outputs].filter(each => each[1].text.length > 0).sort((a, b) => a[0] - b[0])
      .map(([id, each]) => this.outputs.size > 1 ? `Step ${id}\n${each.text}` : each.text).join("\n\n"));
  }

  private showOutput(whole: string): void {
    const place = this.querySelector<HTMLElement>("[data-output]");
    if (!place) return;
    place.hidden = whole.length === 0;
    const follows = place.scrollTop + place.clientHeight >= place.scrollHeight - 8;
    place.textContent = whole;
    if (follows) place.scrollTop = place.scrollHeight;
    const empty = this.querySelector<HTMLElement>("[data-output-empty]");
    if (empty) empty.hidden = whole.length > 0;
    const attempt = Math.max(1, ...[...this.outputs.values()].map(each => each.attempt));
    const said = this.querySelector<HTMLElement>("[data-output-attempt]");
    const number = said?.querySelector("span");
    if (said && number && attempt > 1) {
      said.hidden = false;
      number.textContent = String(attempt);
    }
  }

  private progress(step: number, percent: unknown, message: string): void {
    const status = step === 1 ? this.querySelector<HTMLElement>("[data-status]") : null;
    if (status) status.textContent = message;
    const place = this.querySelector<HTMLElement>(`[data-step-progress="${step}"]`);
    if (!place) return;
    let bar = place.querySelector("progress");
    if (typeof percent === "number") {
      if (!bar) {
        bar = document.createElement("progress");
        bar.max = 100;
        bar.setAttribute("aria-label", `Progress of step ${step}`);
        place.prepend(bar);
      }
      bar.value = percent;
    }
    const text = place.querySelector("span");
    if (text) text.textContent = message;
  }

  private refreshSoon(wait: number): void {
    this.stale = true;
    if (this.refreshing || this.refreshTimer !== 0) return;
    this.refreshTimer = window.setTimeout(() => { this.refreshTimer = 0; void this.refresh(); }, wait);
  }

  private async refresh(): Promise<void> {
    const id = this.taskId;
    this.refreshing = true;
    this.stale = false;
    let wait = refreshEvery;
    try {
      const answer = await fetch(`/tasks/${id}/board?after=${this.cursor()}`, { credentials: "same-origin" });
      if (answer.status === 401) { location.reload(); return; }
      if (!answer.ok) throw new Error(String(answer.status));
      const html = await answer.text();
      if (id === this.taskId && this.isConnected) this.patch(new DOMParser().parseFromString(html, "text/html"));
    } catch {
      this.stale = true;
      wait = 2_000;
    } finally {
      this.refreshing = false;
    }
    if (this.stale && this.isConnected && id === this.taskId) this.refreshSoon(wait);
  }

  private patch(fresh: Document): void {
    localise(fresh);
    const rows = this.querySelector("[data-timeline]");
    const before = this.cursor();
    let last: Element | null = null;
    for (const row of fresh.querySelectorAll<HTMLElement>("[data-timeline] > [data-seq]")) {
      if (rows && Number(row.dataset["seq"]) > this.cursor()) {
        last = document.adoptNode(row);
        rows.append(last);
      }
    }
    if (this.cursor() > before) this.announce(last?.querySelector(".what")?.textContent ?? "");
    for (const region of fresh.querySelectorAll<HTMLElement>("[data-region]")) {
      const old = this.querySelector<HTMLElement>(`[data-region="${region.dataset["region"]}"]`);
      // A form that stands must keep what is typed: it changes with its version only.
      const same = old?.dataset["version"] === undefined
        ? old?.innerHTML === region.innerHTML
        : old.dataset["version"] === region.dataset["version"];
      if (old && !same) this.replace(old, region);
    }
    const strip = this.querySelector<HTMLElement>("[data-state]");
    if (strip?.dataset["title"]) document.title = strip.dataset["title"];
    if (strip?.dataset["terminal"] === "true") {
      for (const each of this.querySelectorAll<HTMLElement>("[data-running-only], [data-live]")) each.hidden = true;
    }
  }

  // What the reader has opened stays open, and the focus stays where it is.
  private replace(old: HTMLElement, region: HTMLElement): void {
    const focused = old.contains(document.activeElement) ? (document.activeElement as HTMLElement).closest<HTMLElement>("[id]")?.id : undefined;
    const folds = [...old.querySelectorAll<HTMLDetailsElement>("details[id]")].map(each => ({ id: each.id, open: each.open }));
    if (region.dataset["version"] !== undefined) old.dataset["version"] = region.dataset["version"];
    old.replaceChildren(...[...region.childNodes].map(node => document.adoptNode(node)));
    for (const { id, open } of folds) document.getElementById(id)?.toggleAttribute("open", open);
    if (focused !== undefined) {
      const place = document.getElementById(focused);
      (place?.querySelector<HTMLElement>("summary, a, button") ?? place)?.focus();
    }
  }

  private announce(text: string): void {
    const now = performance.now();
    const place = this.querySelector("[data-announce]");
    const terminal = this.querySelector("[data-terminal]") !== null || /^(Finished|Failed|Stopped|Settled)/.test(text);
    if (!place || (!terminal && now - this.announced < announceEvery)) return;
    this.announced = now;
    place.textContent = text;
  }

  // Open bars and their scale grow between what the server sends.
  private grow(): void {
    const chart = this.querySelector<HTMLElement>("[data-waterfall][data-running]");
    if (!chart) return;
    const now = performance.now();
    if (chart !== this.chart) { this.chart = chart; this.chartSince = now; }
    const span = Number(chart.dataset["waterfall"]) + now - this.chartSince;
    for (const lane of chart.querySelectorAll("svg.spans")) lane.setAttribute("viewBox", `0 0 ${span.toFixed(0)} 10`);
    for (const bar of chart.querySelectorAll("rect[data-open]")) {
      bar.setAttribute("width", Math.max(span / 250, span - Number(bar.getAttribute("x"))).toFixed(0));
    }
    for (const mark of chart.querySelectorAll<HTMLElement>("[data-tick]")) {
      const at = Number(mark.dataset["tick"]) * span;
      mark.textContent = at < 1_000 ? `${at.toFixed(0)} ms` : lasting(at, 1);
    }
  }

  private tick(): void {
    this.grow();
    const place = this.querySelector<HTMLElement>("[data-elapsed-from]");
    if (!place) return;
    place.textContent = lasting(Math.max(0, Date.now() - Date.parse(place.dataset["elapsedFrom"] ?? "")), 0);
  }

  private show(connection: Connection, wait?: number): void {
    const place = this.querySelector<HTMLElement>("[data-connection]");
    if (!place) return;
    place.dataset["connection"] = connection;
    const text = wait !== undefined && wait >= 1.5 ? `${words[connection]}, next try in ${Math.round(wait)} s` : words[connection];
    if (place.textContent !== text) place.textContent = text;
    // The stream ends when the task is settled; what came last may still be on its way.
    if (connection === "ended" && this.dataset["settled"] !== "true") {
      this.refreshSoon(0);
      window.clearInterval(this.ticking);
    }
  }
}

customElements.define("ork-task", OrkTask);
