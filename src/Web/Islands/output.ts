// The partial output of a running task, merged by step and attempt, and the progress of its steps.

const maxOutput = 200_000;

interface Output { attempt: number; text: string; }

export class LiveOutput {
  private readonly outputs = new Map<number, Output>();

  constructor(private readonly page: HTMLElement) { }

  /** Writes a part of a step's output: it replaces everything from the offset on. Output of another attempt starts anew. */
  write(step: number, attempt: number, offset: number, text: string): void {
    const before = this.outputs.get(step);
    const kept = before?.attempt === attempt ? before.text.slice(0, offset) : "";
    this.outputs.set(step, { attempt, text: (kept + text).slice(0, maxOutput) });
    this.render([...this.outputs].filter(each => each[1].text.length > 0).sort((a, b) => a[0] - b[0])
      .map(([id, each]) => this.outputs.size > 1 ? `Step ${id}\n${each.text}` : each.text).join("\n\n"));
  }

  /** Clears the output of an attempt that was lost. The server shows it with the attempt. */
  lose(step: number): void {
    const output = this.outputs.get(step);
    if (!output || output.text.length === 0) return;
    this.outputs.set(step, { attempt: output.attempt + 1, text: "" });
    this.render("");
  }

  /** Shows the progress of a step; a percentage that is not a number stays as it was. */
  progress(step: number, percent: unknown, message: string): void {
    const status = step === 1 ? this.page.querySelector<HTMLElement>("[data-status]") : null;
    if (status) status.textContent = message;
    const place = this.page.querySelector<HTMLElement>(`[data-step-progress="${step}"]`);
    if (!place) return;
    if (typeof percent === "number") {
      let bar = place.querySelector("progress");
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

  private render(whole: string): void {
    const place = this.page.querySelector<HTMLElement>("[data-output]");
    if (!place) return;
    place.hidden = whole.length === 0;
    const follows = place.scrollTop + place.clientHeight >= place.scrollHeight - 8;
    place.textContent = whole;
    if (follows) place.scrollTop = place.scrollHeight;
    const empty = this.page.querySelector<HTMLElement>("[data-output-empty]");
    if (empty) empty.hidden = whole.length > 0;
    const attempt = Math.max(1, ...[...this.outputs.values()].map(each => each.attempt));
    const note = this.page.querySelector<HTMLElement>("[data-output-attempt]");
    const number = note?.querySelector("span");
    if (note && number && attempt > 1) {
      note.hidden = false;
      number.textContent = String(attempt);
    }
  }
}
