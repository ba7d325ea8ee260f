// What came up since the last look, for whoever hears the room: a question, a possible action, a hand,
// somebody at the door.
// Many at once are a page shown anew, and nothing new. What has left the page is not kept here.
const AT_ONCE = 3;

class SetwiseTold extends HTMLElement {
  connectedCallback() { this.known = new Set([...document.querySelectorAll("[data-tell]")].map((each) => each.id)); }

  look(room) {
    const here = [...room.querySelectorAll("[data-tell]")];
    const ids = new Set(here.map((each) => each.id));
    for (const line of [...this.children]) if (!ids.has(line.dataset.of)) line.remove();
    const fresh = here.filter((each) => !this.known.has(each.id));
    for (const each of fresh) this.known.add(each.id);
    if (fresh.length > AT_ONCE) return;
    for (const each of fresh) {
      const line = document.createElement("p");
      line.dataset.of = each.id;
      line.textContent = `${each.dataset.tell}: ${(each.firstElementChild ?? each).textContent}`;
      this.append(line);
    }
  }
}
customElements.define("setwise-told", SetwiseTold);
