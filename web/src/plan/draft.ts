// A draft's page: who decides, and what it does, follow what is done in the chart.
import { find, quietly } from "../page";

const PARTS = ["draft-line", "draft-rest"];
const EVERY = 10_000;

export function followDraft(): void {
  const chart = find("[data-panel]"), address = chart?.dataset["panel"];
  if (!chart || !address) return;
  let asking: AbortController | undefined, timer = 0;

  const fetched = async (words: string, signal: AbortSignal): Promise<void> => {
    const answer = await quietly(`${address}?${words}`, { signal });
    if (answer.status === 200) await show(await answer.text());
  };
  // Whoever asks again no longer waits for the earlier answer.
  const look = async (): Promise<void> => {
    asking?.abort();
    const { signal } = asking = new AbortController();
    const mark = encodeURIComponent(find("#draft-line")?.dataset["mark"] ?? "");
    try {
      await fetched(`at=${mark}`, signal);
      if (find('#draft-line [data-whole="no"]')) await fetched("full", signal); // the percentiles follow
    } catch {
      // Asked anew meanwhile, or no contact: the next answer is shown.
    }
    if (signal.aborted) return;
    window.clearTimeout(timer);
    timer = window.setTimeout(() => { if (!document.hidden) void look(); }, EVERY);
  };
  document.addEventListener("plan-drawn", () => void look());
  document.addEventListener("visibilitychange", () => { if (!document.hidden) void look(); });
  document.body.addEventListener("draft-changed", () => find("plan-editor")?.dispatchEvent(new Event("plan-look")));
}

async function show(text: string): Promise<void> {
  for (const id of PARTS) {
    const target = find(`#${id}`);
    if (!target || target.contains(document.activeElement) && document.activeElement?.matches("input, select, textarea")) continue;
    await window.htmx.swap({ text, target, sourceElement: target, select: `#${id}`, swap: "outerMorph ignoreTitle:true" });
  }
}
