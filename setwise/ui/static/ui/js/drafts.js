// What is typed is kept in this browser, for this person, until the server has it: a reload, a lost
// connection or an expired session loses nothing. Kept twelve hours at most, wiped at sign-out.
import { now } from "./now.js";

const PREFIX = "setwise-draft:";
const LIFE = 12 * 60 * 60 * 1000;

function stored(key) {
  try {
    const kept = JSON.parse(localStorage.getItem(key) || "null");
    if (kept && now() - kept.at < LIFE) return kept;
    localStorage.removeItem(key);
  } catch { /* a full or forbidden store: the page works without */ }
  return null;
}

const put = (key, kept) => { try { localStorage.setItem(key, JSON.stringify(kept)); } catch { /* see above */ } };

// What was sent by this person, and of which nobody knows yet whether it arrived.
export function pendings(person) {
  try {
    return Object.keys(localStorage)
      .filter((key) => key.startsWith(`${PREFIX}${person}:`))
      .map((key) => [key, stored(key)?.deed])
      .filter(([, deed]) => deed?.body);
  } catch { return []; }
}

// The server has answered: the words are a draft again.
export function forget(key) {
  const kept = stored(key);
  if (kept) put(key, { ...kept, deed: null, sent: false });
}

export function wipeAll() {
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith(PREFIX)) localStorage.removeItem(key);
  } catch { /* a forbidden store holds nothing */ }
}

// A page reached by the redirect after a form was sent, still signed in and refusing nothing, proves
// that the server has the words. Signed out, refused, reloaded or gone back to, it proves nothing.
function settle() {
  const arrived = performance.getEntriesByType("navigation")[0];
  const person = document.querySelector("meta[name=setwise-person]")?.content;
  const taken = person && arrived?.type === "navigate" && arrived.redirectCount > 0
    && !document.querySelector("[data-refused]");
  for (const key of Object.keys(localStorage).filter((name) => name.startsWith(PREFIX))) {
    const kept = stored(key);
    if (!kept?.sent || kept.deed) continue; // what a room sent is settled by its own answer
    if (taken && key.startsWith(`${PREFIX}${person}:`)) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify({ ...kept, sent: false }));
  }
}

const textual = "textarea, select, input:not([type=hidden], [type=password], [type=checkbox], [type=radio])";
const untouched = (control) => control.localName === "select"
  ? [...control.options].every((option) => option.selected === option.defaultSelected) || !control.querySelector("[selected]")
  : control.value === "" || control.value === control.defaultValue;

class SetwiseDraft extends HTMLElement {
  get key() { return `${PREFIX}${this.getAttribute("person")}:${this.getAttribute("name")}`; }
  get controls() { return [...this.querySelectorAll(textual)]; }

  connectedCallback() {
    this.addEventListener("input", () => this.keep());
    this.addEventListener("submit", () => this.keep(true));
    const kept = stored(this.key);
    if (!kept) return;
    for (const control of this.controls) {
      const words = kept.words[control.name];
      if (words && untouched(control)) control.value = words;
    }
    if (worded(kept).length) {
      for (let fold = this.closest("details"); fold; fold = fold.parentElement?.closest("details")) fold.open = true;
    }
  }

  keep(sent = false) {
    const words = Object.fromEntries(this.controls.map((control) => [control.name, control.value]));
    put(this.key, { at: now(), sent, words, deed: this.pending });
  }

  // What was sent, with its number, while nobody knows yet what became of it.
  get pending() { return stored(this.key)?.deed ?? null; }
  remember(deed) { put(this.key, { ...(stored(this.key) ?? { at: now(), sent: true, words: {} }), deed }); }
  forget() { forget(this.key); }

  // Its author keeps the words though no form takes them any more, and is not asked again.
  get kept() { return Boolean(stored(this.key)?.kept); }
  keepHere() { put(this.key, { ...stored(this.key), kept: true }); }

  wipe() { try { localStorage.removeItem(this.key); } catch { /* see above */ } }
}

function worded(kept) {
  return Object.entries(kept.words).filter(([name, value]) => value && name !== "for_").map(([, value]) => value);
}

// Words typed for a part of the meeting that is over: no form takes them any more. Their author hands
// them to the presenter of that round, or drops them, and keeps them by doing nothing.
class SetwiseStrays extends HTMLElement {
  connectedCallback() { this.look(); }

  look() {
    const strays = this.strays(), rounds = this.rounds();
    const now = JSON.stringify([strays, [...rounds]]);
    if (now === this.before) return; // somebody may be changing them
    this.before = now;
    this.querySelector("ul").replaceChildren(...strays.map(([key, name, words]) => this.shown(key, name, words, rounds)));
    this.hidden = !strays.length;
  }

  strays() {
    const own = `${PREFIX}${this.getAttribute("person")}:`;
    const here = new Set([...document.querySelectorAll("setwise-draft:not(setwise-strays *)")].map((draft) => draft.key));
    try {
      return Object.keys(localStorage)
        .filter((key) => key.startsWith(`${own}room:`) && !here.has(key))
        .map((key) => [key, stored(key)])
        .filter(([, kept]) => kept && !kept.deed && worded(kept).length)
        .map(([key, kept]) => [key, key.slice(own.length), worded(kept).join("\n")]);
    } catch { return []; }
  }

  // Where the words of a round may be handed, and to whom.
  rounds() {
    return new Map([...document.querySelectorAll("[data-part=rounds] [data-round]")]
      .flatMap(({ dataset: { round, to, href } }) => ["question", "option"].map((kind) => [`room:${round}:${kind}`, { to, href }])));
  }

  shown(key, name, words, rounds) {
    const round = rounds.get(name);
    const item = this.querySelector(round ? "template[data-hand]" : "template[data-alone]").content.firstElementChild.cloneNode(true);
    item.querySelector("[data-drop]").addEventListener("click", () => { localStorage.removeItem(key); this.look(); });
    if (!round) {
      item.querySelector("[data-words]").textContent = words;
      return item;
    }
    const draft = item.querySelector("setwise-draft");
    draft.setAttribute("name", name);
    draft.setAttribute("person", this.getAttribute("person"));
    draft.querySelector("form").action = round.href;
    draft.querySelector("[data-to]").textContent = round.to;
    return item;
  }
}

try { settle(); } catch { /* see above */ }
customElements.define("setwise-draft", SetwiseDraft);
customElements.define("setwise-strays", SetwiseStrays);

document.addEventListener("submit", (event) => {
  if (event.target.matches("[data-wipes-drafts]")) wipeAll();
});
