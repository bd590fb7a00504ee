"use strict";
// Keeps the price and the code beside a run form in step with what is typed. The server computes both.
const wait = 400;
const largest = 100000;
class OrkRun extends HTMLElement {
    constructor() {
        super(...arguments);
        this.timer = 0;
        this.request = null;
        this.typed = () => {
            window.clearTimeout(this.timer);
            this.timer = window.setTimeout(() => void this.ask(), wait);
        };
    }
    connectedCallback() { this.addEventListener("input", this.typed); }
    disconnectedCallback() {
        this.removeEventListener("input", this.typed);
        window.clearTimeout(this.timer);
        this.request?.abort();
    }
    async ask() {
        const form = this.querySelector("form");
        const address = this.dataset["preview"];
        if (!form || address === undefined)
            return;
        const body = new URLSearchParams();
        let size = 0;
        for (const [name, value] of new FormData(form)) {
            if (typeof value !== "string" || name === "_handler")
                continue;
            size += value.length;
            body.append(name, value);
        }
        if (size > largest)
            return;
        this.request?.abort();
        this.request = new AbortController();
        try {
            const answer = await fetch(address, { method: "POST", body, credentials: "same-origin", signal: this.request.signal });
            if (!answer.ok)
                return;
            const preview = await answer.json();
            for (const place of this.querySelectorAll("[data-preview-of]")) {
                place.textContent = preview[place.dataset["previewOf"] ?? ""] ?? place.textContent;
            }
            for (const name of ["curl", "csharp", "javascript"]) {
                const place = this.querySelector(`#code-${name} code`);
                if (place && preview[name] !== undefined)
                    place.textContent = preview[name];
            }
        }
        catch {
            // The button "Update the price" does the same without this.
        }
    }
}
customElements.define("ork-run", OrkRun);
//# sourceMappingURL=run.js.map