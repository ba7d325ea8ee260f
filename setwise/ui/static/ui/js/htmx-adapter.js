// The one place that knows htmx, a beta: its morphing swap keeps focus, caret and typed text.
let morphNode = null;

export function morph(element, html) {
  if (!morphNode && window.htmx) {
    window.htmx.registerExtension("setwise", {
      init: (api) => { morphNode = api.morph; },
      // what a reader unfolded stays unfolded
      htmx_before_morph_attr: (element, { attrName }) => !(attrName === "open" && element.tagName === "DETAILS"),
    });
  }
  const template = document.createElement("template");
  template.innerHTML = html;
  if (morphNode) morphNode(element, template.content, true);
  else element.replaceChildren(template.content);
}
