// What is said to whoever works at the plan: the state of the connection, sentences, questions.
import { find } from "../page";
import { showToast } from "../toasts";
import type { How, Said } from "./office";
import type { Speaker } from "./speaker";
import type { Answer } from "./wire";
import { fill } from "./words";

export class Telling {
  private readonly clock: Intl.DateTimeFormat;

  constructor(private readonly speaker: Speaker, private readonly goBack: () => void) {
    this.clock = new Intl.DateTimeFormat(document.documentElement.lang || "nb", { hour: "2-digit", minute: "2-digit" });
  }

  state(said: Said, count: number): void {
    const place = find("#plan-state");
    if (!place) return;
    place.textContent = fill(this.speaker.word(said), { time: this.time(), n: count });
    place.dataset["tone"] = said === "offline" || said === "stale" ? "warning" : said;
  }

  // As everywhere else on the pages: 14.32 in Norwegian, 14:32 in English.
  private time(): string {
    const said = this.clock.format(new Date());
    return document.documentElement.lang.startsWith("en") ? said : said.replace(":", ".");
  }

  say(sentence: string): void {
    const place = find("#plan-live");
    if (place) place.textContent = sentence;
  }

  refused(why: string): void {
    showToast({ text: why || this.speaker.word("failed"), tone: "danger" });
  }

  proposed(answer: Answer): void {
    showToast({ text: fill(this.speaker.word("proposed"), { case: answer.case ?? "", because: answer.because ?? "" }), tone: "info" });
  }

  ask(because: string): Promise<How> {
    const dialog = find<HTMLDialogElement>("#plan-ask");
    if (!dialog) return Promise.resolve("");
    const why = dialog.querySelector("[data-because]");
    if (why) why.textContent = because;
    dialog.returnValue = "";
    dialog.showModal();
    return new Promise((answer) => dialog.addEventListener("close", () => {
      this.goBack();
      answer(dialog.returnValue === "propose" || dialog.returnValue === "draft" ? dialog.returnValue : "");
    }, { once: true }));
  }
}
