import { describe, expect, test } from "vitest";
import { Scale, weekday, weekNumber } from "../../src/plan/scale";
import { ZERO } from "./sending";

const scale = (): Scale => {
  const made = new Scale("nb", "Uke");
  made.cover(ZERO, ZERO + 90 * 1440);
  return made;
};

test("minutes and pixels lead to each other", () => {
  const made = scale();
  for (const zoom of ["day", "week", "month"] as const) {
    made.zoom = zoom;
    expect(made.minute(made.x(ZERO + 12_345))).toBe(ZERO + 12_345);
  }
});

test("the axis begins on a Monday, with air before the plan, and fills the window", () => {
  const made = scale();
  expect(weekday(made.first)).toBe(0);
  expect(made.x(ZERO)).toBeGreaterThan(0);
  made.cover(ZERO, ZERO, 10_000);
  expect(made.width).toBeGreaterThanOrEqual(10_000);
});

test("tells how far everything moved when the plan begins earlier", () => {
  const made = scale(), before = made.x(ZERO);
  expect(made.cover(ZERO - 70 * 1440, ZERO)).toBe(made.x(ZERO) - before);
});

test("a drag snaps to days, and to hours where one can see them", () => {
  const made = scale();
  expect(made.snap(1000)).toBe(1440);
  made.zoom = "day";
  expect(made.snap(1000)).toBe(1020);
});

describe("ISO weeks", () => {
  const day = (text: string): number => Date.parse(text) / 86_400_000;
  test.each([["2026-12-31", 53], ["2027-01-01", 53], ["2027-01-04", 1], ["2024-12-30", 1], ["2026-11-22", 47]])("%s is in week %i", (text, week) => {
    expect(weekNumber(day(text))).toBe(week);
  });
});

test("every zoom has ticks inside the part asked for", () => {
  const made = scale();
  for (const zoom of ["day", "week", "month", "quarter"] as const) {
    made.zoom = zoom;
    const ticks = [...made.upper(made.first, made.first + 60), ...made.lower(made.first, made.first + 60)];
    expect(ticks.length).toBeGreaterThan(1);
    expect(ticks.every((tick) => tick.text && tick.x <= 60 * made.perDay)).toBe(true);
  }
});
