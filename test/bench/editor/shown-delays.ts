import type { Page } from "playwright-core";

/** Runs in the page. By the frame after a text came it is drawn. */
const NOTE_DELAYS = `
globalThis.shownDelays = [];
const seen = new Set();
const look = (text) => {
  for (const [whole, time] of (text ?? "").matchAll(/@(\\d{13})@/g)) {
    if (seen.has(whole)) continue;
    seen.add(whole);
    requestAnimationFrame(() => globalThis.shownDelays.push(Date.now() - Number(time)));
  }
};
new MutationObserver((mutations) => {
  for (const { target, addedNodes } of mutations) {
    look(target.textContent);
    for (const node of addedNodes) look(node.textContent);
  }
}).observe(document.body, { subtree: true, childList: true, characterData: true });
`;

/** Notes, for every text of the form `@<epoch milliseconds>@` that the page shows, how long after that moment it was shown. */
export async function noteShownDelays(page: Page): Promise<void> {
  await page.evaluate(`(() => {${NOTE_DELAYS}})()`);
}

/** Waits until so many were noted. */
export async function shownDelays(page: Page, count: number): Promise<number[]> {
  await page.waitForFunction(`globalThis.shownDelays.length >= ${count}`, undefined, { timeout: 60_000 });
  return page.evaluate("globalThis.shownDelays");
}
