import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

/** A registry of one package with one version, for package managers that must not ask a real one. */
export class SmallRegistry {
  private constructor(
    readonly url: string,
    readonly server: Server,
  ) {}

  static async serve(name: string, version: string): Promise<SmallRegistry> {
    const tarball = await packed({ name, version });
    const server = createServer(({ url = "" }, response) => {
      if (url.endsWith(".tgz")) return response.end(tarball);
      if (url !== `/${name}`) return response.writeHead(404).end("{}");
      const dist = { tarball: `${urlOf(server)}${name}.tgz` };
      return response.end(JSON.stringify({ name, "dist-tags": { latest: version }, versions: { [version]: { name, version, dist } } }));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return new SmallRegistry(urlOf(server), server);
  }

  /** From now on nobody answers at its address. */
  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

function urlOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

async function packed(manifest: object): Promise<Buffer> {
  const directory = await mkdtemp(join(tmpdir(), "background-tasks-registry-"));
  try {
    await mkdir(join(directory, "package"));
    await writeFile(join(directory, "package/package.json"), JSON.stringify(manifest));
    await promisify(execFile)("tar", ["-czf", "packed.tgz", "package"], { cwd: directory });
    return await readFile(join(directory, "packed.tgz"));
  } finally {
    await rm(directory, { recursive: true });
  }
}
