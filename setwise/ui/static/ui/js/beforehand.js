// Puts what its writer prepared into the form around it. What is typed there already stays above it.
class SetwiseBeforehand extends HTMLElement {
  connectedCallback() { this.addEventListener("click", (event) => { if (event.target.closest("a")) this.fill(event); }); }

  fill(event) {
    const form = this.closest("form");
    let first = null;
    for (const { dataset: { for: name, value } } of this.querySelectorAll("[data-for]")) {
      const control = form?.querySelector(`textarea[name="${name}"], input[name="${name}"][value="${CSS.escape(value)}"]`);
      if (!control) continue;
      if (control.type === "radio") control.checked = true;
      else if (!control.value.includes(value)) control.value = control.value.trim() ? `${control.value.trim()}\n${value}` : value;
      if (control.localName === "textarea") first ??= control;
      control.dispatchEvent(new Event("input", { bubbles: true })); // the draft keeps it
    }
    if (!first) return; // the link's own page does it
    event.preventDefault();
    first.focus();
  }
}
customElements.define("setwise-beforehand", SetwiseBeforehand);
