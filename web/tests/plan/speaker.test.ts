import { describe, expect, test } from "vitest";
import { Outline } from "../../src/plan/outline";
import { Speaker } from "../../src/plan/speaker";
import { HOUSE, sent, ZERO } from "./sending";

const UNITS = { nb: { m: "min", h: "t", d: "d", w: "u", mo: "mnd" }, en: { m: "min", h: "h", d: "d", w: "w", mo: "mo" } };
const speaker = (language: "nb" | "en", outline = new Outline()): Speaker => {
  const made = new Speaker({ columns: {}, units: UNITS[language], unplaced: "not placed", by_hand: "by hand" }, language, outline);
  made.hours = { day: 450, week: 2250, month: 20 };
  return made;
};

describe("durations are written as they are typed", () => {
  test.each([
    [450, "d", "nb", "1 d"], [1125, "d", "nb", "2,5 d"], [1125, "d", "en", "2.5 d"], [2250, "w", "nb", "1 u"], [2250, "w", "en", "1 w"],
    [240, "h", "nb", "4 t"], [90, "m", "nb", "90 min"], [9000, "mo", "nb", "1 mnd"], [4320, "ed", "nb", "3 ed"], [4500, "d?", "en", "10 d?"], [150, "d", "nb", "0,33 d"],
  ] as const)("%i minutes in %s (%s)", (duration, unit, language, text) => {
    expect(speaker(language).duration({ kind: "task", duration, unit })).toBe(text);
  });

  test("a summary has none", () => expect(speaker("nb").duration({ kind: "summary", duration: 450, unit: "d" })).toBe(""));
});

test("days are short, and there are none for what is not placed", () => {
  expect(speaker("nb").day(ZERO)).toBe("04.10.24");
  expect(speaker("en").day(ZERO)).toBe("04 Oct 24");
  expect(speaker("nb").day(null)).toBe("");
});

test("what a row waits for, and what waits for it, by number", () => {
  const outline = new Outline();
  outline.take(sent(HOUSE));
  const { before, after } = { before: (uid: number) => said.before(rowOf(uid)), after: (uid: number) => said.after(rowOf(uid)) };
  const said = speaker("nb", outline);
  const rowOf = (uid: number) => outline.get(uid) as NonNullable<ReturnType<Outline["get"]>>;
  expect([4, 5, 6].map(before)).toEqual(["1.1SS+2 d", "1.2.1", "1.2; 1.2.2FF"]);
  expect(after(2)).toBe("1.2; 1.2.1");
});
