// The pointer: choosing rows and cells, folding, dragging bars, moving the border between table and chart.
import { element } from "../page";
import { writeIn } from "./cells";
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
    bench.host.append(this.border());
  }

  private press(event: PointerEvent): void {
    if (event.button !== 0 || !(event.target instanceof Element)) return;
    const { bench } = this, part = event.target.closest<HTMLElement>(".plan-row, .plan-lane"), row = bench.outline.get(Number(part?.dataset["uid"]));
    if (!part || !row || event.target.closest("input")) return;
    this.choose(event, row);
    const cell = event.target.closest<HTMLElement>("[data-column]"), bar = event.target.closest<HTMLElement>(".plan-bar");
    bench.look.current = row.uid;
    bench.look.column = part.classList.contains("plan-lane") ? bench.columns.length : Number(cell?.dataset["column"] ?? bench.look.column);
    if (event.target.closest(".plan-fold") && row.children) bench.fold(row, !bench.outline.isOpen(row));
    if (event.target.closest(".plan-hint")) bench.panes.showBar(row);
    bench.redraw();
    if (bar && row.kind !== "summary" && bench.mayEdit) this.drag(event, row, bar);
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
