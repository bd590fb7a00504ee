// Follows one task. Progress and output are shown as they come. Updates that only add to the timeline are added here; for all
// others the page asks the server for the board, which renders everything. The timeline's sequence says what was seen: no update
// is lost, and none is shown twice.

import { patchRegions } from "./board.js";
import { PageClock } from "./clock.js";
import { type Connection, type TaskUpdate, TaskStream } from "./hub.js";
import { LiveOutput } from "./output.js";
import { Timeline } from "./timeline.js";

const refreshEvery = 250;
const retryAfter = 2_000;
const announceEvery = 5_000;

const connections: Record<Connection, string> = {
  connecting: "Connecting", live: "Live", reconnecting: "Reconnecting", offline: "Offline", ended: "Finished", refused: "Not followed",
};

// The transient update that corresponds to a state that the server rendered.
const updateOfState: Readonly<Record<string, string>> = { away: "step.away", queued: "step.queued", working: "step.progress" };

class OrkTask extends HTMLElement {
  static readonly observedAttributes = ["data-id"];

  private stream: TaskStream | null = null;
  private timeline = new Timeline(this);
  private output = new LiveOutput(this);
  private clock = new PageClock(this);
  private ticking = 0;
  private refreshing = false;
  private refreshTimer = 0;
  // What the server must be asked for: the state as of a sequence at least, or now.
  private needed = 0;
  private stale = false;
  private announced = 0;
  private waits = new Map<number, string>();

  connectedCallback(): void { this.follow(); }

  disconnectedCallback(): void { this.leave(); }

  // Navigation between two tasks patches this same element: another id is another stream.
  attributeChangedCallback(_: string, before: string | null, now: string | null): void {
    if (this.isConnected && before !== null && before !== now) {
      // The rest of the page is patched in the same turn.
      this.leave();
      queueMicrotask(() => this.follow());
    }
  }

  private get taskId(): string { return this.dataset["id"] ?? ""; }

  private follow(): void {
    this.leave();
    this.timeline = new Timeline(this);
    this.output = new LiveOutput(this);
    this.clock = new PageClock(this);
    this.waits = new Map();
    [this.needed, this.stale] = [0, false];
    if (this.dataset["settled"] === "true") { this.show("ended"); return; }
    this.stream = new TaskStream(this.taskId, {
      cursor: () => this.timeline.sequence,
      take: update => this.take(update),
      state: (connection, wait) => this.show(connection, wait),
    });
    this.ticking = window.setInterval(() => this.clock.tick(), 1000);
  }

  private leave(): void {
    this.stream?.close();
    this.stream = null;
    window.clearInterval(this.ticking);
    window.clearTimeout(this.refreshTimer);
    this.refreshTimer = 0;
  }

  private take(update: TaskUpdate): void {
    if (update.transient === true) { this.takeTransient(update); return; }
    if (update.type === "step.lost") this.output.lose(Number(update.stepId ?? 0));
    if (update.sequence <= this.timeline.sequence) return;
    const text = this.timeline.fold(update);
    if (text !== null) { this.announce(text); return; }
    this.needed = Math.max(this.needed, update.sequence);
    this.refreshSoon(0);
  }

  private takeTransient(update: TaskUpdate): void {
    const step = Number(update.stepId ?? 0);
    if (update.type === "step.output") {
      this.output.write(step, Number(update.data["attempt"] ?? 1), Number(update.data["offset"] ?? 0), String(update.data["text"] ?? ""));
      return;
    }
    if (update.type === "step.progress") {
      this.output.progress(step, update.data["percent"], String(update.data["message"] ?? ""));
    } else if (update.type === "step.queued") {
      this.output.progress(step, undefined, `Position ${String(update.data["position"])} in the queue.`);
    }
    // What a step waits for is described by the server, which is asked when that changes.
    const known = this.waits.get(step);
    const before = known ?? this.rendered(step);
    this.waits.set(step, update.type);
    if (before === update.type || (known === undefined && update.type === "step.progress" && before !== "step.away")) return;
    this.stale = true;
    this.refreshSoon(0);
  }

  private rendered(step: number): string | undefined {
    return updateOfState[this.querySelector<HTMLElement>(`[data-step="${step}"]`)?.dataset["shown"] ?? ""];
  }

  private refreshSoon(wait: number): void {
    if (this.refreshing || this.refreshTimer !== 0) return;
    this.refreshTimer = window.setTimeout(() => { this.refreshTimer = 0; void this.refresh(); }, wait);
  }

  private async refresh(): Promise<void> {
    const id = this.taskId;
    const from = this.timeline.sequence;
    this.refreshing = true;
    this.stale = false;
    let wait = refreshEvery;
    try {
      const answer = await fetch(`/tasks/${id}/board?after=${from}`, { credentials: "same-origin" });
      if (answer.status === 401) { location.reload(); return; }
      if (!answer.ok) throw new Error(String(answer.status));
      const html = await answer.text();
      if (id === this.taskId && this.isConnected) this.patch(new DOMParser().parseFromString(html, "text/html"));
    } catch {
      this.stale = true;
      wait = retryAfter;
    } finally {
      this.refreshing = false;
    }
    const behind = this.needed > this.timeline.sequence;
    if (behind && this.timeline.sequence === from) wait = retryAfter;
    if ((behind || this.stale) && this.isConnected && id === this.taskId) this.refreshSoon(wait);
  }

  private patch(board: Document): void {
    const text = this.timeline.add(board);
    if (text !== null) this.announce(text);
    patchRegions(this, board);
  }

  private announce(text: string): void {
    const now = performance.now();
    const place = this.querySelector("[data-announce]");
    const terminal = this.querySelector("[data-terminal]") !== null || /^(Finished|Failed|Stopped)/.test(text);
    if (!place || (!terminal && now - this.announced < announceEvery)) return;
    this.announced = now;
    place.textContent = text;
  }

  private show(connection: Connection, wait?: number): void {
    const place = this.querySelector<HTMLElement>("[data-connection]");
    if (!place) return;
    place.dataset["connection"] = connection;
    const label = connections[connection];
    const text = wait !== undefined && wait >= 1.5 ? `${label}, next try in ${Math.round(wait)} s` : label;
    if (place.textContent !== text) place.textContent = text;
    // The stream ends when the task is settled; the last changes may not be shown yet.
    if (connection === "ended" && this.dataset["settled"] !== "true") {
      this.stale = true;
      this.refreshSoon(0);
      window.clearInterval(this.ticking);
    }
  }
}

customElements.define("ork-task", OrkTask);
