// Toasts: what just happened, with a way to take it back for ten seconds; hovering or focusing stops the clock.
import { csrf, element, find, text } from "./page";

export interface Toast {
  text?: string;
  value?: string;
  tone?: "info" | "success" | "warning" | "danger";
  undo?: string;
}

const SHOWN_FOR = 10_000;

export function showToast(toast: Toast): void {
  const holder = find("#toasts");
  if (!holder) return;
  const box = element("div", "toast");
  box.dataset["tone"] = toast.tone ?? "info";
  box.append(element("span", "toast-text", toast.text ?? toast.value ?? ""));
  if (toast.undo) box.append(undoButton(box, toast.undo));
  box.append(closeButton(box));
  holder.append(box);
  runClock(box);
}

function runClock(box: HTMLElement): void {
  let timer = window.setTimeout(() => box.remove(), SHOWN_FOR);
  const stop = (): void => window.clearTimeout(timer);
  const start = (): void => {
    stop();
    timer = window.setTimeout(() => box.remove(), SHOWN_FOR);
  };
  for (const name of ["pointerenter", "focusin"]) box.addEventListener(name, stop);
  for (const name of ["pointerleave", "focusout"]) box.addEventListener(name, start);
}

function undoButton(box: HTMLElement, address: string): HTMLButtonElement {
  const button = element("button", "toast-undo", text("undo"));
  button.type = "button";
  button.addEventListener("click", async () => {
    button.disabled = true;
    const answer = await fetch(address, { method: "POST", headers: { "X-CSRFToken": csrf() } }).catch(() => null);
    if (answer?.ok) location.reload();
    else box.querySelector(".toast-text")?.replaceChildren(text("failed"));
  });
  return button;
}

function closeButton(box: HTMLElement): HTMLButtonElement {
  const button = element("button", "toast-close", "×");
  button.type = "button";
  button.setAttribute("aria-label", text("close"));
  button.addEventListener("click", () => box.remove());
  return button;
}
