// Dragging rows in the table by their number: they go after the row they are let go of at.
import { element } from "../page";
import type { Row } from "./outline";
import { ROW } from "./painting";
import type { Panes } from "./panes";

const THRESHOLD = 6; // pixels before a press counts as a drag

export function beginCarry(event: PointerEvent, panes: Panes, done: (after: Row) => void): void {
  const y0 = event.clientY, { rows } = panes, line = element("div", "plan-drop");
  let over: Row | undefined;

  const follow = (now: PointerEvent): void => {
    if (!line.isConnected && Math.abs(now.clientY - y0) < THRESHOLD) return;
    if (!line.isConnected) rows.append(line);
    over = panes.rowAt(now.clientY - ROW / 2) ?? over;
    if (over) line.style.transform = `translateY(${(over.line + 1) * ROW - 1}px)`;
  };
  const stop = (): void => {
    line.remove();
    document.removeEventListener("pointermove", follow);
    document.removeEventListener("pointerup", end);
    document.removeEventListener("pointercancel", stop);
    document.removeEventListener("keydown", cancel, true);
  };
  const end = (): void => {
    const moved = line.isConnected;
    stop();
    if (moved && over) done(over);
  };
  const cancel = (key: KeyboardEvent): void => {
    if (key.key !== "Escape") return;
    key.stopPropagation();
    stop();
  };
  document.addEventListener("pointermove", follow);
  document.addEventListener("pointerup", end);
  document.addEventListener("pointercancel", stop);
  document.addEventListener("keydown", cancel, true);
}
