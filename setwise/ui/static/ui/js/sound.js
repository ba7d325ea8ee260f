// A gentle sound when the time of a stage is over. Off until somebody asks for it, and remembered for
// this person in this browser. Browsers let a page sound only after a press or a key.
const PREFIX = "setwise-sound:";
const TONES = [[528, 0.1], [792, 0.04]]; // hertz, loudness
const LASTS = 2.4; // seconds

class SetwiseSound extends HTMLElement {
  connectedCallback() {
    this.button = this.querySelector("[role=switch]");
    if (!window.AudioContext || !this.button) return;
    this.hidden = false;
    this.turn(this.kept());
    this.button.addEventListener("click", () => this.press());
    for (const gesture of ["pointerdown", "keydown"]) document.addEventListener(gesture, () => this.wake(), { passive: true });
    document.addEventListener("setwise-time-is-over", () => this.ring());
  }

  get on() { return this.button.getAttribute("aria-checked") === "true"; }
  get key() { return PREFIX + this.getAttribute("person"); }

  kept() {
    try { return localStorage.getItem(this.key) === "on"; } catch { return false; /* a forbidden store */ }
  }

  turn(on) {
    this.button.setAttribute("aria-checked", String(on));
    this.button.querySelector("[data-state]").textContent = on ? "on" : "off";
    this.toggleAttribute("data-on", on);
  }

  press() {
    this.turn(!this.on);
    try {
      if (this.on) localStorage.setItem(this.key, "on");
      else localStorage.removeItem(this.key);
    } catch { /* it holds for this page */ }
    this.wake();
    this.ring(); // so that one knows what to expect
  }

  wake() {
    if (!this.on) return;
    this.audio ??= new AudioContext();
    if (this.audio.state === "suspended") this.audio.resume().catch(() => {});
  }

  ring() {
    if (!this.on || !this.audio) return;
    const now = this.audio.currentTime;
    for (const [hertz, loudness] of TONES) {
      const tone = this.audio.createOscillator(), gain = this.audio.createGain();
      tone.frequency.value = hertz;
      gain.gain.setValueAtTime(0.0001, now);
      gain.gain.exponentialRampToValueAtTime(loudness, now + 0.06);
      gain.gain.exponentialRampToValueAtTime(0.0001, now + LASTS);
      tone.connect(gain).connect(this.audio.destination);
      tone.start(now);
      tone.stop(now + LASTS);
    }
  }
}
customElements.define("setwise-sound", SetwiseSound);
