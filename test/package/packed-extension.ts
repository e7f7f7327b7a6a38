import { execFileSync } from "node:child_process";
import { chmodSync, createWriteStream, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { promisify } from "node:util";
import { type Entry, open, type ZipFile } from "yauzl";

/** The extension as it is packed for a platform, unpacked as an editor does. */
export class PackedExtension {
  private constructor(
    readonly directory: string,
    /** Paths in the extension, with `/` between their parts. */
    readonly files: readonly string[],
  ) {}

  /** @param target this platform's unless another is named. */
  static async pack(target?: string): Promise<PackedExtension> {
    const directory = mkdtempSync(join(tmpdir(), "background-tasks-packed-"));
    const vsix = join(directory, "packed.vsix");
    const options = target === undefined ? [] : ["--target", target];
    execFileSync(process.execPath, ["scripts/package.mjs", "--out", vsix, ...options], { stdio: ["ignore", "ignore", "inherit"] });
    const files = await unpack(vsix, directory);
    return new PackedExtension(directory, files);
  }

  path(file: string): string {
    return join(this.directory, "extension", file);
  }

  remove(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }
}

async function unpack(archive: string, to: string): Promise<string[]> {
  const zip = (await promisify<string, object, ZipFile>(open)(archive, { lazyEntries: true })) as ZipFile;
  const files: string[] = [];
  return new Promise((resolve, reject) => {
    zip.on("entry", (entry: Entry) => {
      if (entry.fileName.startsWith("extension/")) files.push(entry.fileName.slice("extension/".length));
      extract(zip, entry, join(to, entry.fileName)).then(() => zip.readEntry(), reject);
    });
    zip.once("end", () => resolve(files)).once("error", reject);
    zip.readEntry();
  });
}

/** With the permissions that the archive says, as editors set them. */
async function extract(zip: ZipFile, entry: Entry, to: string): Promise<void> {
  mkdirSync(dirname(to), { recursive: true });
  const stream = await promisify(zip.openReadStream.bind(zip) as typeof zip.openReadStream)(entry);
  await pipeline(stream as NodeJS.ReadableStream, createWriteStream(to));
  const mode = (entry.externalFileAttributes >>> 16) & 0o777;
  if (mode !== 0) chmodSync(to, mode);
}
