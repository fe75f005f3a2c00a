// The arrows between bars: two paths, one for all ordinary links and one for the critical ones.
import type { Row } from "./outline";
import type { Scale } from "./scale";
import type { Link } from "./wire";

const STUB = 7;
const INTO = 4; // how far into the bar an arrow from above comes down

export interface Place { row: Row; y: number }

// From the end a link leaves to the end it binds, with an arrow where it arrives.
function path(from: Place, to: Place, kind: Link["kind"], scale: Scale): string {
  const leavesFinish = kind === "FS" || kind === "FF", bindsStart = kind === "FS" || kind === "SS";
  const a = leavesFinish ? from.row.finish : from.row.start, b = bindsStart ? to.row.start : to.row.finish;
  if (a === null || b === null) return "";
  const x1 = scale.x(a), x2 = scale.x(b), out = leavesFinish ? STUB : -STUB, into = bindsStart ? -STUB : STUB;
  const down = to.y > from.y ? 1 : -1;
  const head = bindsStart ? "m-4 -3l4 3l-4 3" : "m4 -3l-4 3l4 3";
  // Straight down onto the bar where there is room for it, else around by the gap between two rows.
  if (kind === "FS" && x2 >= x1 - 1) return `M${x1} ${from.y}H${x2 + INTO}V${to.y - down * 9}m-3 ${-down * 4}l3 ${down * 4}l3 ${-down * 4}`;
  if ((out > 0 && into > 0) || (out < 0 && into < 0)) {
    const turn = out > 0 ? Math.max(x1, x2) + STUB : Math.min(x1, x2) - STUB;
    return `M${x1} ${from.y}H${turn}V${to.y}H${x2}${head}`;
  }
  return `M${x1} ${from.y}h${out}V${to.y - down * 16}H${x2 + into}V${to.y}H${x2}${head}`;
}

export function drawLinks(links: Iterable<Link>, find: (uid: number) => Place | null, scale: Scale): [string, string] {
  const plain: string[] = [], critical: string[] = [];
  for (const link of links) {
    const from = find(link.from), to = find(link.to);
    if (!from || !to) continue;
    (from.row.isCritical && to.row.isCritical ? critical : plain).push(path(from, to, link.kind, scale));
  }
  return [plain.join(""), critical.join("")];
}

const NEAR = 90; // pixels behind a bar within which its links turn down

// How far behind a bar its own links turn up or down: a label begins after that.
export function turns(row: Row, links: Link[], find: (uid: number) => Row | undefined, scale: Scale): number {
  if (row.finish === null) return 0;
  const x1 = scale.x(row.finish);
  let far = 0;
  for (const link of links) {
    const to = find(link.to);
    if (!to || to.line < 0 || (link.kind !== "FS" && link.kind !== "FF")) continue;
    const end = link.kind === "FS" ? to.start : to.finish;
    if (end === null) continue;
    const x = scale.x(end), turn = link.kind === "FS" && x >= x1 - 1 ? x + INTO : Math.max(x1, x1 + STUB);
    if (turn - x1 <= NEAR) far = Math.max(far, turn - x1);
  }
  return far;
}
