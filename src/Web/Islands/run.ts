// Updates the price and the code beside a run form while the user types. The server computes both.

const wait = 400;
const largest = 100_000;

class OrkRun extends HTMLElement {
  private timer = 0;
  private request: AbortController | null = null;

  connectedCallback(): void {
    this.addEventListener("input", this.typed);
    this.addEventListener("submit", this.stop);
  }

  disconnectedCallback(): void {
    this.removeEventListener("input", this.typed);
    this.removeEventListener("submit", this.stop);
    this.stop();
  }

  // Also when the form is sent: that may start a session, after which the form's antiforgery token is no longer valid.
  private readonly stop = () => {
    window.clearTimeout(this.timer);
    this.request?.abort();
  };

  private readonly typed = () => {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.ask(), wait);
  };

  private async ask(): Promise<void> {
    const form = this.querySelector("form");
    const address = this.dataset["preview"];
    if (!form || address === undefined) return;
    const body = new URLSearchParams();
    let size = 0;
    for (const [name, value] of new FormData(form)) {
      if (typeof value !== "string" || name === "_handler") continue;
      size += value.length;
      body.append(name, value);
    }
    if (size > largest) return;
    this.request?.abort();
    this.request = new AbortController();
    try {
      const answer = await fetch(address, { method: "POST", body, credentials: "same-origin", signal: this.request.signal });
      if (!answer.ok) return;
      const preview = await answer.json() as Record<string, string>;
      for (const place of this.querySelectorAll<HTMLElement>("[data-preview-of]")) {
        place.textContent = preview[place.dataset["previewOf"] ?? ""] ?? place.textContent;
      }
      for (const name of ["curl", "python", "javascript", "csharp"]) {
        const place = this.querySelector(`#code-${name} code`);
        if (place && preview[name] !== undefined) place.textContent = preview[name];
      }
    } catch {
      // The button "Update the price" does the same without this.
    }
  }
}

customElements.define("ork-run", OrkRun);
