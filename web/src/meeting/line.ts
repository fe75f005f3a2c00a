// One-line commands: what they mean is shown while one types; they wait for contact like everything else.
import { find, why } from "../page";
import type { Part, Room } from "./room";

interface Says { says?: string; wrong?: string }
interface Waiting { id: string; line: string }

const COMMAND = /^\s*\/[a-zæøå]+(\s|$)/i;

export class OneLine implements Part {
  readonly item: string;
  private readonly input: HTMLInputElement;
  private readonly preview: HTMLElement;
  private readonly area: HTMLTextAreaElement | null;
  private queue: Waiting[] = [];
  private timer = 0;
  private sending = false;
  private asked = 0;

  constructor(private readonly form: HTMLFormElement, private readonly room: Room) {
    const card = form.closest<HTMLElement>("[data-item]")!;
    this.item = card.dataset["item"] ?? "";
    this.input = find<HTMLInputElement>("input[name=line]", form)!;
    this.preview = find(".live-preview", form)!;
    this.area = find<HTMLTextAreaElement>("[data-text] textarea", card);
    const begins = find("[data-begins]", form);
    if (begins) begins.hidden = false;
    begins?.addEventListener("click", (event) => this.start(event));
    this.input.addEventListener("input", () => this.look(this.input.value));
    form.addEventListener("submit", (event) => { event.preventDefault(); this.note(this.input.value.trim()); });
    this.area?.addEventListener("input", () => this.look(this.lineAtCaret()));
    this.area?.addEventListener("keydown", (event) => this.entered(event));
    find<HTMLInputElement>("[data-photo] input[type=file]", card)?.addEventListener("change", (event) => {
      (event.target as HTMLInputElement).form?.requestSubmit();
    });
    this.queue = JSON.parse(localStorage.getItem(this.store) ?? "[]") as Waiting[];
    if (this.queue.length) void this.send();
  }

  private get store(): string {
    return `${this.room.key}:${this.item}/lines`;
  }

  waiting(): number {
    return this.queue.length;
  }

  private start(event: Event): void {
    const chosen = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-begin]") : null;
    if (!chosen) return;
    const rest = this.input.value.replace(COMMAND, "").trimStart();
    this.input.value = `${chosen.dataset["begin"] ?? ""}${rest}`;
    this.input.focus();
    this.look(this.input.value);
  }

  private lineAtCaret(): string {
    if (!this.area) return "";
    const before = this.area.value.slice(0, this.area.selectionStart);
    const from = before.lastIndexOf("\n") + 1;
    return this.area.value.slice(from).split("\n")[0] ?? "";
  }

  // Enter at a line that begins with a command notes it and takes it out of the text.
  private entered(event: KeyboardEvent): void {
    const line = this.lineAtCaret();
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || !COMMAND.test(line) || this.area?.readOnly) return;
    event.preventDefault();
    this.note(line.trim(), line);
  }

  private look(line: string): void {
    window.clearTimeout(this.timer);
    if (!COMMAND.test(line)) return this.show({});
    this.timer = window.setTimeout(() => void this.read(line), 200);
  }

  private async read(line: string): Promise<void> {
    const turn = ++this.asked;
    const answer = await fetch(`${this.form.action}?${new URLSearchParams({ line })}`, { headers: { Accept: "application/json", "HX-Request": "true" } }).catch(() => null);
    if (turn === this.asked && answer?.ok) this.show(await answer.json() as Says);
  }

  private show(said: Says): void {
    this.preview.textContent = said.wrong ?? said.says ?? "";
    this.preview.dataset["wrong"] = said.wrong ? "yes" : "no";
    this.input.toggleAttribute("aria-invalid", Boolean(said.wrong) && this.input.value !== "");
  }

  private note(line: string, typed?: string): void {
    if (!line) return;
    window.clearTimeout(this.timer);
    this.asked += 1;
    this.queue.push({ id: crypto.randomUUID(), line });
    this.keep();
    if (typed === undefined) this.input.value = "";
    else this.takeOut(typed);
    this.show({});
    void this.send();
  }

  private takeOut(line: string): void {
    if (!this.area) return;
    const before = this.area.value.slice(0, this.area.selectionStart);
    const from = before.lastIndexOf("\n") + 1;
    const after = this.area.value.slice(from + line.length + 1);
    this.area.value = this.area.value.slice(0, from) + after;
    this.area.setSelectionRange(from, from);
    this.area.dispatchEvent(new Event("input", { bubbles: true }));
  }

  private keep(): void {
    if (this.queue.length) localStorage.setItem(this.store, JSON.stringify(this.queue));
    else localStorage.removeItem(this.store);
    this.room.say();
  }

  async send(): Promise<void> {
    if (this.sending) return;
    this.sending = true;
    for (let first = this.queue[0]; first; first = this.queue[0]) {
      const answer = await this.room.post(this.form.action, { id: first.id, line: first.line });
      if (!answer) {
        this.show({ wrong: this.room.word("lineWaits") });
        break;
      }
      this.queue.shift();
      this.keep();
      const said = await answer.json().catch(() => ({ wrong: why(answer) })) as Says;
      this.show(said);
      // What was not understood goes back to be put right; nothing one wrote disappears.
      if (!answer.ok) this.input.value = this.input.value ? `${first.line} ${this.input.value}` : first.line;
    }
    this.sending = false;
    this.room.soon();
  }
}
