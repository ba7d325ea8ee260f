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

class SetwiseDraft extends HTMLElement {
  get key() { return `${PREFIX}${this.getAttribute("person")}:${this.getAttribute("name")}`; }
  get controls() {
    return [...this.querySelectorAll("textarea, input:not([type=hidden], [type=password], [type=checkbox], [type=radio])")];
  }

  connectedCallback() {
    this.addEventListener("input", () => this.keep());
    this.addEventListener("submit", () => this.keep(true));
    const kept = stored(this.key);
    if (!kept) return;
    for (const control of this.controls) {
      const words = kept.words[control.name];
      if (words && (control.value === "" || control.value === control.defaultValue)) control.value = words;
    }
    if (Object.values(kept.words).some(Boolean)) this.closest("details")?.setAttribute("open", "");
  }

  keep(sent = false) {
    const words = Object.fromEntries(this.controls.map((control) => [control.name, control.value]));
    try {
      localStorage.setItem(this.key, JSON.stringify({ at: Date.now(), sent, words }));
    } catch { /* see above */ }
  }

  wipe() { localStorage.removeItem(this.key); }
}
try { settle(); } catch { /* see above */ }
customElements.define("setwise-draft", SetwiseDraft);

document.addEventListener("submit", (event) => {
  if (event.target.matches("[data-wipes-drafts]")) wipeAll();
});
