import { expect, test } from "vitest";
import { shownColumns } from "../../src/plan/columns";
import { readView, writeView } from "../../src/plan/view";

const USUAL = { zoom: "week", columns: null } as const;

test("a view is the same after it has been an address", () => {
  const address = "zoom=month&c=number.name.slack&frozen=0&slack=1&q=bygg&who=me&critical=1&milestones=1";
  const view = readView(new URLSearchParams(address), USUAL);
  expect(view.filter).toEqual({ text: "bygg", isCritical: true, isLate: false, isOpen: false, isMilestone: true, responsible: "me" });
  expect([view.zoom, view.columns, view.baseline, view.slack]).toEqual(["month", ["number", "name", "slack"], false, true]);
  expect(readView(new URLSearchParams(writeView(view)), USUAL)).toEqual(view);
});

test("an address that says nothing leaves what one chose last", () => {
  expect(readView(new URLSearchParams("zoom=century"), { zoom: "day", columns: ["name"] })).toMatchObject({ zoom: "day", columns: ["name"], baseline: true });
});

test("what else the address asks for stays", () => {
  const view = readView(new URLSearchParams(), USUAL);
  expect(writeView(view, "?as_of=2026-11-01&q=old&selected=4")).toBe("as_of=2026-11-01&zoom=week");
});

test("the names are always shown, the rest as there is room or as chosen", () => {
  const keys = (chosen: string[] | null, room: number): string[] => shownColumns(chosen, room, null).map((column) => column.key);
  expect(keys(null, 1440)).toEqual(["number", "name", "duration", "start", "finish"]);
  expect(keys(null, 1920)).toContain("responsible");
  expect(keys(["slack"], 1440)).toEqual(["name", "slack"]);
  expect(shownColumns([], 1440, 9999)[0]?.width).toBe(640);
});
