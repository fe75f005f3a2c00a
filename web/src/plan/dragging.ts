// Dragging a bar: its middle moves it, its right end makes it longer, the dot behind it makes a link.
import type { Row } from "./outline";
import { ROW } from "./painting";
import type { Panes } from "./panes";
import type { Scale } from "./scale";

export interface Dragged {
  moved(row: Row, start: number): void;
  resized(row: Row, finish: number): void;
  linked(from: Row, to: Row): void;
}

type Grip = "move" | "resize" | "link";
const THRESHOLD = 4; // pixels before a press counts as a drag

function gripOf(target: Element): Grip {
  if (target.classList.contains("is-dot")) return "link";
  return target.classList.contains("is-to") ? "resize" : "move";
}

export function beginDrag(event: PointerEvent, row: Row, bar: HTMLElement, panes: Panes, scale: Scale, done: Dragged): void {
  const { start, finish } = row;
  if (start === null || finish === null || !(event.target instanceof Element)) return;
  const grip = gripOf(event.target), x0 = event.clientX, y0 = event.clientY;
  if (row.kind === "milestone" && grip === "resize") return;
  let began = false, offset = 0;
  bar.setPointerCapture(event.pointerId);

  const follow = (now: PointerEvent): void => {
    began ||= Math.abs(now.clientX - x0) > THRESHOLD || Math.abs(now.clientY - y0) > THRESHOLD;
    if (!began) return;
    if (grip === "link") return drawDraft(now);
    offset = scale.snap(((now.clientX - x0) / scale.perDay) * 1440);
    panes.look.moved = grip === "move"
      ? { uid: row.uid, start: start + offset, finish: finish + offset }
      : { uid: row.uid, start, finish: Math.max(start, finish + offset) };
    panes.draw();
  };
  const drawDraft = (now: PointerEvent): void => {
    const box = panes.bars.getBoundingClientRect();
    const y = row.line * ROW + ROW / 2;
    panes.backdrop.draft.setAttribute("d", `M${scale.x(finish)} ${y}L${now.clientX - box.left} ${now.clientY - box.top}`);
  };
  const end = (now: PointerEvent): void => {
    stop();
    if (!began) return;
    if (grip === "link") {
      const to = panes.rowAt(now.clientY);
      if (to && to !== row) done.linked(row, to);
    } else if (offset && grip === "move") done.moved(row, start + offset);
    else if (offset) done.resized(row, Math.max(start, finish + offset));
  };
  const stop = (): void => {
    panes.look.moved = null;
    panes.backdrop.draft.setAttribute("d", "");
    bar.removeEventListener("pointermove", follow);
    bar.removeEventListener("pointerup", end);
    bar.removeEventListener("pointercancel", stop);
    document.removeEventListener("keydown", cancel, true);
    panes.draw();
  };
  const cancel = (key: KeyboardEvent): void => {
    if (key.key !== "Escape") return;
    key.stopPropagation();
    stop();
  };
  bar.addEventListener("pointermove", follow);
  bar.addEventListener("pointerup", end);
  bar.addEventListener("pointercancel", stop);
  document.addEventListener("keydown", cancel, true);
}
