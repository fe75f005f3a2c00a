// What goes to the server and what comes back: one operation after another, kept until it is answered.
import { csrf, quietly } from "../page";
import type { Answer, Operation, Sent } from "./wire";

export type Said = "saving" | "saved" | "offline" | "stale";
interface Waiting { operation: Operation; uids: number[]; history: "do" | "undo" | "redo"; how: How; tries: number }
export type How = "" | "propose" | "draft"; // what to do when somebody else decides: ask first, or what was answered
interface Step { edits: unknown[] }

export interface Desk {
  plan(sent: Sent, uids: number[]): boolean; // false when it differs from a revision that is not here
  state(said: Said, count: number): void;
  refused(why: string): void;
  settled(): void;
  isTyping(): boolean; // then nothing is drawn anew that need not be
  told(sentence: string): void;
  ask(because: string): Promise<How>;
  drafted(address: string): void;
  proposed(answer: Answer): void;
}

const PAUSE = 5_000;

export class Office {
  revision = 0;
  private queue: Waiting[] = [];
  private busy = false;
  private undone: Step[] = [];
  private done: Step[] = [];
  private failures = 0;
  private timer = 0;
  private steps: Sent["steps"];

  constructor(private readonly rows: string, private readonly operations: string, private readonly desk: Desk) {
    document.addEventListener("visibilitychange", () => { if (!document.hidden) void this.look(); });
    window.addEventListener("online", () => void this.send());
    window.addEventListener("beforeunload", (event) => { if (this.queue.length) event.preventDefault(); });
  }

  get mayUndo(): boolean { return this.steps?.undo ?? this.done.length > 0; }
  get mayRedo(): boolean { return this.steps?.redo ?? this.undone.length > 0; }
  get waiting(): readonly { operation: Operation; uids: number[] }[] { return this.queue; }

  async open(): Promise<void> {
    await this.fetchAnew();
    this.later();
  }

  private async fetchAnew(): Promise<void> {
    const answer = await fetch(this.rows, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(String(answer.status));
    await this.take(await answer.json() as Sent, []);
  }

  submit(operation: Operation, uids: number[], history: Waiting["history"] = "do"): void {
    this.queue.push({ operation, uids, history, how: "", tries: 0 });
    this.desk.state("saving", this.queue.length);
    void this.send();
  }

  undo(): void {
    if (this.steps) { if (this.mayUndo) this.submit({ do: "undo" }, []); return; }
    const step = this.done.pop();
    if (step) this.submit({ do: "edits", edits: step.edits }, [], "undo");
  }

  redo(): void {
    if (this.steps) { if (this.mayRedo) this.submit({ do: "redo" }, []); return; }
    const step = this.undone.pop();
    if (step) this.submit({ do: "edits", edits: step.edits }, [], "redo");
  }

  private async send(): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    for (let one = this.queue[0]; one; one = this.queue[0]) {
      const answer = await this.post(one);
      if (!answer) { this.wait(); break; }
      if (!await this.settle(one, answer)) continue;
      this.queue.shift();
      this.desk.settled();
    }
    this.busy = false;
    if (!this.queue.length) this.desk.state("saved", 0);
  }

  private async post(one: Waiting): Promise<Response | null> {
    const body = JSON.stringify({ base_revision: this.revision, operation: one.operation, propose: one.how === "propose", ...(one.how === "draft" ? { draft: true } : {}) });
    const headers = { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": csrf() };
    const answer = await fetch(this.operations, { method: "POST", body, headers }).catch(() => null);
    return answer && answer.status < 500 ? answer : null;
  }

  private wait(): void {
    this.failures += 1;
    this.desk.state("offline", this.queue.length);
    window.setTimeout(() => void this.send(), Math.min(30_000, 1_000 * 2 ** this.failures));
  }

  // True when the operation is over and done with.
  private async settle(one: Waiting, response: Response): Promise<boolean> {
    this.failures = 0;
    if (response.status === 409) return this.retry(one, response);
    const answer = await response.json().catch(() => ({})) as Answer & { error?: string };
    if (!response.ok) {
      this.desk.refused(answer.error ?? "");
      return true;
    }
    if (answer.outcome === "ask") {
      one.how = await this.desk.ask(answer.because ?? "");
      return !one.how;
    }
    if (answer.outcome === "drafted") this.desk.drafted(answer.address ?? "");
    if (answer.outcome === "proposed") this.desk.proposed(answer);
    if (answer.plan) await this.record(one, answer);
    return true;
  }

  // Somebody else was first: what was meant is tried once more on the plan as it is now.
  private async retry(one: Waiting, response: Response): Promise<boolean> {
    const { error } = await response.json().catch(() => ({})) as { error?: string };
    await this.fetchWhole();
    one.tries += 1;
    if (one.tries < 3 && one.operation.do !== "edits") return false;
    this.desk.refused(error ?? "");
    this.desk.state("stale", 0);
    return true;
  }

  private async record(one: Waiting, answer: Answer): Promise<void> {
    if (answer.undo) {
      if (one.history === "undo") this.undone.push({ edits: answer.undo });
      else this.done.push({ edits: answer.undo });
      if (one.history === "do") this.undone = [];
    }
    if (answer.said) this.desk.told(answer.said);
    await this.take(answer.plan as Sent, answer.uids ?? one.uids);
  }

  private async take(sent: Sent, uids: number[]): Promise<void> {
    this.steps = sent.steps;
    if (!this.desk.plan(sent, uids)) return this.fetchAnew();
    this.revision = sent.revision;
  }

  private async fetchWhole(): Promise<void> {
    const answer = await quietly(`${this.rows}?since=${this.revision}`, { headers: { Accept: "application/json" } }).catch(() => null);
    if (answer?.status === 200) {
      this.done = [];
      this.undone = [];
      await this.take(await answer.json() as Sent, []);
    }
  }

  private later(): void {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.look(), PAUSE * (0.9 + Math.random() * 0.2));
  }

  // Has somebody else changed the plan?
  async look(): Promise<void> {
    if (document.hidden) return;
    if (!this.busy && !this.queue.length && !this.desk.isTyping()) await this.fetchWhole();
    this.later();
  }
}
