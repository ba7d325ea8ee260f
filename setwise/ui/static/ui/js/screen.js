// The big screen: follows the room by its own stream, which carries the clock and never a word.
import { morph } from "./htmx-adapter.js";

const HIDDEN_FOR = 30_000, AGAIN = 5_000;

class SetwiseScreen extends HTMLElement {
  connectedCallback() {
    document.addEventListener("visibilitychange", () => this.visibility());
    window.addEventListener("online", () => this.open());
    this.visibility();
  }

  disconnectedCallback() { this.close(); }

  visibility() {
    clearTimeout(this.hidden);
    if (document.hidden) { this.hidden = setTimeout(() => this.close(), HIDDEN_FOR); return; }
    if (!this.stream) this.open();
    navigator.wakeLock?.request("screen").catch(() => {}); // a projector should not fall asleep
  }

  open() {
    this.close();
    this.stream = new EventSource(this.getAttribute("src"));
    this.stream.addEventListener("open", () => { this.touched = true; this.say(""); });
    this.stream.addEventListener("region", (event) => this.receive(JSON.parse(event.data)));
    this.stream.addEventListener("still", (event) => this.querySelector("setwise-clock")?.wake(Number(event.data)));
    this.stream.addEventListener("gone", () => { this.close(); location.assign(this.dataset.goneHref); });
    this.stream.addEventListener("error", () => {
      if (this.touched) this.say("Out of touch with Setwise; trying again.");
      // refused, as before the room is opened: the browser itself would not ask again
      if (this.stream?.readyState === EventSource.CLOSED) this.later = setTimeout(() => this.open(), AGAIN);
    });
  }

  close() { clearTimeout(this.later); this.stream?.close(); this.stream = null; }
  say(words) { this.querySelector("[data-status]").textContent = words; }

  receive({ regions, announce }) {
    if (regions.screen) morph(document.getElementById("region-screen"), regions.screen);
    const heard = this.querySelector("[data-heard]");
    if (announce && heard.textContent !== announce) heard.textContent = announce;
  }
}
customElements.define("setwise-screen", SetwiseScreen);
