// The same stream as server-sent events: for networks whose proxies let no WebSocket through. The browser reconnects by
// itself, with the id of the last event.

import type { TaskUpdate } from "./hub.js";

export interface EventsReader {
  open(): void;
  take(update: TaskUpdate): void;
  end(): void;
  lost(): void;
}

/** Follows a task after a sequence; returns how to stop. */
export function follow(taskId: string, after: number, reader: EventsReader): () => void {
  const source = new EventSource(`/api/v1/tasks/${encodeURIComponent(taskId)}/events?after=${after}`);
  source.onopen = () => reader.open();
  source.onmessage = (event: MessageEvent<string>) => reader.take(JSON.parse(event.data) as TaskUpdate);
  source.addEventListener("end", () => reader.end());
  source.onerror = () => reader.lost();
  return () => source.close();
}
