// Follows one task. The server renders everything; this asks it for what is new after each journaled update and shows
// transient progress and output at once. Timeline rows are told apart by their sequence: none is lost, none shown twice.
import { TaskStream } from "./hub.js";
const refreshEvery = 250;
const announceEvery = 5000;
const maxOutput = 200000;
const words = {
    connecting: "Connecting", live: "Live", reconnecting: "Reconnecting", offline: "Offline", ended: "Complete", refused: "Not followed",
};
class OrkTask extends HTMLElement {
    constructor() {
        super(...arguments);
        this.stream = null;
        this.ticking = 0;
        this.refreshing = false;
        this.stale = false;
        this.refreshTimer = 0;
        this.announced = 0;
        this.outputs = new Map();
    }
    connectedCallback() { this.follow(); }
    disconnectedCallback() { this.leave(); }
    // Navigation between two tasks patches this same element: another id is another stream.
    attributeChangedCallback(_, before, now) {
        if (this.isConnected && before !== null && before !== now) {
            // The rest of the page is patched in the same turn; begin when it stands.
            this.leave();
            queueMicrotask(() => this.follow());
        }
    }
    get taskId() { return this.dataset["id"] ?? ""; }
    cursor() {
        let last = Number(this.querySelector("[data-board]")?.dataset["sequence"] ?? 0);
        for (const row of this.querySelectorAll("[data-timeline] > [data-seq]")) {
            last = Math.max(last, Number(row.dataset["seq"]));
        }
        return last;
    }
    follow() {
        this.leave();
        this.outputs = new Map();
        if (this.dataset["settled"] === "true") {
            this.show("ended");
            return;
        }
        this.stream = new TaskStream(this.taskId, {
            cursor: () => this.cursor(),
            take: update => this.take(update),
            state: (connection, wait) => this.show(connection, wait),
        });
        this.ticking = window.setInterval(() => this.tick(), 1000);
    }
    leave() {
        this.stream?.close();
        this.stream = null;
        window.clearInterval(this.ticking);
        window.clearTimeout(this.refreshTimer);
        this.refreshTimer = 0;
    }
    take(update) {
        if (update.transient !== true) {
            if (update.sequence > this.cursor())
                this.refreshSoon(0);
            return;
        }
        const step = Number(update.stepId ?? 0);
        if (update.type === "step.output")
            this.output(step, Number(update.data["offset"] ?? 0), String(update.data["text"] ?? ""));
        else if (update.type === "step.progress")
            this.progress(step, update.data["percent"], String(update.data["message"] ?? ""));
        else if (update.type === "step.queued")
            this.progress(step, undefined, `Waits in the agent's queue: place ${String(update.data["position"])}.`);
    }
    output(step, offset, text) {
        const whole = ((this.outputs.get(step) ?? "").slice(0, offset) + text).slice(0, maxOutput);
        this.outputs.set(step, whole);
        const place = this.querySelector("[data-output]");
        if (!place)
            return;
        const follows = place.scrollTop + place.clientHeight >= place.scrollHeight - 8;
        place.textContent = [...this.outputs].sort((a, b) => a[0] - b[0])
            .map(([id, each]) => this.outputs.size > 1 ? `Step ${id}\n${each}` : each).join("\n\n");
        if (follows)
            place.scrollTop = place.scrollHeight;
        const empty = this.querySelector("[data-output-empty]");
        if (empty)
            empty.hidden = true;
    }
    progress(step, percent, message) {
        const place = this.querySelector(`[data-step-progress="${step}"]`);
        if (!place)
            return;
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
        if (text)
            text.textContent = message;
    }
    refreshSoon(wait) {
        this.stale = true;
        if (this.refreshing || this.refreshTimer !== 0)
            return;
        this.refreshTimer = window.setTimeout(() => { this.refreshTimer = 0; void this.refresh(); }, wait);
    }
    async refresh() {
        const id = this.taskId;
        this.refreshing = true;
        this.stale = false;
        let wait = refreshEvery;
        try {
            const answer = await fetch(`/tasks/${id}/board?after=${this.cursor()}`, { credentials: "same-origin" });
            if (answer.status === 401) {
                location.reload();
                return;
            }
            if (!answer.ok)
                throw new Error(String(answer.status));
            const html = await answer.text();
            if (id === this.taskId && this.isConnected)
                this.patch(new DOMParser().parseFromString(html, "text/html"));
        }
        catch {
            this.stale = true;
            wait = 2000;
        }
        finally {
            this.refreshing = false;
        }
        if (this.stale && this.isConnected && id === this.taskId)
            this.refreshSoon(wait);
    }
    patch(fresh) {
        const rows = this.querySelector("[data-timeline]");
        const before = this.cursor();
        let last = null;
        for (const row of fresh.querySelectorAll("[data-timeline] > [data-seq]")) {
            if (rows && Number(row.dataset["seq"]) > this.cursor()) {
                last = document.adoptNode(row);
                rows.append(last);
            }
        }
        if (this.cursor() > before)
            this.announce(last?.querySelector(".what")?.textContent ?? "");
        for (const region of fresh.querySelectorAll("[data-region]")) {
            const old = this.querySelector(`[data-region="${region.dataset["region"]}"]`);
            if (old && old.innerHTML !== region.innerHTML)
                this.replace(old, region);
        }
        const strip = this.querySelector("[data-state]");
        if (strip?.dataset["terminal"] === "true") {
            for (const each of this.querySelectorAll("[data-running-only], [data-live]"))
                each.hidden = true;
        }
    }
    // What the reader has opened stays open, and the focus stays where it is.
    replace(old, region) {
        const focused = old.contains(document.activeElement) ? document.activeElement.closest("[id]")?.id : undefined;
        const opened = [...old.querySelectorAll("details[open][id]")].map(each => each.id);
        old.replaceChildren(...[...region.childNodes].map(node => document.adoptNode(node)));
        for (const id of opened)
            document.getElementById(id)?.setAttribute("open", "");
        if (focused !== undefined) {
            const place = document.getElementById(focused);
            (place?.querySelector("summary, a, button") ?? place)?.focus();
        }
    }
    announce(text) {
        const now = performance.now();
        const place = this.querySelector("[data-announce]");
        const terminal = this.querySelector("[data-terminal]") !== null || /^(Completed|Failed|Cancelled|Settled)/.test(text);
        if (!place || (!terminal && now - this.announced < announceEvery))
            return;
        this.announced = now;
        place.textContent = text;
    }
    tick() {
        const place = this.querySelector("[data-elapsed-from]");
        if (!place)
            return;
        const seconds = Math.max(0, (Date.now() - Date.parse(place.dataset["elapsedFrom"] ?? "")) / 1000);
        place.textContent = seconds < 60 ? `${seconds.toFixed(0)} s`
            : seconds < 3600 ? `${Math.floor(seconds / 60)} min ${Math.floor(seconds % 60)} s`
                : `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`;
    }
    show(connection, wait) {
        const place = this.querySelector("[data-connection]");
        if (!place)
            return;
        place.dataset["connection"] = connection;
        const text = wait !== undefined && wait >= 1.5 ? `${words[connection]}, next try in ${Math.round(wait)} s` : words[connection];
        if (place.textContent !== text)
            place.textContent = text;
        // The stream ends when the task is settled; what came last may still be on its way.
        if (connection === "ended" && this.dataset["settled"] !== "true") {
            this.refreshSoon(0);
            window.clearInterval(this.ticking);
        }
    }
}
OrkTask.observedAttributes = ["data-id"];
customElements.define("ork-task", OrkTask);
//# sourceMappingURL=task.js.map