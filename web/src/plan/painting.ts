// One row as it is drawn: its line in the table, its bar in the chart.
import { element } from "../page";
import type { Backdrop } from "./backdrop";
import type { Column } from "./columns";
import type { Hope } from "./hopes";
import { turns } from "./links";
import type { Outline, Row } from "./outline";
import type { Scale } from "./scale";
import type { Speaker } from "./speaker";
import type { Wait } from "./wire";
import { fill } from "./words";

export const ROW = 34;

export interface Look {
  current: number; // uid of the row with the cursor
  column: number;
  chosen: Set<number>;
  cut: Set<number>;
  moved: { uid: number; start: number; finish: number } | null; // a bar being dragged
  hopes: Map<number, Hope>; // rows whose change is on its way to the server
  waits: Map<number, Wait>; // rows that wait for a decision
  baseline: boolean;
  slack: boolean;
}

export interface Slot {
  line: HTMLElement; cells: HTMLElement[]; row: Row | null; drawn: string;
  lane: HTMLElement; bar: HTMLElement; done: HTMLElement; base: HTMLElement; ghost: HTMLElement; slack: HTMLElement; label: HTMLElement; hint: HTMLElement; wait: HTMLElement;
}

export function makeSlot(columns: Column[]): Slot {
  const line = element("div", "plan-row"), lane = element("div", "plan-lane"), bar = element("div", "plan-bar");
  const part = (name: string): HTMLElement => element("span", `plan-${name}`);
  const done = part("done"), base = part("base"), ghost = part("ghost"), slack = part("slack"), label = part("label"), hint = part("hint"), wait = part("wait");
  line.setAttribute("role", "row");
  const cells = columns.map((column, at) => cellFor(at, `plan-cell${column.right ? " is-right" : ""}${column.key === "number" ? " is-number" : ""}`, column.width));
  // The bar's own cell is there for those who cannot see the drawing.
  const said = cellFor(columns.length, "plan-cell ds-sr-only", 0);
  line.append(...cells, said);
  bar.append(done, element("span", "plan-grip is-to"), element("span", "plan-grip is-dot"));
  lane.append(ghost, base, slack, bar, label, wait, hint);
  return { line, cells: [...cells, said], lane, bar, done, base, ghost, slack, label, hint, wait, row: null, drawn: "" };
}

function cellFor(at: number, className: string, width: number): HTMLElement {
  const cell = element("div", className);
  cell.setAttribute("role", "gridcell");
  cell.setAttribute("aria-colindex", String(at + 1));
  if (!width) return cell;
  cell.dataset["column"] = String(at);
  cell.style.width = `${width}px`;
  return cell;
}

export class Painter {
  columns: Column[] = [];

  constructor(
    private readonly outline: Outline, private readonly scale: Scale, private readonly speaker: Speaker,
    private readonly backdrop: Backdrop, private readonly look: Look,
  ) {}

  stamp(row: Row): string {
    const { look } = this, moved = look.moved?.uid === row.uid ? `${look.moved.start}-${look.moved.finish}` : "";
    const own = look.current === row.uid ? look.column : "", hope = look.hopes.get(row.uid);
    return `${own}|${look.chosen.has(row.uid)}|${look.cut.has(row.uid)}|${hope ? JSON.stringify(hope) : ""}|${moved}`;
  }

  paint(slot: Slot, row: Row): void {
    // What somebody types in a row that is to become another one is kept first.
    if (slot.row?.uid !== row.uid) slot.line.querySelector<HTMLInputElement>(".plan-field")?.blur();
    slot.row = row;
    slot.drawn = this.stamp(row);
    const y = `translateY(${row.line * ROW}px)`;
    for (const part of [slot.line, slot.lane]) {
      part.hidden = false;
      part.style.transform = y;
      part.dataset["uid"] = String(row.uid);
      part.dataset["kind"] = row.kind;
      part.dataset["change"] = row.change;
      part.classList.toggle("is-critical", row.isCritical);
      part.classList.toggle("is-current", this.look.current === row.uid);
      part.classList.toggle("is-dim", !row.match || !row.isActive);
      part.classList.toggle("is-waiting", this.look.hopes.has(row.uid));
    }
    this.paintLine(slot, row);
    this.paintBar(slot, row);
  }

  // A mark at the edge for a bar that lies beyond it.
  hint(slot: Slot, left: number, room: number): void {
    const { row, hint } = slot;
    const a = row?.start ?? null, b = row?.finish ?? null;
    const before = b !== null && this.scale.x(b) < left, behind = a !== null && this.scale.x(a) > left + room;
    hint.hidden = !before && !behind;
    slot.lane.classList.toggle("is-away", before); // a name without its bar would only be in the way
    if (hint.hidden) return;
    hint.classList.toggle("is-before", before);
    hint.style.transform = `translateX(${before ? left + 4 : left + room - 20}px)`;
  }

