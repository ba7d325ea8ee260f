// Counts on from the server's number, so a wrong clock in the reader's device does no harm.
class SetwiseClock extends HTMLElement {
  static observedAttributes = ["remaining", "running"];

  connectedCallback() { this.timer = setInterval(() => this.draw(), 500); this.restart(); }
  disconnectedCallback() { clearInterval(this.timer); }
  attributeChangedCallback() { this.restart(); }

  restart() {
    this.since = performance.now();
    this.left = Number(this.getAttribute("remaining") || 0);
    this.draw();
  }

  draw() {
    const running = this.getAttribute("running") === "true";
    const elapsed = running ? (performance.now() - this.since) / 1000 : 0;
    const left = Math.round(this.left - elapsed);
    const whole = Math.abs(left);
    const shown = `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
    const text = left < 0 ? `${shown} over` : shown;
    const face = this.firstElementChild || this;
    if (face.textContent !== text) face.textContent = text;
  }
}
customElements.define("setwise-clock", SetwiseClock);
