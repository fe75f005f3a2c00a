// The check page: the fingerprint is taken here, so that the file never leaves the machine of whoever checks it.
import { find } from "./page";

const form = find<HTMLFormElement>("[data-seal]");
const mark = /tospann-seal-1\.[A-Za-z0-9_-]{2,8000}\.[0-9a-f]{128}/g;
const DIGITS = 128;

const hex = (bytes: ArrayBuffer): string =>
  [...new Uint8Array(bytes)].map((one) => one.toString(16).padStart(2, "0")).join("");

async function read(file: File, into: HTMLFormElement): Promise<void> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  // One character a byte, so that places in the text are places in the file.
  const found = [...new TextDecoder("windows-1252").decode(bytes).matchAll(mark)].at(-1);
  if (found) {
    const end = found.index + found[0].length;
    bytes.fill(48, end - DIGITS, end);
  }
  const value = (name: string, text: string): void => {
    const field = find<HTMLInputElement>(`input[name="${name}"]`, into);
    if (field) field.value = text;
  };
  value("mark", found?.[0] ?? "");
  value("fingerprint", hex(await crypto.subtle.digest("SHA-256", bytes)));
}

function bind(of: HTMLFormElement): void {
  of.addEventListener("submit", (event) => {
    const field = find<HTMLInputElement>('input[type="file"]', of);
    const file = field?.files?.[0];
    if (!field || !file || !("subtle" in crypto)) return;
    event.preventDefault();
    void read(file, of).then(
      () => {
        field.disabled = true;
        of.submit();
      },
      () => of.submit(),
    );
  });
  // Coming back to the page finds it ready for the next file.
  addEventListener("pageshow", () => {
    const field = find<HTMLInputElement>('input[type="file"]', of);
    if (field) field.disabled = false;
  });
}

if (form) bind(form);
