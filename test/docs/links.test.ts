import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { allPages, Page, repository } from "./support/page.ts";

const ON_GITHUB = "https://github.com/background-task-ex/background-task-ex/blob/main/";

describe("The documentation", () => {
  const pages = allPages();

  for (const page of pages) {
    it(`has links in ${page.path} that lead somewhere`, () => {
      const broken = page.links.flatMap((href) => {
        const problem = problemOf(page.path, href);
        return problem === undefined ? [] : [`${href}: ${problem}`];
      });
      assert.deepEqual(broken, []);
    });
  }

  it("names files and rooms of the repository that are there", () => {
    const named = pages.flatMap(({ path, spans }) =>
      spans.filter((span) => /^(?:client|server|test|scripts)\/[\w./-]+$/.test(span)).map((span) => ({ page: path, file: span })),
    );
    assert.deepEqual(
      named.filter(({ file }) => !existsSync(join(repository, file))),
      [],
    );
  });

  it("is led to by the links in the sources and the manifest", () => {
    const sources = ["client", "server"].flatMap((room) =>
      readdirSync(join(repository, room), { recursive: true, encoding: "utf8" })
        .filter((name) => name.endsWith(".ts"))
        .map((name) => join(room, name)),
    );
    const broken = [...sources, "package.json", "package.nls.json"].flatMap((file) => {
      const links = readFileSync(join(repository, file), "utf8").matchAll(/\/blob\/main\/([\w./-]+(?:#[\w-]+)?)["\s)]/g);
      return [...links].flatMap(([, target = ""]) => {
        const problem = problemOf("README.md", target);
        return problem === undefined ? [] : [`${file}: ${target}: ${problem}`];
      });
    });
    assert.deepEqual(broken, []);
  });

  it("lists all of its pages", () => {
    const index = pages.find(({ path }) => path === "docs/README.md");
    const listed = new Set(index?.links.map((href) => posix.join("docs", href)));
    const isPage = (path: string) => /^docs\/[^/]+\.md$/.test(path) && path !== "docs/README.md";
    assert.deepEqual(
      pages.map(({ path }) => path).filter((path) => isPage(path) && !listed.has(path)),
      [],
    );
  });
});

/** @param from the page that has the link. Undefined: it leads to what is there, or out of the repository. */
function problemOf(from: string, href: string): string | undefined {
  const inRepository = href.startsWith(ON_GITHUB) ? href.slice(ON_GITHUB.length) : undefined;
  if (inRepository === undefined && /^[a-z]+:/.test(href)) return undefined;
  const [path = "", anchor] = (inRepository ?? href).split("#");
  const target = path === "" ? from : posix.join(inRepository === undefined ? posix.dirname(from) : "", path);
  if (target.startsWith("..")) return "leads out of the repository";
  if (target.startsWith("docs/api/")) return "is generated, and not in the repository";
  if (!existsSync(join(repository, target))) return "is not there";
  if (anchor !== undefined && !new Page(target).anchors.has(anchor)) return "has no such heading";
  return undefined;
}
