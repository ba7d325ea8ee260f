// The forms of a room: what is typed in them, and which of them stay as others come.
export const WORDS = "textarea, input[type=text], input[type=date]";

export const plain = (words) => words.replace(/\r?\n/g, "\n");
export const typed = (composer) => [...composer.querySelectorAll(WORDS)].some((control) => control.value !== control.defaultValue);
const writing = (composer) => composer.contains(document.activeElement) && document.activeElement.matches("textarea, input, select");

// What was sent and stays in its form is no draft any more.
export function settled(form) {
  for (const control of form.querySelectorAll(WORDS)) control.defaultValue = control.value;
  for (const control of form.querySelectorAll("[name^=was_]")) {
    const now = form.querySelector(`[name="${control.name.slice(4)}"]`);
    if (now) control.value = now.value;
  }
}

// A box in which somebody writes says what it is now for; its fields stay, and so it is behind until
// what is typed there has gone.
function rename(old, next) {
  old.dataset.behind = "";
  const parts = "summary:not(setwise-coach *), label[for], .button-row button";
  const now = [...old.querySelectorAll(parts)], then = [...next.querySelectorAll(parts)];
  if (now.length !== then.length) return;
  now.forEach((each, at) => { if (each.textContent !== then[at].textContent) each.textContent = then[at].textContent; });
}

// Brings the composers of one part up to date. One in which somebody writes is left as it is.
export function merge(now, next) {
  const wanted = next ? [...next.querySelectorAll(":scope > [data-composer]")] : [];
  const ids = new Set(wanted.map((each) => each.id));
  for (const old of now.querySelectorAll(":scope > [data-composer]")) {
    if (ids.has(old.id)) delete old.dataset.over;
    else if (typed(old)) old.dataset.over = "";
    else old.remove();
  }
  let place = null;
  for (const each of wanted) {
    const old = document.getElementById(each.id);
    if (old && (typed(old) || writing(old))) {
      rename(old, each);
      place = old;
      continue;
    }
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
