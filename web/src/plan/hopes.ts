// What is on its way to the server, shown as if it were done; it goes back by itself when it is refused.
import type { Row } from "./outline";
import type { Operation } from "./wire";

export interface Hope { start?: number; finish?: number; cells: Record<string, string> }

export function hopesOf(waiting: Iterable<{ operation: Operation; uids: number[] }>, find: (uid: number) => Row | undefined): Map<number, Hope> {
  const hopes = new Map<number, Hope>();
  for (const { operation, uids } of waiting) {
    for (const uid of uids) if (!hopes.has(uid)) hopes.set(uid, { cells: {} });
    const row = "uid" in operation ? find(operation.uid) : undefined;
    if (!row || !("uid" in operation)) continue;
    const hope = hopes.get(row.uid) ?? { cells: {} };
    hopes.set(row.uid, hope);
    if (operation.do === "cell") hope.cells[operation.field] = operation.text;
    else if (operation.do === "resize") hope.finish = operation.finish;
    else if (operation.do === "move" && row.start !== null && row.finish !== null) {
      hope.start = operation.start;
      hope.finish = operation.start + row.finish - row.start;
    }
  }
  return hopes;
}
