// After navigation within the site the focus is on the heading of the new page. Where a form led there, its button is gone and
// took the focus along: without this the next Tab would begin at the end of the page.

interface Navigator { addEventListener(name: "enhancedload", listener: () => void): void; }

declare global {
  interface Window { Blazor?: Navigator; }
}

let path = location.pathname;

window.Blazor?.addEventListener("enhancedload", () => requestAnimationFrame(() => {
  const moved = path !== location.pathname;
  path = location.pathname;
  if (!moved || (document.activeElement !== null && document.activeElement !== document.body)) return;
  const heading = document.querySelector<HTMLElement>("h1");
  if (heading) {
    heading.tabIndex = -1;
    heading.focus();
  }
}));

export { };
