// The room, live: one event stream whose regions are morphed in, and forms that are sent once.
import { morph } from "./htmx-adapter.js";

const HIDDEN_FOR = 30_000;

function newNumber() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16)); // plain http on a local network
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((b) => b.toString(16).padStart(2, "0")).join("");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

const WORDS = "textarea, input[type=text], input[type=date]";

const plain = (words) => words.replace(/\r?\n/g, "\n");
const typed = (composer) => [...composer.querySelectorAll(WORDS)].some((control) => control.value !== control.defaultValue);
const writing = (composer) => composer.contains(document.activeElement) && document.activeElement.matches("textarea, input, select");

// What was sent and stays in its form is no draft any more.
function settled(form) {
  for (const control of form.querySelectorAll(WORDS)) control.defaultValue = control.value;
  for (const control of form.querySelectorAll("[name^=was_]")) {
    const now = form.querySelector(`[name="${control.name.slice(4)}"]`);
    if (now) control.value = now.value;
  }
}

// Brings the composers of one part up to date. One in which somebody writes is left as it is.
function merge(now, next) {
  const wanted = next ? [...next.querySelectorAll(":scope > [data-composer]")] : [];
  const ids = new Set(wanted.map((each) => each.id));
  for (const old of now.querySelectorAll(":scope > [data-composer]")) {
    if (!ids.has(old.id) && !typed(old)) old.remove();
  }
  let place = null;
  for (const each of wanted) {
    const old = document.getElementById(each.id);
    if (old && (typed(old) || writing(old))) { place = old; continue; }
    const node = document.adoptNode(each);
    if (old) {
      const focused = old.contains(document.activeElement);
      node.open ||= old.open;
      old.replaceWith(node);
      if (focused) node.querySelector("summary").focus();
    } else if (place) place.after(node);
    else now.querySelector(":scope > [data-composer]")?.before(node) ?? now.append(node);
    place = node;
  }
}

class SetwiseRoom extends HTMLElement {
  // The number of each thing sent, until the server has said what became of it. A second press or a
  // retry of the same words carries the same number; other words, or another button, a new one.
  deeds = new Map();
  flying = new Set();

  connectedCallback() {
    this.status = this.querySelector("[data-status]");
    this.heard = this.querySelector("[data-heard]");
    this.addEventListener("submit", (event) => this.send(event));
    document.addEventListener("visibilitychange", () => this.visibility());
    window.addEventListener("online", () => this.open());
    this.open();
  }

  disconnectedCallback() { this.close(); }

  visibility() {
    clearTimeout(this.hidden);
    if (document.hidden) this.hidden = setTimeout(() => this.close(), HIDDEN_FOR);
    else if (!this.stream) this.open();
  }

  open() {
    this.close();
    this.stream = new EventSource(this.getAttribute("src"));
    this.stream.addEventListener("region", (event) => this.receive(JSON.parse(event.data)));
    this.stream.addEventListener("gone", () => { this.close(); location.assign(this.dataset.goneHref); });
    this.stream.addEventListener("open", () => { this.say(this.lost ? "Back in touch." : ""); this.lost = false; });
    this.stream.addEventListener("error", () => {
      this.lost = true;
      this.say("Out of touch with Setwise. What you type is kept here; trying again.");
      if (this.stream?.readyState === EventSource.CLOSED) setTimeout(() => this.open(), 4000);
    });
  }

  close() { this.stream?.close(); this.stream = null; }
  say(words) { if (this.status) this.status.textContent = words; }

  receive({ regions, shell, announce }) {
    for (const [name, html] of Object.entries(regions)) {
      const region = document.getElementById(`region-${name}`);
      if (region) morph(region, html);
    }
    if (announce && this.heard && this.heard.textContent !== announce) this.heard.textContent = announce;
    if (shell) {
      this.shell = shell;
      this.fit();
      this.follow();
    }
  }

  // Another round, or the moment one is checked in, brings other composers: the page is asked for
  // them. One in which something is typed is never taken away. One page at a time: while it is on
  // its way the room may move on, and what it moved to last is what counts.
  async follow() {
    const here = this.querySelector("#shell");
    if (!here || this.following) return;
    this.following = true;
    while (here.dataset.key !== this.shell.key) {
      const wanted = this.shell.key;
      try {
        const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        const fresh = page.querySelector("#shell");
        if (fresh) this.exchange(here, fresh);
      } catch { break; /* the next message tries again */ }
      here.dataset.key = wanted;
      this.fit();
    }
    this.following = false;
  }

