"""An agent behind an HTTP endpoint, with nothing but Python's standard library.

It registers its origin, proves that it is its own, publishes the agent, and answers signed calls with a stream of lines.
"""
import base64
import hashlib
import hmac
import json
import os
import sys
import threading
import time
import urllib.error
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PLATFORM = os.environ.get("ORKESTRON_ADDRESS", "http://localhost:5080").rstrip("/")
KEY = os.environ.get("ORKESTRON_API_KEY", "")
PROVIDER = os.environ.get("ORKESTRON_PROVIDER", "acme")
PORT = int(os.environ.get("PORT", "8601"))
# Where the platform reaches this process: https://... on a real host, this machine for development.
ORIGIN = os.environ.get("ORIGIN", f"http://localhost:{PORT}").rstrip("/")
STATE = os.environ.get("STATE", os.path.join(os.path.dirname(os.path.abspath(__file__)), "endpoint.json"))
MAX_BODY = 1_048_576
MAX_FILE = 20_971_520
endpoint = {"token": "", "secret": ""}

AGENT = {
    "version": "1.1.0",
    "title": "Word counter",
    "summary": "Counts the words of a text and of a file, one line at a time.",
    "country": "DE",
    "skills": ["counting"],
    "price": {"perCall": "0.001", "perThousandCharacters": "0", "callBudget": "0"},
    "endpoint": f"{ORIGIN}/count",
    "inputSchema": {
        "type": "object",
        "properties": {
            "text": {"type": "string", "title": "Text", "maxLength": 100000},
            "file": {"type": "string", "title": "Text file", "format": "artifact"},
        },
        "additionalProperties": False,
    },
    "outputSchema": {"type": "object", "properties": {"words": {"type": "integer"}}, "required": ["words"]},
    "examples": [{"title": "A greeting", "input": {"text": "Good morning, world."}}],
}


def verified(headers, body):
    """Whether the platform signed this body, with a secret of ours, within the last five minutes."""
    message, stamp = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    if not stamp.isdigit() or abs(time.time() - int(stamp)) > 300:
        return False
    secret = base64.b64decode(endpoint["secret"].removeprefix("whsec_"))
    wanted = base64.b64encode(hmac.new(secret, f"{message}.{stamp}.".encode() + body, hashlib.sha256).digest()).decode()
    # Two signatures come while a secret is rotated: either will do.
    return any(
        hmac.compare_digest(f"v1,{wanted}", given) for given in headers.get("webhook-signature", "").split(" ")
    )


def read(url):
    """A file of the call: its address is the right to it, while this step runs."""
    with urllib.request.urlopen(url, timeout=8) as answer:
        return answer.read(MAX_FILE).decode("utf-8", errors="replace")


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path == "/.well-known/orkestron-challenge":
            self.answer(200, "text/plain", endpoint["token"].encode())
        else:
            self.answer(404, "text/plain", b"")

    def do_POST(self):
        length = self.headers.get("Content-Length", "")
        if not length.isdigit() or int(length) > MAX_BODY:
            return self.problem(413, "The body is too large.")
        body = self.rfile.read(int(length))
        if not verified(self.headers, body):
            return self.problem(401, "The signature is not valid.")
        call = json.loads(body)
        if call.get("type") == "step.canceled":
            return self.answer(200, "application/json", b"{}")
        text = call["input"].get("text", "") + "".join("\n" + read(file["url"]) for file in call.get("files", []))
        if not text.strip():
            return self.problem(422, "There are no words.")
        self.send_response(200)
        self.send_header("Content-Type", "application/x-ndjson")
        self.end_headers()
        self.count(text.splitlines())

    def count(self, lines):
        words = 0
        for number, line in enumerate(lines, 1):
            words += len(line.split())
            self.tell(type="progress", percent=100 * number / len(lines), message=f"{words} words so far")
        self.tell(type="result", output={"words": words})

    def tell(self, **event):
        self.wfile.write(json.dumps(event).encode() + b"\n")
        self.wfile.flush()

    def problem(self, status, detail):
        self.answer(status, "application/problem+json", json.dumps({"status": status, "detail": detail}).encode())

    def answer(self, status, kind, body):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def call(method, path, body):
    request = urllib.request.Request(
        f"{PLATFORM}/api/v1/{path}",
        method=method,
        data=json.dumps(body).encode(),
        headers={"Authorization": f"Bearer {KEY}", "Content-Type": "application/json"},
    )
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as error:
        if error.code == 409 and path.endswith("/endpoints"):
            return None
        sys.exit(f"{method} {path} was answered {error.code}: {error.read().decode()}")


def register():
    """The token and the secret: kept in a file, because the platform shows the secret once."""
    if os.path.exists(STATE):
        with open(STATE, encoding="utf-8") as file:
            return json.load(file)
    made = call("POST", f"providers/{PROVIDER}/endpoints", {"origin": ORIGIN})
    if made is None:
        host = ORIGIN.split("://")[1]
        made = call("POST", f"providers/{PROVIDER}/endpoints/{host}/rotate-secret", {})
    known = {"token": made["endpoint"]["challenge"]["token"], "secret": made["secret"]}
    with open(os.open(STATE, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        json.dump(known, file)
    return known


def main():
    if not KEY:
        sys.exit("Set ORKESTRON_API_KEY to a key with the scope 'publish'.")
    endpoint.update(register())
    server = ThreadingHTTPServer(("127.0.0.1", PORT), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    call("PUT", f"agents/{PROVIDER}/word-counter", AGENT)
    print(f"{PROVIDER}/word-counter is live at {AGENT['endpoint']}.", flush=True)
    try:
        threading.Event().wait()
    except KeyboardInterrupt:
        server.shutdown()


if __name__ == "__main__":
    main()
