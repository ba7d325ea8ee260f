// The room, live: one event stream whose regions are morphed in, and forms that are sent once.
import { morph } from "./htmx-adapter.js";
import { WORDS, merge, plain, settled, typed } from "./composers.js";
import { forget } from "./drafts.js";
import { Sending } from "./sending.js";

const HIDDEN_FOR = 30_000;
const QUIET_FOR = 40_000; // the stream says every 15 seconds that it is still there
const BACK = "Back in touch.";
const OUT = "Out of touch with Setwise. What you type is kept here, and what you sent goes as soon as it is back.";

class SetwiseRoom extends HTMLElement {
  connectedCallback() {
    this.status = this.querySelector("[data-status]");
    this.heard = this.querySelector("[data-heard]");
    this.sending = new Sending(this);
    this.addEventListener("submit", (event) => this.send(event));
    this.addEventListener("click", (event) => { this.settle(event); this.pressOnce(event); });
    this.addEventListener("keydown", (event) => this.pressOnce(event));
    document.addEventListener("visibilitychange", () => this.visibility());
    window.addEventListener("online", () => { this.open(); this.sending.flush(); });
    window.addEventListener("offline", () => this.lose());
    this.open();
    const person = document.querySelector("meta[name=setwise-person]")?.content;
    if (person) this.sending.resume(person, location.pathname);
  }

  disconnectedCallback() { this.close(); this.sending.end(); }

  visibility() {
    clearTimeout(this.hidden);
    const listens = this.querySelector("setwise-sound[data-on]"); // a sound must know of the stage that moved
    if (document.hidden) this.hidden = listens ? 0 : setTimeout(() => this.close(), HIDDEN_FOR);
    else if (!this.stream) this.open();
  }

  open() {
    this.close();
    const stream = this.stream = new EventSource(this.getAttribute("src"));
    stream.addEventListener("region", (event) => { this.hear(); this.receive(JSON.parse(event.data)); });
    stream.addEventListener("still", (event) => { this.hear(); this.querySelector("setwise-clock")?.wake(Number(event.data)); });
    stream.addEventListener("gone", () => { this.close(); location.assign(this.dataset.goneHref); });
    stream.addEventListener("open", () => { this.hear(); this.sending.flush(); });
    stream.addEventListener("error", () => {
      this.lose();
      if (stream.readyState === EventSource.CLOSED && stream === this.stream) setTimeout(() => this.open(), 4000);
    });
  }

  close() { clearTimeout(this.quiet); this.stream?.close(); this.stream = null; }

  // A connection that died without a word is noticed by its silence.
  hear() {
    clearTimeout(this.quiet);
    this.quiet = setTimeout(() => { this.lose(); this.open(); }, QUIET_FOR);
    if (!this.lost) return;
    this.lost = false;
    this.brief(BACK);
  }

  lose() { this.lost = true; this.say(OUT); }
  say(words) {
    if (!this.status || this.status.textContent === words) return;
    this.status.classList.toggle("notice--warn", Boolean(this.lost));
    this.status.textContent = words;
  }