  exchange(here, fresh) {
    if (!here.querySelector("[data-part=own]")) here.replaceChildren(...fresh.childNodes);
    else {
      for (const part of ["own", "others", "leading"]) {
        const now = here.querySelector(`[data-part=${part}]`), next = fresh.querySelector(`[data-part=${part}]`);
        if (now) merge(now, next);
      }
      for (const id of ["for-others", "for-leading", "offers", "after"]) {
        const now = here.querySelector(`#${id}`), next = fresh.querySelector(`#${id}`);
        if (now && id.startsWith("for-")) continue; // its composers are merged above
        now?.remove();
        if (next) here.append(document.adoptNode(next));
      }
    }
    document.querySelector("setwise-strays")?.look();
  }

  // A stage that ended disables its composer, and never removes it: what is typed stays.
  fit() {
    const { open } = this.shell;
    for (const composer of this.querySelectorAll("[data-composer]")) {
      const now = open.includes(composer.dataset.composer);
      composer.hidden = !now && !typed(composer);
      for (const button of composer.querySelectorAll("button")) button.disabled = !now;
      composer.classList.toggle("is-over", !now);
    }
    for (const fold of this.querySelectorAll(".for-others")) fold.hidden = !fold.querySelector("[data-composer]:not([hidden])");
  }

  async send(event) {
    const form = event.target;
    const button = event.submitter;
    if (form.method !== "post" || form.dataset.plain !== undefined) return;
    event.preventDefault();
    const words = new FormData(form, button);
    const url = button?.hasAttribute("formaction") ? button.formAction : new URL(form.getAttribute("action"), location.href).href; // a field may be named "action"
    words.delete("deed");
    const same = JSON.stringify([url, ...words]);
    if (this.flying.has(same)) return;
    this.flying.add(same);
    const draft = form.closest("setwise-draft");
    if (!this.deeds.has(same)) this.deeds.set(same, draft?.numberOf(same) ?? newNumber());
    words.set("deed", this.deeds.get(same));
    draft?.remember(same, this.deeds.get(same)); // a reload before the answer sends it no second time
    button?.setAttribute("aria-disabled", "true"); // `disabled` would throw the keyboard's focus away
    try {
      const answer = await fetch(url, { method: "POST", body: words, headers: { "X-Setwise-Room": "1" }, redirect: "manual" });
      if (answer.status === 204) this.done(form, words);
      else if (answer.type === "opaqueredirect") location.reload();
      else await this.refused(form, answer);
      if (answer.status < 500) { // after a 5xx nobody knows: try the same deed
        this.deeds.delete(same);
        draft?.forget();
      }
    } catch {
      this.problem(form, "Not sent yet: it is kept here. It is sent when the connection is back.");
      this.again(form, button);
    }
    this.flying.delete(same);
    button?.removeAttribute("aria-disabled");
  }

  again(form, button) {
    const retry = () => { window.removeEventListener("online", retry); clearTimeout(later); form.requestSubmit(button?.form === form ? button : null); };
    const later = setTimeout(retry, 5000);
    window.addEventListener("online", retry);
  }

  done(form, sent) {
    this.problem(form, "");
    for (const control of form.querySelectorAll("[aria-invalid]")) control.removeAttribute("aria-invalid");
    if (form.id === "act") return;
    // Words typed while the others were on their way are not the server's yet: they stay.
    const more = [...form.querySelectorAll(WORDS)]
      .some((control) => control.name && plain(control.value) !== plain(String(sent.get(control.name) ?? "")));
    if (more) { form.closest("setwise-draft")?.keep(); return; }
    form.closest("setwise-draft")?.wipe();
    if (form.dataset.keeps === undefined) form.reset();
    else settled(form);
    this.brief("Kept.");
    const folded = form.closest("details[data-folds]");
    if (folded) {
      folded.open = false;
      folded.querySelector("summary").focus();
    }
  }

  brief(words) {
    this.say(words);
    setTimeout(() => { if (this.status?.textContent === words) this.say(""); }, 4000);
  }

  async refused(form, answer) {
    let said = { error: "This could not be done. Reload the page and look again." };
    try { said = await answer.json(); } catch { /* a plain error page */ }
    this.problem(form, said.error);
    for (const [name, value] of Object.entries(said.fresh ?? {})) {
      const control = form.querySelector(`[name="${name}"]`);
      if (control) control.value = value;
    }
    const control = said.field && form.querySelector(`[name="${said.field}"]`);
    if (!control) return;
    control.setAttribute("aria-invalid", "true");
    control.focus();
  }

  problem(form, words) {
    const place = form.querySelector("[data-problem]") || this.querySelector("[data-problem-room]");
    if (place) place.textContent = words;
  }
}
customElements.define("setwise-room", SetwiseRoom);
