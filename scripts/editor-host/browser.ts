import { type Browser, chromium, type Page } from "playwright-core";
import type { EditorServer } from "./editor-server.ts";

/** A headless Chromium that keeps working at full speed in the background. CHROMIUM names the program. */
export function launchBrowser(): Promise<Browser> {
  const executablePath = process.env.CHROMIUM;
  if (executablePath === undefined) throw new Error("CHROMIUM does not name a browser; `node scripts/test.mjs` finds one.");
  return chromium.launch({
    executablePath,
    args: [
      // Its sandbox refuses to run as root, which containers of CI are; nothing but our own server is shown.
      "--no-sandbox",
      "--disable-dev-shm-usage",
      "--disable-gpu",
      "--disable-background-networking",
      "--disable-background-timer-throttling",
      "--disable-backgrounding-occluded-windows",
      "--disable-component-update",
      "--disable-renderer-backgrounding",
      "--disable-sync",
      "--no-first-run",
    ],
  });
}

/** A page that reaches this machine only. */
export async function newPage(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const page = await context.newPage();
  await page.route(
    (url) => url.hostname !== "127.0.0.1",
    (route) => route.abort(),
  );
  return page;
}

/** A folder or a `.code-workspace` file, or neither. */
export interface Opened {
  readonly folder?: string;
  readonly workspace?: string;
}

export function workbenchAddress(server: EditorServer, opened: Opened, query: Readonly<Record<string, string>> = {}): string {
  return `http://${server.authority}/?${new URLSearchParams({ ...opened, ...query })}`;
}
