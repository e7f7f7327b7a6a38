import { mkdir, mkdtemp, readdir, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { QUIET_SETTINGS } from "./quiet-settings.ts";

/** What an editor keeps of a person: settings, state, logs. Made for one server, and removed with it. */
export class DataDirectory {
  private constructor(readonly path: string) {}

  static async create(settings: Readonly<Record<string, unknown>> = {}): Promise<DataDirectory> {
    const directory = new DataDirectory(await realpath(await mkdtemp(join(tmpdir(), "background-tasks-editor-"))));
    await mkdir(join(directory.server, "data/User"), { recursive: true });
    await directory.writeSettings(settings);
    return directory;
  }

  /** Replaces the user settings; a running editor takes them over. */
  async writeSettings(settings: Readonly<Record<string, unknown>>): Promise<void> {
    await writeFile(join(this.server, "data/User/settings.json"), JSON.stringify({ ...QUIET_SETTINGS, ...settings }, null, 2));
  }

  /** For `--server-data-dir`. */
  get server(): string {
    return join(this.path, "server");
  }

  /** For `--user-data-dir` of an editor on the desktop, which keeps the same things in the same places. */
  get desktop(): string {
    return join(this.server, "data");
  }

  get serverLog(): string {
    return join(this.path, "server.log");
  }

  /** The log files with a name: of an output channel, e.g. "Background Tasks", or of a part of the editor, e.g. "remoteexthost". */
  async logs(name: string): Promise<readonly string[]> {
    const logs = join(this.server, "data/logs");
    const files = await readdir(logs, { recursive: true }).catch(() => []);
    return files.filter((file) => file.endsWith(".log") && file.includes(name)).map((file) => join(logs, file));
  }

  remove(): Promise<void> {
    return rm(this.path, { recursive: true, force: true, maxRetries: 10 });
  }
}
