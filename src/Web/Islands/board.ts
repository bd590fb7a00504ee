import { localise } from "./time.js";

// The parts of a task's page that the server renders anew when the task changes.

/** Replaces the regions of the page that differ from those of a board that the server rendered. */
export function patchRegions(page: HTMLElement, board: ParentNode): void {
  localise(board);
  for (const region of board.querySelectorAll<HTMLElement>("[data-region]")) {
    const old = page.querySelector<HTMLElement>(`[data-region="${region.dataset["region"]}"]`);
    // A form must keep what is typed into it, so it changes with its version only.
    const same = old?.dataset["version"] === undefined
      ? old?.innerHTML === region.innerHTML
      : old.dataset["version"] === region.dataset["version"];
    if (old && !same) replace(old, region);
  }
  const strip = page.querySelector<HTMLElement>("[data-state]");
  if (strip?.dataset["title"]) document.title = strip.dataset["title"];
  if (strip?.dataset["terminal"] === "true") {
    for (const each of page.querySelectorAll<HTMLElement>("[data-running-only], [data-live]")) each.hidden = true;
  }
}

// What the reader has opened stays open, and the focus stays where it is.
function replace(old: HTMLElement, region: HTMLElement): void {
  const focused = old.contains(document.activeElement)
    ? (document.activeElement as HTMLElement).closest<HTMLElement>("[id]")?.id
    : undefined;
  const folds = [...old.querySelectorAll<HTMLDetailsElement>("details[id]")].map(each => ({ id: each.id, open: each.open }));
  if (region.dataset["version"] !== undefined) old.dataset["version"] = region.dataset["version"];
  old.replaceChildren(...[...region.childNodes].map(node => document.adoptNode(node)));
  for (const { id, open } of folds) document.getElementById(id)?.toggleAttribute("open", open);
  if (focused !== undefined) {
    const place = document.getElementById(focused);
    (place?.querySelector<HTMLElement>("summary, a, button") ?? place)?.focus();
  }
}
