import type { TaskUpdate } from "./hub.js";
import { localise } from "./time.js";

// The rows of a task's timeline. The server renders them. Of updates that change nothing else on the page the script makes the
// row itself, with the sentences that the server put into the page: TimelineRow.razor and EventText.cs.

type Sentence = readonly [tone: string, text: string];

export class Timeline {
  private readonly sentences: Readonly<Record<string, Sentence>>;

  constructor(private readonly page: HTMLElement) {
    this.sentences = JSON.parse(page.dataset["sentences"] ?? "{}") as Record<string, Sentence>;
  }

  /** The sequence of the last update shown. */
  get sequence(): number {
    const board = Number(this.page.querySelector<HTMLElement>("[data-board]")?.dataset["sequence"] ?? 0);
    const last = this.rows?.lastElementChild;
    return Math.max(board, last instanceof HTMLElement ? Number(last.dataset["seq"] ?? 0) : 0);
  }

  /** Adds the row of an update without the server, if it is the next one and changes nothing else; returns its sentence. */
  fold(update: TaskUpdate): string | null {
    const sentence = this.sentences[update.type];
    if (!sentence || !this.rows || update.sequence !== this.sequence + 1) return null;
    const [tone, template] = sentence;
    const text = template.replace("{step}", String(update.stepId ?? ""));
    this.rows.append(row(update, tone, text));
    localise(this.rows.lastElementChild!);
    return text;
  }

  /** Adds the rows of a board that the server rendered; returns the sentence of the last one that is new. */
  add(board: ParentNode): string | null {
    let text: string | null = null;
    for (const each of board.querySelectorAll<HTMLElement>("[data-timeline] > [data-seq]")) {
      if (!this.rows || Number(each.dataset["seq"]) <= this.sequence) continue;
      this.rows.append(document.adoptNode(each));
      text = each.querySelector(".what")?.textContent ?? "";
    }
    return text;
  }

  private get rows(): HTMLElement | null { return this.page.querySelector<HTMLElement>("[data-timeline]"); }
}

function row(update: TaskUpdate, tone: string, text: string): HTMLElement {
  const at = element("time", {});
  at.dateTime = update.at;
  at.dataset["moment"] = "time";
  const summary = element("summary", {}, element("span", { className: "seq" }, String(update.sequence)), " ", at, " ",
    element("span", { className: "what" }, text));
  const details = element("details", { id: `event-${update.sequence}` }, summary, " ",
    element("pre", { className: "wrap-text" }, JSON.stringify(update, null, 2)));
  const item = element("li", { className: tone }, details);
  item.dataset["seq"] = String(update.sequence);
  return item;
}

function element<K extends keyof HTMLElementTagNameMap>(
  name: K, properties: { id?: string; className?: string }, ...children: (Node | string)[]): HTMLElementTagNameMap[K] {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}
