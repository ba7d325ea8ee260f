// A hint to whoever writes a question, asked for when they pause. It is theirs alone, is kept nowhere,
// holds up nothing, and never takes the focus.
const PAUSE = 1000;
const FEWEST = 4; // words
const OFF = "The coach is off for you. Your account page switches it on again.";

class SetwiseCoach extends HTMLElement {
  connectedCallback() {
    const form = this.parentElement.querySelector("form");
    this.box = form.elements.namedItem("text");
    this.says = this.querySelector("[data-says]");
    this.more = this.querySelector("[data-more]");
    this.dismissed = new Set(); // kinds of hint, until the box is empty again
    this.here = new AbortController();
    const { signal } = this.here;
    this.box.addEventListener("input", () => this.wait(), { signal });
    form.addEventListener("submit", () => this.clear(), { signal });
    form.addEventListener("reset", () => { this.dismissed.clear(); this.clear(); }, { signal });
    this.addEventListener("click", (event) => this.press(event), { signal });
  }

  disconnectedCallback() { this.here.abort(); this.drop(); }

  // A reading that is waited for, or on its way, is of words that are there no more.
  drop() { clearTimeout(this.timer); this.asking?.abort(); }
  clear() { this.drop(); this.show("", ""); }

  wait() {
    if (this.off) return;
    this.drop();
    const text = this.box.value.trim();
    if (!text) this.dismissed.clear();
    if (text.split(/\s+/).length < FEWEST) this.clear();
    else if (!this.closest(".is-over")) this.timer = setTimeout(() => this.ask(text), PAUSE);
  }

  async ask(text) {
    const { signal } = this.asking = new AbortController();
    try {
      const answer = await this.post(this.getAttribute("src"), { text }, signal);
      const html = answer.status === 200 ? await answer.text() : "";
      if (signal.aborted) return;
      if (answer.status === 403 || answer.status === 404) this.remove(); // it was switched off elsewhere
      else this.hear(html);
    } catch { /* out of touch, or they went on typing: no hint */ }
  }

  post(url, words, signal) {
    const { value } = document.querySelector("#act [name=csrfmiddlewaretoken]");
    const body = new URLSearchParams({ ...words, csrfmiddlewaretoken: value });
    return fetch(url, { method: "POST", body, headers: { "X-Setwise-Room": "1" }, redirect: "manual", signal });
  }

  hear(html) {
    if (this.more.contains(document.activeElement)) return; // somebody reads it: it stays as it is
    const hint = new DOMParser().parseFromString(html, "text/html").body;
    const says = hint.querySelector("[data-says]");
    says?.remove();
    this.key = says?.dataset.key;
    if (this.dismissed.has(this.key)) this.show("", "");
    else this.show(says?.textContent ?? "", hint.innerHTML.trim());
  }

  show(says, more) {
    if (this.says.textContent !== says) this.says.textContent = says;
    if (this.shown === more) return; // the same again: whatever is unfolded stays so
    this.shown = more;
    this.more.innerHTML = more;
  }

  async press(event) {
    if (event.target.closest("[data-dismiss]")) {
      this.dismissed.add(this.key);
      this.clear();
      this.box.focus();
    } else if (event.target.closest("[data-switch-off]")) {
      const answer = await this.post(this.dataset.off, {}).catch(() => null);
      if (answer?.status !== 204) return;
      this.off = true;
      this.drop();
      this.show(OFF, "");
      this.box.focus();
    }
  }
}
customElements.define("setwise-coach", SetwiseCoach);
