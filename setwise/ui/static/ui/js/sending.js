// What is sent from a room, until the server has said what became of it. It carries a number, so that
// the same again is the same fact once; it goes again by itself when the connection is back.
import { pendings } from "./drafts.js";

const PATIENCE = 20_000; // for one answer
const AGAIN = 5_000; // between two tries
const PRESS_LASTS = 60_000; // a press without words is meant for its moment
const UNSURE = [502, 503, 504]; // somebody between us answered: nobody knows whether it arrived

const NOT_YET = "Not sent yet: it is kept here. It is sent when the connection is back.";
const NOT_AT_ALL = "That press was not sent. Press again if it is still wanted.";

function newNumber() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16)); // plain http on a local network
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((b) => b.toString(16).padStart(2, "0")).join("");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

export class Sending {
  // `said` is told what became of each thing: done, refused or waiting.
  constructor(said) {
    this.said = said;
    this.flying = new Map(); // by form, or by the press where forms are many
    this.waiting = new Map();
    this.tries = setInterval(() => this.flush(), AGAIN);
  }

  end() { clearInterval(this.tries); }

  async send(form, button) {
    const url = button?.hasAttribute("formaction") ? button.formAction : new URL(form.getAttribute("action"), location.href).href; // a field may be named "action"
    const body = [...new FormData(form, button)].filter(([name]) => name !== "deed" && name !== "csrfmiddlewaretoken");
    const same = JSON.stringify([url, body]);
    const draft = form.closest("setwise-draft"), place = draft ? form : same;
    const flying = this.flying.get(place);
    if (flying) {
      await flying.answer;
      if (flying.same === same) return; // pressed twice
    }
    // While nobody knows what became of the words sent before, other words take their number: the
    // server keeps the first of the two it sees, and never both.
    const before = draft ? draft.pending : this.waiting.get(place);
    const thing = { url, body, same, place, form, button, draft, number: before?.number ?? newNumber() };
    draft?.remember({ url, body, number: thing.number });
    await this.post(thing);
  }

  // What an earlier page sent, and of which it never heard.
  resume(person, path) {
    for (const [key, { url, body, number }] of pendings(person)) {
      if (!new URL(url).pathname.startsWith(path)) continue;
      const draft = [...document.querySelectorAll("setwise-draft")].find((each) => each.key === key) ?? null;
      const form = draft?.querySelector("form") ?? null;
      this.post({ url, body, number, form, draft, key, place: form ?? key, same: JSON.stringify([url, body]) });
    }
  }

  flush() { for (const thing of [...this.waiting.values()]) if (!this.flying.has(thing.place)) this.post(thing); }

  post(thing) {
    const answer = this.ask(thing);
    this.flying.set(thing.place, { same: thing.same, answer });
    return answer;
  }

  async ask(thing) {
    const words = new FormData();
    for (const [name, value] of thing.body) words.append(name, value);
    words.set("deed", thing.number);
    words.set("csrfmiddlewaretoken", document.querySelector("#act [name=csrfmiddlewaretoken]").value);
    thing.button?.setAttribute("aria-disabled", "true"); // `disabled` would throw the keyboard's focus away
    let answer = null;
    try {
      answer = await fetch(thing.url, { method: "POST", body: words, headers: { "X-Setwise-Room": "1" }, redirect: "manual", signal: AbortSignal.timeout?.(PATIENCE) });
    } catch { /* out of touch */ }
    this.flying.delete(thing.place);
    if (!answer || UNSURE.includes(answer.status)) this.wait(thing);
    else {
      this.waiting.delete(thing.place);
      if (answer.status < 500) thing.draft?.forget(); // after a 5xx nobody knows: the same number again
      if (answer.status === 204) this.said.done(thing, words);
      else if (answer.type === "opaqueredirect") location.reload(); // signed out: the words are kept
      else await this.said.refused(thing, answer);
    }
    thing.button?.removeAttribute("aria-disabled");
  }

  wait(thing) {
    thing.since ??= performance.now();
    const given = !thing.draft && !thing.key && performance.now() - thing.since > PRESS_LASTS;
    if (given) this.waiting.delete(thing.place);
    else this.waiting.set(thing.place, thing);
    this.said.waits(thing, given ? NOT_AT_ALL : NOT_YET);
  }
}
