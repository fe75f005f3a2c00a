// How the plan is looked at, as it stands in the address: a saved view is such an address with a name.
import { EVERYTHING, type Filter } from "./outline";
import { type Zoom, ZOOMS } from "./scale";

export interface View { zoom: Zoom; columns: string[] | null; baseline: boolean; slack: boolean; filter: Filter }

const FLAGS = { critical: "isCritical", late: "isLate", open: "isOpen", milestones: "isMilestone" } as const;
const OWN = ["zoom", "c", "frozen", "slack", "q", "who", ...Object.keys(FLAGS)];

export function readView(query: URLSearchParams, otherwise: Pick<View, "zoom" | "columns">): View {
  const filter: Filter = { ...EVERYTHING, text: query.get("q") ?? "", responsible: query.get("who") ?? "" };
  for (const [key, name] of Object.entries(FLAGS)) filter[name] = query.get(key) === "1";
  const zoom = query.get("zoom") as Zoom | null, columns = query.get("c");
  return {
    zoom: zoom && ZOOMS.includes(zoom) ? zoom : otherwise.zoom,
    columns: columns === null ? otherwise.columns : columns.split(".").filter(Boolean),
    baseline: query.get("frozen") !== "0",
    slack: query.get("slack") === "1",
    filter,
  };
}

// The view as a query; what else the address asked for stays.
export function writeView(view: View, search = ""): string {
  const query = new URLSearchParams(search);
  for (const key of [...OWN, "selected"]) query.delete(key);
  query.set("zoom", view.zoom);
  if (view.columns) query.set("c", view.columns.join("."));
  if (!view.baseline) query.set("frozen", "0");
  if (view.slack) query.set("slack", "1");
  if (view.filter.text) query.set("q", view.filter.text);
  if (view.filter.responsible) query.set("who", view.filter.responsible);
  for (const [key, name] of Object.entries(FLAGS)) if (view.filter[name]) query.set(key, "1");
  return query.toString();
}
