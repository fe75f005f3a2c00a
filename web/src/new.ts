// Something new from any page: the form under the choice of project keeps what is typed when the project changes.
import { find } from "./page";

type Field = HTMLInputElement | HTMLTextAreaElement;
const FIELDS = "input:not([type=hidden], [type=checkbox], [type=radio]), textarea";

let kept: Map<string, string> | null = null;

function keepTyped(event: Event): void {
  if (!(event.target instanceof HTMLSelectElement) || event.target.id !== "new-project") return;
  const fields = document.querySelectorAll<Field>(`#new-form :is(${FIELDS})`);
  kept = new Map([...fields].map((field) => [field.name, field.value]));
}

function giveBack(): void {
  const form = find("#new-form form:not([data-begun])");
  if (!form) return;
  form.dataset["begun"] = "yes";
  const fields = [...form.querySelectorAll<Field>(FIELDS)];
  for (const field of fields) field.value = kept?.get(field.name) ?? field.value;
  kept = null;
  fields[0]?.focus();
}

export function bindNew(): void {
  document.addEventListener("change", keepTyped, true);
  document.addEventListener("htmx:after:swap", giveBack);
}
