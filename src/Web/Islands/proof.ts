// Computes the proof of work that creating an account may need: a number such that SHA-256 of "seed.number" begins with a
// given number of zero bits. The browser's own SHA-256 answers each hash by a promise, which is slower than this, and is not
// available over http.

const constants = new Uint32Array(64);
const initial = new Uint32Array(8);
const words = new Uint32Array(64);
const atOnce = 4_000;

// The first 32 bits of the fractions of roots of the first primes.
(() => {
  let found = 0;
  for (let n = 2; found < 64; n++) {
    let prime = true;
    for (let by = 2; by * by <= n; by++) if (n % by === 0) prime = false;
    if (!prime) continue;
    if (found < 8) initial[found] = fraction(Math.sqrt(n));
    constants[found++] = fraction(Math.cbrt(n));
  }
})();

function fraction(root: number): number {
  return (root - Math.floor(root)) * 0x1_0000_0000;
}

function rotate(word: number, by: number): number {
  return (word >>> by) | (word << (32 - by));
}

/** The first 32 bits of SHA-256 of ASCII text of at most 55 characters: one block. */
export function hash32(text: string): number {
  words.fill(0, 0, 16);
  for (let i = 0; i < text.length; i++) words[i >> 2]! |= text.charCodeAt(i) << (24 - 8 * (i & 3));
  words[text.length >> 2]! |= 0x80 << (24 - 8 * (text.length & 3));
  words[15] = text.length * 8;
  for (let i = 16; i < 64; i++) {
    const early = words[i - 15]!, late = words[i - 2]!;
    words[i] = words[i - 16]! + words[i - 7]!
      + (rotate(early, 7) ^ rotate(early, 18) ^ (early >>> 3)) + (rotate(late, 17) ^ rotate(late, 19) ^ (late >>> 10));
  }
  let a = initial[0]! | 0, b = initial[1]! | 0, c = initial[2]! | 0, d = initial[3]! | 0;
  let e = initial[4]! | 0, f = initial[5]! | 0, g = initial[6]! | 0, h = initial[7]! | 0;
  for (let i = 0; i < 64; i++) {
    const one = (h + (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)) + ((e & f) ^ (~e & g)) + constants[i]! + words[i]!) | 0;
    const two = ((rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g; g = f; f = e; e = (d + one) | 0;
    d = c; c = b; b = a; a = (one + two) | 0;
  }
  return (initial[0]! + a) >>> 0;
}

class OrkProof extends HTMLElement {
  // When a form is answered with itself, the page is patched and the same element gets another seed.
  static readonly observedAttributes = ["data-seed"];

  private seed = "";

  connectedCallback(): void {
    this.begin();
  }

  attributeChangedCallback(): void {
    if (this.isConnected) this.begin();
  }

  disconnectedCallback(): void {
    this.seed = "";
  }

  private begin(): void {
    const seed = this.dataset["seed"] ?? "";
    if (seed === this.seed) return;
    this.seed = seed;
    this.solve(seed, Number(this.dataset["bits"]), 0);
  }

  // In parts, so that the page stays responsive on slow devices.
  private solve(seed: string, bits: number, from: number): void {
    if (seed !== this.seed || !(bits >= 0 && bits <= 32)) return;
    for (let number = from; number < from + atOnce; number++) {
      if (Math.clz32(hash32(`${seed}.${number}`)) < bits) continue;
      const input = this.querySelector("input");
      const notice = this.querySelector("p");
      if (input) input.value = `${this.dataset["ticket"]}.${number}`;
      if (notice) notice.hidden = true;
      this.dataset["solved"] = "true";
      return;
    }
    window.setTimeout(() => this.solve(seed, bits, from + atOnce));
  }
}

customElements.define("ork-proof", OrkProof);
