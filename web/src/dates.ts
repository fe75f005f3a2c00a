// A typed date field also gets the browser's own calendar: a button beside it that writes what was chosen.
import { element, text } from "./page";

const spoken = (iso: string): string => {
  if (document.documentElement.lang.startsWith("en")) return iso;
  const [year, month, day] = iso.split("-");
  return `${day}.${month}.${year}`;
};

function addPicker(input: HTMLInputElement): void {
  const frame = element("span", "date-field");
  const native = element("input", "date-native");
  native.type = "date";
  native.tabIndex = -1;
  native.setAttribute("aria-hidden", "true");
  const button = element("button", "date-button");
  button.type = "button";
  button.setAttribute("aria-label", text("pick"));
  native.addEventListener("change", () => {
    if (native.value) input.value = spoken(native.value);
    input.dispatchEvent(new Event("change", { bubbles: true }));
    input.focus();
  });
  button.addEventListener("click", () => native.showPicker());
  const focused = document.activeElement === input;
  input.replaceWith(frame);
  frame.append(input, button, native);
  if (focused) input.focus();
}

function addPickers(within: ParentNode): void {
  for (const input of within.querySelectorAll<HTMLInputElement>("input[data-date]")) {
    if (!input.parentElement?.classList.contains("date-field")) addPicker(input);
  }
}

export function bindDates(): void {
  addPickers(document);
  document.addEventListener("htmx:after:swap", () => addPickers(document));
}
