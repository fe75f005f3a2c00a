// The keyboard: everything the pointer does is done here too.
import { find } from "../page";
import { writeIn } from "./cells";
import { DAY } from "./scale";
import type { Workbench } from "./workbench";

const STEP = 20; // rows of Page Up and Page Down
type Way = "indent" | "outdent" | "up" | "down";
const WAYS: Record<string, Way> = { arrowright: "indent", arrowleft: "outdent", arrowup: "up", arrowdown: "down" };

export class Keyboard {
  private moving: { start: number; finish: number } | null = null; // a bar being moved

  constructor(private readonly bench: Workbench) {
    bench.panes.grid.addEventListener("keydown", (event) => this.key(event));
    bench.panes.grid.addEventListener("paste", (event) => {
      if (event.target instanceof HTMLInputElement) return;
      event.preventDefault();
      bench.pasteText(event.clipboardData?.getData("text/plain") ?? "");
    });
  }

  private key(event: KeyboardEvent): void {
    if (event.target instanceof HTMLInputElement || event.isComposing) return;
    const used = this.moving ? this.moveKey(event) : this.chord(event) || this.walk(event) || this.act(event);
    if (!used) return;
    event.preventDefault();
    event.stopPropagation(); // the page's own keys would hear the letters that begin a cell
  }

  private chord(event: KeyboardEvent): boolean {
    const { bench } = this, key = event.key.toLowerCase();
    if (event.altKey && event.shiftKey) {
      const way = WAYS[key];
      if (way) bench.send({ do: way, uids: bench.subjects });
      return way !== undefined;
    }
    if (!event.ctrlKey && !event.metaKey) return false;
    const acts: Record<string, () => void> = {
      z: () => (event.shiftKey ? bench.office.redo() : bench.office.undo()), y: () => bench.office.redo(),
      x: () => bench.cut(), v: () => bench.paste(), a: () => bench.chooseAll(), enter: () => bench.add(),
    };
    if (key === "v" && !bench.look.cut.size) return false; // then it is what was copied elsewhere that is pasted
    acts[key]?.();
    return key in acts;
  }

  private walk(event: KeyboardEvent): boolean {
    const { bench } = this, row = bench.current, { current, column } = bench.look, extend = event.shiftKey;
    const isTree = bench.columns[column]?.tree === true, ends = event.ctrlKey || event.metaKey;
    switch (event.key) {
      case "ArrowDown": bench.step(1, extend); break;
      case "ArrowUp": bench.step(-1, extend); break;
      case "PageDown": bench.step(STEP, extend); break;
      case "PageUp": bench.step(-STEP, extend); break;
      case "Home": if (ends) bench.step(-Infinity, extend); else bench.go(current, 0); break;
      case "End": if (ends) bench.step(Infinity, extend); else bench.go(current, bench.columns.length); break;
      case "ArrowRight":
        if (isTree && row?.children && !bench.outline.isOpen(row)) bench.fold(row, true);
        else bench.go(current, column + 1);
        break;
      case "ArrowLeft":
        if (isTree && row?.children && bench.outline.isOpen(row)) bench.fold(row, false);
        else bench.go(current, column - 1);
        break;
      default: return false;
    }
    return true;
  }

  private act(event: KeyboardEvent): boolean {
    const { bench } = this;
    if (event.altKey || event.ctrlKey || event.metaKey) return false;
    switch (event.key) {
      case "Enter": case "F2": if (bench.onBar) this.beginMove(); else writeIn(bench); return true;
      case " ": bench.toggle(bench.look.current); return true;
      case "Escape": bench.leaveAll(); return true;
      case "Insert": bench.add(); return true;
      case "ContextMenu": find<HTMLButtonElement>("[popovertarget=plan-more]")?.click(); return true;
      case "Delete": bench.send({ do: "remove", uids: bench.subjects }); return true;
    }
    if (event.key.length !== 1 || bench.onBar || !bench.columns[bench.look.column]?.edit) return false;
    writeIn(bench, event.key);
    return true;
  }

  // ---- moving a bar ----

  beginMove(): void {
    const { bench } = this, row = bench.current;
    if (!row || row.start === null || row.finish === null || row.kind === "summary" || !bench.mayEdit) return;
    this.moving = { start: row.start, finish: row.finish };
    bench.look.moved = { uid: row.uid, ...this.moving };
    bench.telling.say(bench.speaker.word("move_help"));
  }

  private moveKey(event: KeyboardEvent): boolean {
    const { bench } = this, row = bench.current, moved = bench.look.moved, was = this.moving;
    if (!row || !moved || !was) return false;
    const step = event.key === "ArrowRight" ? DAY : event.key === "ArrowLeft" ? -DAY : 0;
    if (step) {
      const start = event.shiftKey ? moved.start : moved.start + step;
      bench.look.moved = { uid: row.uid, start, finish: Math.max(start, moved.finish + step) };
      bench.telling.say(`${bench.speaker.day(start)} – ${bench.speaker.day(bench.look.moved.finish)}`);
    } else if (event.key === "Enter" || event.key === "Escape") {
      this.moving = bench.look.moved = null;
      if (event.key === "Escape") bench.telling.say(bench.speaker.word("cancelled"));
      else if (moved.start !== was.start) bench.send({ do: "move", uid: row.uid, start: moved.start });
      else if (moved.finish !== was.finish) bench.send({ do: "resize", uid: row.uid, finish: moved.finish });
    }
    bench.panes.draw();
    return true;
  }
}
