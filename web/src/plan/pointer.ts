// The pointer: choosing rows and cells, folding, dragging bars, moving the border between table and chart.
import { element, find } from "../page";
import { writeIn } from "./cells";
import { beginCarry } from "./carrying";
import { NARROWEST, WIDEST } from "./columns";
import { beginDrag } from "./dragging";
import type { Row } from "./outline";
import type { Workbench } from "./workbench";

export class Pointer {
  constructor(private readonly bench: Workbench) {
    const { grid } = bench.panes;
    grid.addEventListener("pointerdown", (event) => this.press(event));
    grid.addEventListener("dblclick", (event) => {
      if (!(event.target instanceof Element)) return;
      if (event.target.closest(".plan-row")) writeIn(bench);
      else if (event.target.closest(".plan-bar")) bench.open("task");
    });
    grid.addEventListener("contextmenu", (event) => this.menu(event));
    bench.host.append(this.border());
  }

  private press(event: PointerEvent): void {
    if (event.button !== 0 || !(event.target instanceof Element)) return;
    const { bench } = this, part = event.target.closest<HTMLElement>(".plan-row, .plan-lane"), row = bench.outline.get(Number(part?.dataset["uid"]));
    if (!part || !row || event.target.closest("input")) return;
    const wait = event.target.closest<HTMLElement>(".plan-wait");
    if (wait) { location.assign(wait.dataset["address"] ?? ""); return; }
    const isNumber = event.target.closest(".is-number") !== null, among = isNumber && bench.look.chosen.has(row.uid) && !event.shiftKey;
    if (!among) this.choose(event, row); // rows that are chosen together are dragged together
    const cell = event.target.closest<HTMLElement>("[data-column]"), bar = event.target.closest<HTMLElement>(".plan-bar");
    bench.look.current = row.uid;
    bench.look.column = part.classList.contains("plan-lane") ? bench.columns.length : Number(cell?.dataset["column"] ?? bench.look.column);
    if (event.target.closest(".plan-fold") && row.children) bench.fold(row, !bench.outline.isOpen(row));
    if (event.target.closest(".plan-hint")) bench.panes.showBar(row);
    bench.redraw();
    if (bar && row.kind !== "summary" && bench.mayEdit) this.drag(event, row, bar);
    if (!isNumber || !bench.mayEdit) return;
    event.preventDefault(); // or text would be chosen on the way
    bench.panes.grid.focus({ preventScroll: true });
    beginCarry(event, bench.panes, (to) => bench.dropAfter(to));
  }

  // On right click: the menu of the button “More”, at the pointer, about the row under it.
  private menu(event: MouseEvent): void {
    const menu = find<HTMLElement>("#plan-context"), part = event.target instanceof Element ? event.target.closest<HTMLElement>(".plan-row, .plan-lane") : null;
    const row = this.bench.outline.get(Number(part?.dataset["uid"]));
    if (!menu || !row || !this.bench.mayEdit || (event.target instanceof Element && event.target.closest("input"))) return;
    event.preventDefault();
    if (!this.bench.look.chosen.has(row.uid)) this.bench.look.chosen.clear();
    this.bench.go(row.uid);
    menu.showPopover();
    const { width, height } = menu.getBoundingClientRect();
    menu.style.left = `${Math.max(0, Math.min(event.clientX, window.innerWidth - width - 8))}px`;
    menu.style.top = `${Math.max(0, Math.min(event.clientY, window.innerHeight - height - 8))}px`;
    find<HTMLButtonElement>("button:not(:disabled)", menu)?.focus();
  }

  private choose(event: PointerEvent, row: Row): void {
    const { look } = this.bench;
    if (event.shiftKey) this.bench.extend(row);
    else if (event.ctrlKey || event.metaKey) {
      if (!look.chosen.size) look.chosen.add(look.current);
      if (!look.chosen.delete(row.uid)) look.chosen.add(row.uid);
    } else { look.chosen.clear(); this.bench.anchor = row.uid; }
  }

  private drag(event: PointerEvent, row: Row, bar: HTMLElement): void {
    const { bench } = this;
    event.preventDefault();
    bench.panes.grid.focus({ preventScroll: true });
    beginDrag(event, row, bar, bench.panes, bench.scale, {
      moved: (one, start) => bench.send({ do: "move", uid: one.uid, start }),
      resized: (one, finish) => bench.send({ do: "resize", uid: one.uid, finish }),
      linked: (from, to) => bench.send({ do: "link", from: from.uid, to: to.uid, kind: "FS" }),
    });
  }

  // Dragged, or moved with the arrow keys: the names get wider or narrower.
  private border(): HTMLElement {
    const { bench } = this, border = element("div", "plan-border");
    border.setAttribute("role", "separator");
    border.setAttribute("aria-orientation", "vertical");
    border.setAttribute("aria-label", bench.speaker.word("border"));
    border.setAttribute("aria-valuemin", String(NARROWEST));
    border.setAttribute("aria-valuemax", String(WIDEST));
    border.tabIndex = 0;
    const widen = (width: number): void => {
      bench.widen(Math.round(Math.max(NARROWEST, Math.min(WIDEST, width))));
      border.setAttribute("aria-valuenow", String(bench.nameWidth));
    };
    border.setAttribute("aria-valuenow", String(bench.nameWidth));
    border.addEventListener("keydown", (event) => {
      const step = event.key === "ArrowRight" ? 20 : event.key === "ArrowLeft" ? -20 : 0;
      if (!step) return;
      event.preventDefault();
      widen(bench.nameWidth + step);
    });
    border.addEventListener("pointerdown", (event) => {
      const x0 = event.clientX, was = bench.nameWidth;
      border.setPointerCapture(event.pointerId);
      border.onpointermove = (now) => widen(was + now.clientX - x0);
      border.onpointerup = border.onpointercancel = () => { border.onpointermove = null; };
    });
    return border;
  }
}
