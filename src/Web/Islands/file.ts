// Uploads a file of a run form as soon as it is chosen, and shows the progress. Without this script, or without a session, the
// file is sent with the form.

class OrkFile extends HTMLElement {
  private request: XMLHttpRequest | null = null;
  private form: HTMLFormElement | null = null;

  connectedCallback(): void {
    this.addEventListener("change", this.chosen);
    this.form = this.closest("form");
    this.form?.addEventListener("submit", this.stop);
  }

  disconnectedCallback(): void {
    this.removeEventListener("change", this.chosen);
    this.form?.removeEventListener("submit", this.stop);
    this.stop();
  }

  // A file that is not uploaded by then is sent with the form.
  private readonly stop = () => { this.request?.abort(); };

  private readonly chosen = (event: Event) => {
    const input = event.target;
    if (!(input instanceof HTMLInputElement) || input.type !== "file") return;
    this.stop();
    const file = input.files?.[0];
    if (file && this.closest("[data-signed-in]")) this.upload(input, file);
  };

  private upload(input: HTMLInputElement, file: File): void {
    const request = new XMLHttpRequest();
    this.request = request;
    const bar = this.querySelector<HTMLProgressElement>("[data-file-progress]");
    const show = (on: boolean) => { if (bar) bar.hidden = !on; };
    request.upload.onprogress = progress => {
      if (bar && progress.lengthComputable) bar.value = 100 * progress.loaded / progress.total;
    };
    request.onload = () => {
      show(false);
      if (request.status === 201) this.take(input, JSON.parse(request.responseText) as Record<string, unknown>);
      else if (request.status !== 401) this.say(this.reason(request.responseText));
    };
    request.onerror = () => { show(false); this.say("The upload was interrupted. It is tried again when you run the agent."); };
    request.onabort = () => show(false);
    request.open("POST", `/api/v1/artifacts?name=${encodeURIComponent(file.name)}`);
    request.setRequestHeader("Content-Type", file.type || "application/octet-stream");
    show(true);
    this.say(`Uploading ${file.name}`);
    request.send(file);
  }

  private take(input: HTMLInputElement, artifact: Record<string, unknown>): void {
    const reference = this.querySelector<HTMLInputElement>("[data-reference]");
    if (!reference) return;
    reference.value = `artifact:${String(artifact["id"])}`;
    input.value = "";
    this.say(`${String(artifact["name"])} is uploaded.`);
    this.dispatchEvent(new Event("input", { bubbles: true }));
  }

  private reason(answer: string): string {
    try {
      return String((JSON.parse(answer) as Record<string, unknown>)["detail"] ?? "The file was refused.");
    } catch {
      return "The file was refused.";
    }
  }

  private say(text: string): void {
    const place = this.querySelector("[data-file]");
    if (place) place.textContent = text;
  }
}

customElements.define("ork-file", OrkFile);
