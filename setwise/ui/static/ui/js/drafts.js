// What is typed is kept in this browser, for this person, until the server has it: a reload, a lost
// connection or an expired session loses nothing. Kept twelve hours at most, wiped at sign-out.
const PREFIX = "setwise-draft:";
const LIFE = 12 * 60 * 60 * 1000;

function stored(key) {
  try {
    const kept = JSON.parse(localStorage.getItem(key) || "null");
    if (kept && Date.now() - kept.at < LIFE) return kept;
    localStorage.removeItem(key);
  } catch { /* a full or forbidden store: the page works without */ }
  return null;
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
    if (!kept?.sent) continue;
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
    this.store({ at: Date.now(), sent, words });
  }

  // The number under which these words were sent, if nobody knows yet what became of them.
  numberOf(same) { return stored(this.key)?.deed?.same === same ? stored(this.key).deed.number : null; }
  remember(same, number) { this.store({ ...(stored(this.key) ?? { at: Date.now(), sent: true, words: {} }), deed: { same, number } }); }
  forget() {
    const kept = stored(this.key);
    if (kept) this.store({ ...kept, deed: null });
  }

  store(kept) {
    try { localStorage.setItem(this.key, JSON.stringify(kept)); } catch { /* see above */ }
  }

  wipe() { try { localStorage.removeItem(this.key); } catch { /* see above */ } }
}

function worded(kept) {
  return Object.entries(kept.words).filter(([name, value]) => value && name !== "for_").map(([, value]) => value);
}

// Words typed for a part of the meeting that is over: no form takes them any more, and they are kept.
class SetwiseStrays extends HTMLElement {
  connectedCallback() { this.look(); }

  look() {
    const list = this.querySelector("ul");
    list.replaceChildren(...this.strays().map(([key, words]) => this.shown(key, words)));
    this.hidden = !list.children.length;
  }

  strays() {
    const own = `${PREFIX}${this.getAttribute("person")}:`;
    const here = new Set([...document.querySelectorAll("setwise-draft")].map((draft) => draft.key));
    try {
      return Object.keys(localStorage)
        .filter((key) => key.startsWith(`${own}room:`) && !here.has(key))
        .map((key) => [key, stored(key)])
        .filter(([, kept]) => kept && worded(kept).length)
        .map(([key, kept]) => [key, worded(kept).join("\n")]);
    } catch { return []; }
  }

  shown(key, words) {
    const item = document.createElement("li"), text = document.createElement("span"), button = document.createElement("button");
    text.textContent = words;
    button.textContent = "Throw it away";
    button.type = "button";
    button.className = "button button--quiet";
    button.addEventListener("click", () => { localStorage.removeItem(key); this.look(); });
    item.append(text, button);
    return item;
  }
}

try { settle(); } catch { /* see above */ }
customElements.define("setwise-draft", SetwiseDraft);
customElements.define("setwise-strays", SetwiseStrays);

document.addEventListener("submit", (event) => {
  if (event.target.matches("[data-wipes-drafts]")) wipeAll();
});
