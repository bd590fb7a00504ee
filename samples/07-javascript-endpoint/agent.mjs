// An agent behind an HTTP endpoint, with nothing but Node's standard library. It answers 202 and tells the result later.
import { createHmac, timingSafeEqual } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";

const platform = (process.env.ORKESTRON_ADDRESS ?? "http://localhost:5080").replace(/\/$/, "");
const key = process.env.ORKESTRON_API_KEY ?? "";
const provider = process.env.ORKESTRON_PROVIDER ?? "acme";
const port = Number(process.env.PORT ?? 8602);
// Where the platform reaches this process: https://... on a real host, this machine for development.
const origin = (process.env.ORIGIN ?? `http://localhost:${port}`).replace(/\/$/, "");
const state = process.env.STATE ?? fileURLToPath(new URL("endpoint.json", import.meta.url));
const maxBody = 1_048_576;

const agent = {
  version: "1.0.0",
  title: "Reverser",
  summary: "Turns a text around, and takes its time.",
  country: "DE",
  skills: ["text"],
  price: { perCall: "0.001", perThousandCharacters: "0", callBudget: "0" },
  endpoint: `${origin}/reverse`,
  inputSchema: {
    type: "object",
    properties: { text: { type: "string", title: "Text", maxLength: 100000 } },
    required: ["text"],
    additionalProperties: false,
  },
  outputSchema: { type: "object", properties: { text: { type: "string" } }, required: ["text"] },
  examples: [{ title: "A word", input: { text: "stressed" } }],
};

let endpoint = { token: "", secret: "" };
// What was taken over, by its webhook-id: the same call again must not be worked on twice.
const taken = new Map();

/** Whether the platform signed this body, with a secret of ours, within the last five minutes. */
function verified(headers, body) {
  const id = headers["webhook-id"] ?? "";
  const stamp = headers["webhook-timestamp"] ?? "";
  if (!/^\d+$/.test(stamp) || Math.abs(Date.now() / 1000 - Number(stamp)) > 300) {
    return false;
  }
  const secret = Buffer.from(endpoint.secret.replace(/^whsec_/, ""), "base64");
  const wanted = createHmac("sha256", secret).update(`${id}.${stamp}.`).update(body).digest();
  // Two signatures come while a secret is rotated: either will do.
  return (headers["webhook-signature"] ?? "").split(" ").some((given) => {
    const [version, signature] = given.split(",");
    const bytes = Buffer.from(signature ?? "", "base64");
    return version === "v1" && bytes.length === wanted.length && timingSafeEqual(bytes, wanted);
  });
}

/** Tells something of a step until the platform has it. */
async function tell(callback, event) {
  for (let wait = 500; ; wait = Math.min(wait * 2, 30_000)) {
    try {
      const answer = await fetch(callback, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(event),
      });
      if (answer.status < 500 && answer.status !== 429) {
        return answer.ok;
      }
    } catch {
      // The platform is away: it keeps the step until its deadline.
    }
    await new Promise((done) => setTimeout(done, wait));
  }
}

async function work(call) {
  const letters = [...call.input.text];
  await tell(call.callback, { type: "progress", percent: 50, message: `${letters.length} letters` });
  await tell(call.callback, { type: "result", output: { text: letters.reverse().join("") } });
}

async function read(request) {
  const parts = [];
  let size = 0;
  for await (const part of request) {
    size += part.length;
    if (size > maxBody) {
      return null;
    }
    parts.push(part);
  }
  return Buffer.concat(parts);
}

function answer(response, status, type, body) {
  response.writeHead(status, { "content-type": type }).end(body);
}

const server = createServer(async (request, response) => {
  if (request.method === "GET" && request.url === "/.well-known/orkestron-challenge") {
    return answer(response, 200, "text/plain", endpoint.token);
  }
  const body = await read(request);
  if (body === null || !verified(request.headers, body)) {
    return answer(response, 401, "application/problem+json", JSON.stringify({ detail: "The signature is not valid." }));
  }
  const call = JSON.parse(body);
  if (call.type !== "step.canceled" && !call.callback) {
    const detail = "This agent answers later, and the platform gave no address to call back.";
    return answer(response, 501, "application/problem+json", JSON.stringify({ detail }));
  }
  const id = request.headers["webhook-id"];
  if (call.type !== "step.canceled" && !taken.has(id)) {
    taken.set(id, Date.now());
    if (taken.size > 10_000) {
      taken.delete(taken.keys().next().value);
    }
    work(call);
  }
  answer(response, 202, "application/json", "{}");
});

async function ask(method, path, body) {
  const answered = await fetch(`${platform}/api/v1/${path}`, {
    method,
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (answered.status === 409 && path.endsWith("/endpoints")) {
    return null;
  }
  if (!answered.ok) {
    throw new Error(`${method} ${path} was answered ${answered.status}: ${await answered.text()}`);
  }
  return answered.json();
}

/** The token and the secret: kept in a file, because the platform shows the secret once. */
async function register() {
  if (existsSync(state)) {
    return JSON.parse(readFileSync(state, "utf8"));
  }
  const made =
    (await ask("POST", `providers/${provider}/endpoints`, { origin })) ??
    (await ask("POST", `providers/${provider}/endpoints/${origin.split("://")[1]}/rotate-secret`, {}));
  const known = { token: made.endpoint.challenge.token, secret: made.secret };
  writeFileSync(state, JSON.stringify(known), { mode: 0o600 });
  return known;
}

if (!key) {
  console.error("Set ORKESTRON_API_KEY to a key with the scope 'publish'.");
  process.exit(1);
}
endpoint = await register();
await new Promise((listening) => server.listen(port, "localhost", listening));
await ask("PUT", `agents/${provider}/reverser`, agent);
console.log(`${provider}/reverser is live at ${agent.endpoint}.`);
