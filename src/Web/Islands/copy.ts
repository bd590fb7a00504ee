// A button that copies the text beside it. The server renders it, the style shows it once this is loaded: navigation
// patches the page and would take out what a script had put in.

class OrkCopy extends HTMLElement {
  constructor() {
    super();
    this.addEventListener("click", event => {
      if (event.target instanceof HTMLButtonElement) void this.copy(event.target);
    });
  }

  private async copy(button: HTMLButtonElement): Promise<void> {
    let text = "Copied";
    try {
      await navigator.clipboard.writeText(this.querySelector("code")?.textContent ?? "");
    } catch {
      text = "Not allowed";
    }
    button.textContent = text;
    window.setTimeout(() => { button.textContent = "Copy"; }, 2_000);
  }
}

customElements.define("ork-copy", OrkCopy);
