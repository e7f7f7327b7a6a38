import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { workbenchAddress } from "./browser.ts";
import { DataDirectory } from "./data-directory.ts";
import { EditorServer } from "./editor-server.ts";
import { installExtension } from "./host-files.ts";

/** Serves the editor with the packed extension on a folder until this process is interrupted, and leaves nothing of it behind. */
export async function runEditor(vsix: string, folder: string): Promise<void> {
  const interrupted = new Promise<void>((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => resolve());
  });
  // Whether to trust a folder is asked, as an editor on the desktop does.
  const data = await DataDirectory.create({ "security.workspace.trust.enabled": true });
  try {
    const extensions = join(data.path, "extensions");
    await installExtension(vsix, extensions, data.server);
    const connectionToken = randomBytes(16).toString("hex");
    const server = await EditorServer.start({ data, extensions, trustsEverything: false, connectionToken });
    console.log(`\n  ${folder}\n  ${workbenchAddress(server, { folder }, { tkn: connectionToken })}\n\nCtrl+C ends it.`);
    await Promise.race([interrupted, server.ended]);
    await server.stop();
  } finally {
    await data.remove();
  }
}
