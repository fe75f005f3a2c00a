import { describe, expect, test } from "vitest";
import { EVERYTHING, Outline } from "../../src/plan/outline";
import { HOUSE, sent, ZERO } from "./sending";

const house = (): Outline => {
  const outline = new Outline();
  outline.take(sent(HOUSE));
  return outline;
};
const names = (outline: Outline): string[] => outline.lines.map((row) => row.name);

describe("rows in outline order", () => {
  test("have numbers, levels and places", () => {
    const rows = house().rows.map((row) => [row.number, row.level, row.place, row.children]);
    expect(rows).toEqual([["1", 1, 1, 2], ["1.1", 2, 1, 0], ["1.2", 2, 2, 2], ["1.2.1", 3, 1, 0], ["1.2.2", 3, 2, 0], ["2", 1, 2, 0]]);
  });

  test("know their instants, and how many stand beside them", () => {
    const outline = house(), roof = outline.get(5);
    expect([roof?.start, roof?.finish]).toEqual([ZERO + 30 * 1440, ZERO + 31 * 1440]);
    expect(outline.rows.map((row) => outline.siblings(row))).toEqual([2, 2, 2, 2, 2, 2]);
  });

  test("what is not placed in time has no dates", () => {
    const outline = new Outline();
    outline.take(sent([{ uid: 1, start: null }]));
    expect([outline.get(1)?.start, outline.get(1)?.finish]).toEqual([null, null]);
  });
});

describe("folding", () => {
  test("hides what lies below, and revealing opens every level above", () => {
    const outline = house(), phase = outline.get(1);
    if (phase) outline.fold(phase, false);
    expect(names(outline)).toEqual(["Phase", "Done"]);
    expect(outline.get(4)?.line).toBe(-1);
    outline.reveal(4);
    expect(names(outline)).toHaveLength(6);
  });

  test("everything to a level", () => {
    const outline = house();
    outline.foldAll(2);
    expect(names(outline)).toEqual(["Phase", "Dig", "Build", "Done"]);
    outline.foldAll(Infinity);
    expect(names(outline)).toHaveLength(6);
  });
});

describe("a filter", () => {
  const left = (filter: Partial<typeof EVERYTHING>): string[] => {
    const outline = house();
    outline.narrow({ ...EVERYTHING, ...filter });
    return names(outline);
  };

  test("leaves what matches and what it lies under, folded or not", () => {
    const outline = house(), build = outline.get(3);
    if (build) outline.fold(build, false);
    outline.narrow({ ...EVERYTHING, text: "roof" });
    expect(outline.lines.map((row) => [row.name, row.match])).toEqual([["Phase", false], ["Build", false], ["Roof", true]]);
  });

  test.each([
    [{ isCritical: true }, ["Phase", "Build", "Walls"]],
    [{ isMilestone: true }, ["Done"]],
    [{ isOpen: true }, ["Phase", "Build", "Walls", "Roof", "Done"]],
    [{ isLate: true }, ["Phase", "Build", "Walls"]],
    [{ responsible: "Ola" }, ["Phase", "Dig"]],
    [{ text: "1.2.2" }, ["Phase", "Build", "Roof"]],
    [{ text: "nothing" }, []],
  ])("%o", (filter, names) => expect(left(filter)).toEqual(names));
});

describe("what differs from a revision", () => {
  test("changes the rows that are sent and leaves the others", () => {
    const outline = house(), roof = outline.get(5);
    expect(outline.take(sent([{ uid: 4, parent: 3, name: "Thick walls", before: [[2]] }], { base: 1, revision: 2 }))).toBe(true);
    expect(names(outline)).toEqual(["Phase", "Dig", "Build", "Thick walls", "Roof", "Done"]);
    expect(outline.get(5)).toBe(roof);
    expect(outline.before(4)).toEqual([{ from: 2, to: 4, kind: "FS", lag: "" }]);
    expect(outline.revision).toBe(2);
  });

  test("adds, moves and removes rows", () => {
    const outline = house();
    outline.take(sent([{ uid: 7, parent: 1, name: "Paint" }, { uid: 6, parent: 1, name: "Done" }], { base: 1, revision: 2, gone: [3, 4, 5], order: [1, 1, 5, -1] }));
    expect(outline.rows.map((row) => [row.number, row.name])).toEqual([["1", "Phase"], ["1.1", "Dig"], ["1.2", "Paint"], ["1.3", "Done"]]);
    expect(outline.after(2)).toEqual([]);
  });

  test("from another revision than the one that is here is not taken", () => {
    const outline = house();
    expect(outline.take(sent([{ uid: 1, name: "Other" }], { base: 7, revision: 8 }))).toBe(false);
    expect(outline.get(1)?.name).toBe("Phase");
  });
});

describe("links", () => {
  test("are found by the lines they cross, however far apart their ends are", () => {
    const rows = Array.from({ length: 2000 }, (_none, i) => ({ uid: i + 1, before: i === 1999 ? [[1] as [number]] : i ? [[i] as [number]] : [] }));
    const outline = new Outline();
    outline.take(sent(rows));
    const crossing = [...outline.crossing(1000, 1010)];
    expect(crossing.some((link) => link.from === 1 && link.to === 2000)).toBe(true);
    expect(crossing.some((link) => link.from === 1005)).toBe(true);
    expect(crossing.length).toBeLessThan(100);
  });

  test("to what is folded away are not drawn", () => {
    const outline = house();
    outline.foldAll(2);
    expect([...outline.crossing(0, 10)].map((link) => [link.from, link.to])).toEqual([[2, 3], [3, 6]]);
  });
});
