// The time as the server has it. The device's own clock may be wrong, or be put right in mid-sentence.
const said = Number(document.querySelector("meta[name=setwise-now]")?.content) * 1000;
const arrived = performance.getEntriesByType("navigation")[0]?.responseStart ?? 0;

export const now = () => (said ? said + performance.now() - arrived : Date.now());
