import { follow } from "./sse.js";

// A client of one SignalR server stream, in the JSON protocol over a WebSocket: connects, requests the stream from the
// reader's cursor, and reconnects from there after every interruption. Where WebSockets are blocked it uses server-sent events.

export interface TaskUpdate {
  readonly sequence: number;
  readonly at: string;
  readonly type: string;
  readonly stepId?: number | string | null;
  readonly data: Record<string, unknown>;
  readonly transient?: boolean;
}

export type Connection = "connecting" | "live" | "reconnecting" | "offline" | "ended" | "refused";

export interface Reader {
  /** The sequence of the last update that the reader has. */
  cursor(): number;
  take(update: TaskUpdate): void;
  state(connection: Connection, retryInSeconds?: number): void;
}

interface Message {
  readonly type?: number;
  readonly item?: TaskUpdate;
  readonly error?: string;
}

const separator = "\u001e";
const delays = [0.5, 1, 2, 3, 5];
const pingEvery = 10_000;
const silentAfter = 40_000;
const socketTries = 2;
// Errors that retrying cannot resolve.
const refusals = /HubException: (not_found|share_not_found|invalid|forbidden|unauthorized)\b/;

export class TaskStream {
  private socket: WebSocket | null = null;
  private stopEvents: (() => void) | null = null;
  private socketWorks = false;
  private failures = 0;
  private timer = 0;
  private pulse = 0;
  private heard = 0;
  private closed = false;
  private readonly wake = () => this.retryNow();

  constructor(private readonly taskId: string, private readonly reader: Reader) {
    window.addEventListener("online", this.wake);
    document.addEventListener("visibilitychange", this.wake);
    this.open();
  }

  close(): void {
    this.closed = true;
    window.removeEventListener("online", this.wake);
    document.removeEventListener("visibilitychange", this.wake);
    this.drop();
  }

  private open(): void {
    this.drop();
    this.reader.state(this.failures === 0 ? "connecting" : "reconnecting");
    if (!this.socketWorks && this.failures >= socketTries) this.openEvents();
    else this.openSocket();
  }

  private openEvents(): void {
    this.stopEvents = follow(this.taskId, this.reader.cursor(), {
      open: () => { this.failures = socketTries; this.reader.state("live"); },
      take: (update) => this.reader.take(update),
      end: () => this.finish("ended"),
      lost: () => this.lost(),
    });
  }

  private openSocket(): void {
    const address = new URL("/hubs/tasks", location.href);
    address.protocol = address.protocol === "https:" ? "wss:" : "ws:";
    const socket = new WebSocket(address);
    this.socket = socket;
    this.heard = performance.now();
    let open = false;
    socket.onopen = () => socket.send(`{"protocol":"json","version":1}${separator}`);
    socket.onclose = () => { if (this.socket === socket) this.lost(); };
    socket.onmessage = (event: MessageEvent<string>) => {
      this.heard = performance.now();
      for (const text of event.data.split(separator)) {
        if (text.length === 0 || this.socket !== socket) continue;
        const message = JSON.parse(text) as Message;
        if (!open) {
          if (message.error !== undefined) { socket.close(); return; }
          open = true;
          const watch = { type: 4, invocationId: "1", target: "Watch", arguments: [this.taskId, this.reader.cursor()] };
          socket.send(JSON.stringify(watch) + separator);
          this.failures = 0;
          this.socketWorks = true;
          this.reader.state("live");
        } else {
          this.handle(message);
        }
      }
    };
    this.pulse = window.setInterval(() => {
      if (performance.now() - this.heard > silentAfter) socket.close();
      else if (open && socket.readyState === WebSocket.OPEN) socket.send(`{"type":6}${separator}`);
    }, pingEvery);
  }

  private handle(message: Message): void {
    switch (message.type) {
      case 2:
        if (message.item) this.reader.take(message.item);
        break;
      case 3:
        if (message.error === undefined) this.finish("ended");
        else if (refusals.test(message.error)) this.finish("refused");
        else this.lost();
        break;
      case 7:
        this.lost();
        break;
      default:
        break;
    }
  }

  private finish(state: Connection): void {
    this.close();
    this.reader.state(state);
  }

  private lost(): void {
    if (this.closed) return;
    this.drop();
    const base = delays[Math.min(this.failures, delays.length - 1)] ?? 5;
    this.failures++;
    // With jitter, so that not everyone reconnects to a restarted server at once.
    const wait = base * (0.75 + Math.random() / 2);
    this.reader.state(navigator.onLine ? "reconnecting" : "offline", wait);
    this.timer = window.setTimeout(() => this.open(), wait * 1000);
  }

  private retryNow(): void {
    if (!this.closed && this.timer !== 0 && document.visibilityState === "visible") this.open();
  }

  private drop(): void {
    window.clearTimeout(this.timer);
    window.clearInterval(this.pulse);
    this.timer = 0;
    this.stopEvents?.();
    this.stopEvents = null;
    const socket = this.socket;
    this.socket = null;
    socket?.close();
  }
}
