// A page opened beside the room: its text in a panel, while the clock goes on.
const NARROW = "(max-width: 63.99rem)";

async function text(href) {
  const answer = await fetch(href, { headers: { Accept: "text/html" } });
  if (!answer.ok) throw new Error(answer.status);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("main");
  for (const each of page.querySelectorAll(".crumbs, .messages, .no-print, form")) each.remove();
  return page;
}

async function show(link) {
  const page = await text(link.href);
  document.getElementById("beside")?.close();
  const panel = document.createElement("dialog");
  panel.id = "beside";
  panel.className = "beside";
  const close = document.createElement("button");
  close.type = "button";
  close.className = "button button--quiet beside__close";
  close.textContent = "Close";
  close.addEventListener("click", () => panel.close());
  const heading = page.querySelector("h1");
  heading.id = "beside-title";
  heading.tabIndex = -1;
  panel.setAttribute("aria-labelledby", heading.id);
  panel.append(close, ...page.childNodes);
  panel.addEventListener("keydown", (event) => { if (event.key === "Escape") panel.close(); });
  panel.addEventListener("close", () => { panel.remove(); if (link.isConnected) link.focus(); });
  document.body.append(panel);
  // on a phone it covers the room, and nothing behind it may take the focus
  if (matchMedia(NARROW).matches) panel.showModal();
  else panel.show();
  heading.focus();
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-beside]");
  if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  show(link).catch(() => window.open(link.href, "_blank", "noopener"));
});
