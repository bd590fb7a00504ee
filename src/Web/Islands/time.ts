// Shows times in the viewer's time zone. The server writes them in UTC and says so, which remains without script.

const zone = new Intl.DateTimeFormat().resolvedOptions().timeZone;

const date = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric" });
const minute = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const moment = new Intl.DateTimeFormat("en-GB", {
  hour: "2-digit", minute: "2-digit", second: "2-digit", fractionalSecondDigits: 3, hourCycle: "h23",
});
const whole = new Intl.DateTimeFormat("en-GB", {
  day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23",
  timeZoneName: "short",
});

function show(time: HTMLTimeElement): void {
  const at = new Date(time.dateTime);
  if (Number.isNaN(at.getTime())) return;
  const text = time.dataset["moment"] === "time" ? moment.format(at) : `${date.format(at)}, ${minute.format(at)}`;
  if (time.textContent !== text) time.textContent = text;
  const title = `${whole.format(at)} (${zone})`;
  if (time.title !== title) time.title = title;
}

/** Shows the times within a part of a page in the viewer's time zone. */
export function localise(root: ParentNode): void {
  for (const time of root.querySelectorAll<HTMLTimeElement>("time[data-moment]")) show(time);
  for (const place of root.querySelectorAll<HTMLElement>("[data-zone]")) {
    const text = `Times are in your time zone, ${zone}.`;
    if (place.textContent !== text) place.textContent = text;
  }
}

// Also times that navigation and other scripts add to the page.
new MutationObserver(changes => {
  for (const change of changes) {
    const place = change.target instanceof Element ? change.target : change.target.parentElement;
    const time = place?.closest<HTMLElement>("time[data-moment], [data-zone]");
    if (time?.parentElement) { localise(time.parentElement); continue; }
    for (const added of change.addedNodes) {
      if (added instanceof Element && added.parentElement
        && (added.matches("time, [data-zone]") || added.querySelector("time, [data-zone]"))) {
        localise(added.parentElement);
      }
    }
  }
}).observe(document.documentElement, {
  childList: true, subtree: true, characterData: true, attributes: true, attributeFilter: ["datetime"],
});

localise(document);