  receive({ regions, shell, announce }) {
    for (const [name, html] of Object.entries(regions)) {
      const region = document.getElementById(`region-${name}`);
      if (region) morph(region, html);
    }
    this.querySelector("setwise-told")?.look(this);
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
        const leading = id === "for-others" && here.querySelector("#for-leading"); // it comes after
        if (next) here.insertBefore(document.adoptNode(next), leading || null);
      }
      const rounds = fresh.querySelector("[data-part=rounds]");
      if (rounds) here.querySelector("[data-part=rounds]")?.replaceWith(document.adoptNode(rounds));
    }
    document.querySelector("setwise-strays")?.look();
  }

  // A stage that ended disables its composer, and never removes it: what is typed stays, and is
  // offered back to its author. In a pause nothing is over.
  fit() {
    const { open, waits } = this.shell;
    for (const composer of this.querySelectorAll("[data-composer]")) {
      const over = composer.dataset.over !== undefined;
      const now = !over && open.includes(composer.dataset.composer);
      composer.hidden = !now && !typed(composer);
      composer.classList.toggle("is-over", !now);
      for (const form of composer.querySelectorAll("form")) {
        for (const button of form.querySelectorAll("button:not([data-unsent] *)")) button.disabled = !now;
        const draft = form.closest("setwise-draft"), offer = form.querySelector("[data-unsent]");
        if (offer) offer.hidden = now || (waits && !over) || !typed(form) || Boolean(draft?.pending || draft?.kept);
      }
    }
    for (const fold of this.querySelectorAll(".for-others")) fold.hidden = !fold.querySelector("[data-composer]:not([hidden])");
  }

  // Its author keeps words that were not sent, or drops them; handing them over is an ordinary form.
  settle(event) {
    const button = event.target.closest("[data-keep], [data-drop]"), draft = button?.closest("setwise-draft");
    if (!draft) return;
    if (button.dataset.drop === undefined) {
      draft.keepHere();
      draft.closest("details").open = false;
    } else { draft.wipe(); draft.querySelector("form").reset(); }
    document.querySelector("setwise-strays")?.look();
    if (this.shell) this.fit();
    document.getElementById("main").focus();
  }

  // The second half of a double click is meant for what stood there at the first: the stage may have
  // moved on in between, and the same place now close the meeting. A key held down is one press too.
  pressOnce(event) {
    const button = event.target.closest("button[form=act]");
    if (!button) return;
    const does = `${button.formAction} ${button.name} ${button.value}`;
    const again = event.type === "keydown" ? event.repeat && event.key === "Enter" : event.detail > 1 && does !== this.did;
    if (again) event.preventDefault();
    else if (event.type === "click") this.did = does;
  }

  send(event) {
    const form = event.target;
    if (form.method !== "post" || form.dataset.plain !== undefined) return;
    event.preventDefault();
    this.sending.send(form, event.submitter);
  }

  // From here on, what became of something sent. Its form is not here any more where an earlier page
  // sent it, in a part of the meeting that is over.
  waits({ form, draft }, words) {
    this.problem(form, words);
    if (draft && this.shell) this.fit();
  }

  done({ form, draft, key, url }, sent) {
    this.problem(form, "");
    if (!form && key) localStorage.removeItem(key);
    if (!form || form.id === "act") { document.querySelector("setwise-strays")?.look(); return; }
    for (const control of form.querySelectorAll("[aria-invalid]")) control.removeAttribute("aria-invalid");
    // Words typed while the others were on their way are not the server's yet: they stay.
    const more = [...form.querySelectorAll(WORDS)]
      .some((control) => control.name && plain(control.value) !== plain(String(sent.get(control.name) ?? "")));
    if (more) { draft?.keep(); return; }
    draft?.wipe();
    if (form.dataset.keeps === undefined) form.reset();
    else settled(form);
    const handed = url.endsWith("/handed/");
    this.brief(handed ? "Handed over." : "Kept.");
    if (handed) {
      document.querySelector("setwise-strays")?.look();
      document.getElementById("main").focus();
    }
    if (this.shell) this.fit();
    if (form.closest("[data-behind]")) {
      this.querySelector("#shell").dataset.key = "";
      this.follow();
    }
    const folded = form.closest("details[data-folds]");
    if (folded) {
      folded.open = false;
      folded.querySelector("summary").focus();
    }
  }

  brief(told) {
    const words = told !== BACK && this.status?.textContent === BACK ? `${BACK} ${told}` : told; // both were said at once
    this.say(words);
    setTimeout(() => { if (this.status?.textContent === words) this.say(this.lost ? OUT : ""); }, 4000);
  }

  async refused({ form, draft, key }, answer) {
    if (!form && key) {
      forget(key);
      document.querySelector("setwise-strays")?.look();
      return;
    }
    let said = { error: "This could not be done. Reload the page and look again." };
    try { said = await answer.json(); } catch { /* a plain error page */ }
    this.problem(form, said.error);
    if (draft && this.shell) this.fit();
    if (said.over) document.querySelector("setwise-strays")?.look();
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
    const place = form?.querySelector("[data-problem]") || this.querySelector("[data-problem-room]");
    if (place) place.textContent = words;
  }
}
customElements.define("setwise-room", SetwiseRoom);
