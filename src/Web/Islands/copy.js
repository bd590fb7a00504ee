"use strict";
// A button that copies the text beside it. Without script the text can be selected as ever.
class OrkCopy extends HTMLElement {
    connectedCallback() {
        if (this.querySelector("button") !== null || !("clipboard" in navigator))
            return;
        const button = document.createElement("button");
        button.type = "button";
        button.className = "copy";
        button.textContent = "Copy";
        const name = this.querySelector("pre")?.getAttribute("aria-label");
        if (name)
            button.setAttribute("aria-label", `Copy ${name}`);
        button.addEventListener("click", () => void this.copy(button));
        this.prepend(button);
    }
    async copy(button) {
        try {
            await navigator.clipboard.writeText(this.querySelector("code")?.textContent ?? "");
            button.textContent = "Copied";
        }
        catch {
            button.textContent = "Not allowed";
        }
        window.setTimeout(() => { button.textContent = "Copy"; }, 2000);
    }
}
customElements.define("ork-copy", OrkCopy);
//# sourceMappingURL=copy.js.map