// What is drawn: the table on the left, the bars on the right, in one scroller with rows that are used again.
import { element } from "../page";
import { Backdrop } from "./backdrop";
import type { Column } from "./columns";
import type { Place } from "./links";
import type { Outline, Row } from "./outline";
import { type Look, makeSlot, Painter, ROW, type Slot } from "./painting";
import type { Scale } from "./scale";
import type { Speaker } from "./speaker";

export const HEAD = 52;
const SPARE = 6;

export class Panes {
  readonly grid = element("div", "plan-scroll");
  readonly bars = element("div", "plan-bars");
  readonly rows = element("div", "plan-rows");
  readonly backdrop: Backdrop;
  private readonly sizer = element("div", "plan-sizer");
  private readonly head = element("div", "plan-head");
  private readonly titles = element("div", "plan-titles");
  private readonly painter: Painter;
  private slots: Slot[] = [];
  private columns: Column[] = [];
  private left = 0;

  constructor(
    private readonly host: HTMLElement, private readonly outline: Outline, private readonly scale: Scale,
    private readonly speaker: Speaker, readonly look: Look,
  ) {
    this.backdrop = new Backdrop(scale);
    this.painter = new Painter(outline, scale, speaker, this.backdrop, look);
    this.grid.setAttribute("role", "treegrid");
    this.grid.tabIndex = 0;
    this.grid.setAttribute("aria-label", speaker.word("label"));
    this.grid.setAttribute("aria-multiselectable", "true");
    this.head.setAttribute("role", "row");
    this.head.setAttribute("aria-rowindex", "1");
    this.titles.setAttribute("role", "presentation");
    this.backdrop.axis.setAttribute("role", "columnheader");
    this.backdrop.axis.setAttribute("aria-label", speaker.word("axis"));
    this.rows.setAttribute("role", "rowgroup");
    this.bars.setAttribute("aria-hidden", "true");
    this.head.append(this.titles, this.backdrop.axis);
    this.sizer.append(this.head, this.backdrop.canvas, this.bars, this.rows);
    this.grid.append(this.sizer);
    host.append(this.grid);
  }

  // The room for bars beside the table.
  get room(): number {
    return this.grid.clientWidth - this.left;
  }

  private get first(): number {
    return Math.max(0, Math.floor(this.grid.scrollTop / ROW) - SPARE);
  }

  // Columns, zoom or rows have changed: everything is measured anew.
  layout(columns: Column[]): void {
    if (columns !== this.columns) this.setColumns(columns);
    const height = this.outline.lines.length * ROW;
    this.sizer.style.width = `${this.left + this.scale.width}px`;
    this.sizer.style.height = `${HEAD + height}px`;
    this.grid.setAttribute("aria-rowcount", String(this.outline.lines.length + 1));
    this.backdrop.forget();
    this.draw(true);
  }

  draw(anew = false): void {
    const first = this.first, { scrollTop, scrollLeft, clientHeight } = this.grid, room = this.room;
    const last = Math.min(this.outline.lines.length - 1, Math.ceil((scrollTop + clientHeight) / ROW) + SPARE);
    while (this.slots.length < last - first + 1) this.addSlot();
    const used = new Set<Slot>();
    for (let line = first; line <= last; line++) {
      const slot = this.slots[line % this.slots.length], row = this.outline.lines[line];
      if (!slot || !row) continue;
      used.add(slot);
      if (anew || slot.row !== row || slot.drawn !== this.painter.stamp(row)) this.painter.paint(slot, row);
      this.painter.hint(slot, scrollLeft, room);
    }
    for (const slot of this.slots) if (!used.has(slot)) { slot.line.hidden = slot.lane.hidden = true; slot.row = null; }
    const seen = { first, last, rowHeight: ROW, left: scrollLeft, room, height: this.outline.lines.length * ROW };
    this.backdrop.draw(seen, this.outline.crossing(first, last), (uid) => this.place(uid));
    this.point();
  }

  get isTyping(): boolean {
    return this.grid.querySelector(".plan-field") !== null;
  }

  cell(uid: number, column: number): HTMLElement | undefined {
    return this.slotOf(uid)?.cells[column];
  }

  // Scroll so that a row, and its bar when the cursor is there, can be seen.
  show(row: Row, bar: boolean): void {
    const y = row.line * ROW, view = this.grid;
    if (y < view.scrollTop) view.scrollTop = y;
    else if (y + ROW + HEAD > view.scrollTop + view.clientHeight - 16) view.scrollTop = y + ROW + HEAD - view.clientHeight + 16;
    if (bar) this.showBar(row);
  }

  showBar(row: Row): void {
    if (row.start === null) return;
    const x = this.scale.x(row.start), view = this.grid;
    if (x < view.scrollLeft || x > view.scrollLeft + this.room - 40) view.scrollLeft = Math.max(0, x - 80);
  }

  rowAt(clientY: number): Row | undefined {
    return this.outline.lines[Math.floor((clientY - this.bars.getBoundingClientRect().top) / ROW)];
  }

  private slotOf(uid: number): Slot | undefined {
    return this.slots.find((slot) => slot.row?.uid === uid);
  }

  private place(uid: number): Place | null {
    const row = this.outline.get(uid);
    return row && row.line >= 0 ? { row, y: row.line * ROW + ROW / 2 } : null;
  }

  private setColumns(columns: Column[]): void {
    this.columns = this.painter.columns = columns;
    this.left = columns.reduce((sum, column) => sum + column.width, 0);
    this.host.style.setProperty("--plan-left", `${this.left}px`);
    this.grid.setAttribute("aria-colcount", String(columns.length + 1));
    this.backdrop.axis.setAttribute("aria-colindex", String(columns.length + 1));
    this.titles.replaceChildren(...columns.map((column, at) => {
      const title = element("div", column.right ? "plan-title is-right" : "plan-title", this.speaker.column(column.key));
      title.setAttribute("role", "columnheader");
      title.dataset["key"] = column.key;
      title.setAttribute("aria-colindex", String(at + 1));
      title.style.width = `${column.width}px`;
      return title;
    }));
    for (const slot of this.slots) { slot.line.remove(); slot.lane.remove(); }
    this.slots = [];
  }

  private addSlot(): void {
    const slot = makeSlot(this.columns);
    this.rows.append(slot.line);
    this.bars.append(slot.lane);
    this.slots.push(slot);
    // Which row goes where depends on their number.
    this.grid.querySelector<HTMLInputElement>(".plan-field")?.blur();
    for (const other of this.slots) other.row = null;
  }

  // Where the cursor is, for a screen reader; not while its row is scrolled away.
  private point(): void {
    const here = `plan-cell-${this.look.current}-${this.look.column}`;
    if (this.slotOf(this.look.current)) this.grid.setAttribute("aria-activedescendant", here);
    else this.grid.removeAttribute("aria-activedescendant");
  }
}