  private paintLine(slot: Slot, row: Row): void {
    const { line, cells } = slot, hope = this.look.hopes.get(row.uid);
    line.id = `plan-row-${row.uid}`;
    line.setAttribute("aria-rowindex", String(row.line + 2));
    line.setAttribute("aria-level", String(row.level));
    line.setAttribute("aria-posinset", String(row.place));
    line.setAttribute("aria-setsize", String(this.outline.siblings(row)));
    line.setAttribute("aria-selected", String(this.look.chosen.has(row.uid)));
    if (row.children) line.setAttribute("aria-expanded", String(this.outline.isOpen(row)));
    else line.removeAttribute("aria-expanded");
    line.classList.toggle("is-cut", this.look.cut.has(row.uid));
    this.columns.forEach((column, at) => {
      const cell = cells[at];
      if (!cell) return;
      cell.id = `plan-cell-${row.uid}-${at}`;
      cell.classList.toggle("is-here", this.look.current === row.uid && this.look.column === at);
      if (cell.classList.contains("is-typed")) return;
      const said = hope?.cells[column.key];
      if (column.tree) this.paintName(cell, row, said ?? row.name);
      else cell.textContent = said ?? column.say(row, this.speaker);
      if (column.key === "start") this.pin(cell, this.speaker.pinned(row));
    });
    const last = cells[this.columns.length];
    if (!last) return;
    last.id = `plan-cell-${row.uid}-${this.columns.length}`;
    last.textContent = this.sentence(row);
  }

  private paintName(cell: HTMLElement, row: Row, text: string): void {
    const space = element("span", "plan-space");
    space.style.width = `${(row.level - 1) * 16}px`;
    const fold = element("span", row.children ? `plan-fold ${this.outline.isOpen(row) ? "is-open" : "is-shut"}` : "plan-fold");
    const name = element("span", row.kind === "summary" ? "plan-name is-summary" : "plan-name", text || this.speaker.word("nameless"));
    cell.replaceChildren(space, fold, name);
    cell.title = text;
  }

  private pin(cell: HTMLElement, why: string): void {
    if (!why) return;
    const mark = element("span", "plan-pin");
    mark.title = why;
    mark.append(element("span", "ds-sr-only", why));
    cell.prepend(mark);
  }

  private sentence(row: Row): string {
    const parts = [`${this.speaker.day(row.start)} – ${this.speaker.day(row.finish)}`];
    if (row.isCritical) parts.push(this.speaker.word("critical"));
    if (row.change) parts.push(this.speaker.word(row.change));
    const wait = this.look.waits.get(row.uid);
    if (wait) parts.push(fill(this.speaker.word("waits"), { text: wait.text }));
    return parts.join(", ");
  }

  private paintBar(slot: Slot, row: Row): void {
    const { bar, label, lane } = slot;
    const shift = this.look.moved?.uid === row.uid ? this.look.moved : this.look.hopes.get(row.uid);
    const start = shift?.start ?? row.start, finish = shift?.finish ?? row.finish;
    bar.hidden = label.hidden = start === null || finish === null;
    lane.classList.toggle("is-barred", this.look.current === row.uid && this.look.column === this.columns.length);
    this.maybe(slot.base, this.look.baseline, row.baseStart, row.baseFinish);
    this.mark(slot.wait, this.look.waits.get(row.uid));
    this.maybe(slot.ghost, true, row.wasStart, row.wasFinish);
    const isFree = this.look.slack && row.kind !== "summary" && (row.slack ?? 0) > 0 && row.percent < 100;
    const until = isFree && finish !== null ? this.backdrop.later(finish, (row.slack ?? 0) / this.speaker.hours.day) : null;
    this.maybe(slot.slack, isFree, finish, until);
    if (start === null || finish === null) return;
    this.span(bar, start, finish);
    slot.done.style.width = `${row.percent}%`;
    const beyond = turns(row, this.outline.after(row.uid), (uid) => this.outline.get(uid), this.scale);
    label.style.transform = `translateX(${this.scale.x(Math.max(finish, until ?? 0)) + Math.max(row.kind === "milestone" ? 13 : 8, beyond + 6)}px)`;
    label.textContent = row.kind === "milestone" ? `${row.name} ${this.speaker.day(row.finish)}` : row.responsible || (row.kind === "summary" ? row.name : "");
  }

  // The day a decision is needed by; the mark leads to its case.
  private mark(part: HTMLElement, wait: Wait | undefined): void {
    part.hidden = !wait;
    if (!wait) return;
    part.title = wait.text;
    part.dataset["address"] = wait.address;
    part.style.transform = `translateX(${this.scale.x(wait.at)}px)`;
  }

  private maybe(part: HTMLElement, wanted: boolean, start: number | null, finish: number | null): void {
    part.hidden = !wanted || start === null || finish === null;
    if (!part.hidden) this.span(part, start as number, finish as number);
  }

  private span(part: HTMLElement, start: number, finish: number): void {
    part.style.transform = `translateX(${this.scale.x(start)}px)`;
    part.style.width = `${Math.max(this.scale.x(finish) - this.scale.x(start), 3)}px`;
  }
}
