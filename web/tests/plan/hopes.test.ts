import { expect, test } from "vitest";
import { hopesOf } from "../../src/plan/hopes";
import { Outline } from "../../src/plan/outline";
import { drawLinks, turns } from "../../src/plan/links";
import { Scale } from "../../src/plan/scale";
import type { Operation } from "../../src/plan/wire";
import { HOUSE, sent, ZERO } from "./sending";

const outline = new Outline();
outline.take(sent(HOUSE));
const hopes = (...waiting: Operation[]) => hopesOf(waiting.map((operation) => ({ operation, uids: [] })), (uid) => outline.get(uid));

test("what is typed stands in its cell until it is answered", () => {
  const found = hopes({ do: "cell", uid: 4, field: "name", text: "Brick" }, { do: "cell", uid: 4, field: "duration", text: "3d" });
  expect(found.get(4)?.cells).toEqual({ name: "Brick", duration: "3d" });
});

test("a bar that is moved keeps its length, one that is resized its start", () => {
  expect(hopes({ do: "move", uid: 5, start: ZERO }).get(5)).toEqual({ cells: {}, start: ZERO, finish: ZERO + 1440 });
  expect(hopes({ do: "resize", uid: 5, finish: ZERO + 60 * 1440 }).get(5)).toEqual({ cells: {}, finish: ZERO + 60 * 1440 });
});

test("rows an act is about are marked, and what is not in the plan is left out", () => {
  const marked = hopesOf([{ operation: { do: "indent", uids: [2, 4] }, uids: [2, 4] }], (uid) => outline.get(uid));
  expect([...marked.keys()]).toEqual([2, 4]);
  expect(hopes({ do: "move", uid: 99, start: 0 }).size).toBe(0);
});

test("critical links are drawn by themselves, and links to hidden rows not at all", () => {
  const scale = new Scale("nb", "Uke");
  scale.cover(ZERO, ZERO + 90 * 1440);
  const links = outline.rows.flatMap((row) => outline.before(row.uid));
  const place = (uid: number) => { const row = outline.get(uid); return row && uid !== 6 ? { row, y: row.line * 34 } : null; };
  const [plain, critical] = drawLinks(links, place, scale);
  expect(plain.match(/M/g)).toHaveLength(3);
  expect(critical).toBe("");
});

test("a label begins behind the link that turns down just after the bar", () => {
  const scale = new Scale("nb", "Uke");
  scale.cover(ZERO, ZERO + 90 * 1440);
  const near = new Outline();
  near.take(sent([{ uid: 1 }, { uid: 2, start: 3 * 1440, before: [[1]] }, { uid: 3, start: 40 * 1440, before: [[1]] }]));
  const row = near.get(1);
  expect(row && turns(row, near.after(1), (uid) => near.get(uid), scale)).toBe(2 * 12 + 4);
  expect(row && turns(row, [], (uid) => near.get(uid), scale)).toBe(0);
});
