// Typing in the cell with the cursor, and where the cursor goes afterwards.
import { typeIn, type Left } from "./typing";
import type { Workbench } from "./workbench";

export function writeIn(bench: Workbench, first?: string): void {
  const row = bench.current, column = bench.columns[bench.look.column];
  const cell = row && bench.panes.cell(row.uid, bench.look.column);
  if (!row || !column?.edit || !cell || !bench.mayEdit) return;
  const was = column.key === "percent" ? String(Math.round(row.percent)) : column.say(row, bench.speaker);
  const label = `${bench.speaker.column(column.key)}: ${row.name}`;
  typeIn(cell, label, was, first, options(bench, column.key), (text, left) => {
    if (left !== "away") bench.panes.grid.focus({ preventScroll: true });
    bench.panes.draw(true);
    if (text !== null && text !== was) bench.send({ do: "cell", uid: row.uid, field: column.key, text }, [row.uid]);
    // Enter after naming a new task goes on to its duration: the next name must never overwrite the task below.
    const isNamed = column.tree && text !== null && row.name === bench.speaker.word("fresh");
    leave(bench, left === "down" && isNamed ? "next" : left);
  });
}

function options(bench: Workbench, key: string): string[] {
  if (key === "responsible") return bench.speaker.column("people").split("\n").filter(Boolean);
  if (key === "constraint") return bench.speaker.column("constraints").split("\n").filter(Boolean);
  return key === "calendar" ? bench.calendars : [];
}

function leave(bench: Workbench, left: Left): void {
  const { current, column } = bench.look;
  if (left === "down") bench.step(1);
  else if (left === "next") bench.go(current, column + 1);
  else if (left === "back") bench.go(current, column - 1);
}
