// Counts on from the server's numbers, so a wrong clock in the reader's device does no harm. `wait`
// is how long the time stands still before it runs; `asof`, the moment they are of, makes the same
// numbers news again.
const SLEPT = 3; // seconds that are no delay on the way
const time = (seconds) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;

class SetwiseClock extends HTMLElement {
  static observedAttributes = ["remaining", "running", "wait", "asof"];

  connectedCallback() { this.timer = setInterval(() => this.draw(), 500); this.restart(); }
  disconnectedCallback() { clearInterval(this.timer); }
  attributeChangedCallback() { this.restart(); }

  restart() {
    this.since = performance.now();
    this.shown = null;
    this.draw();
  }

  // The server says what time it is: a device that slept has counted nothing meanwhile. What was long on
  // its way is late and never early, so nothing is ever set back.
  wake(at) {
    const slept = at - this.number("asof") - (performance.now() - this.since) / 1000;
    if (!(slept > SLEPT)) return;
    this.since -= slept * 1000;
    this.shown = null;
    this.draw();
  }

  number(name) { return Number(this.getAttribute(name) || 0); }
  get elapsed() { return this.getAttribute("running") === "true" ? (performance.now() - this.since) / 1000 : 0; }

  draw() {
    const wait = Math.round(this.number("wait") - this.elapsed);
    const left = Math.round(this.number("remaining") - Math.max(0, this.elapsed - this.number("wait")));
    const text = wait > 0 ? `in ${time(wait)}` : left < 0 ? `${time(-left)} over` : time(left);
    const face = this.firstElementChild || this;
    if (face.textContent !== text) face.textContent = text;
    // seen to run out, and not found to be over
    if (this.shown > 0 && left <= 0) this.dispatchEvent(new CustomEvent("setwise-time-is-over", { bubbles: true }));
    this.shown = left;
  }
}
customElements.define("setwise-clock", SetwiseClock);
