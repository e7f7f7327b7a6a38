import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { lexer, type Token, type Tokens, walkTokens } from "marked";

export const repository = process.env.TEST_REPOSITORY ?? process.cwd();

/** One Markdown file of the documentation. */
export class Page {
  /** Relative to the repository, with `/`. */
  readonly path: string;
  readonly tokens: readonly Token[];

  constructor(path: string) {
    this.path = path;
    const tokens: Token[] = [];
    walkTokens(lexer(readFileSync(join(repository, path), "utf8")), (token) => {
      tokens.push(token);
    });
    this.tokens = tokens;
  }

  get links(): readonly string[] {
    return this.tokens
      .filter((token): token is Tokens.Link | Tokens.Image => token.type === "link" || token.type === "image")
      .map((token) => token.href);
  }

  get blocks(): readonly Tokens.Code[] {
    return this.tokens.filter((token): token is Tokens.Code => token.type === "code");
  }

  /** Code within sentences and tables. */
  get spans(): readonly string[] {
    return this.tokens.filter((token): token is Tokens.Codespan => token.type === "codespan").map(({ text }) => text);
  }

  /** What links can lead to, as GitHub names it. */
  get anchors(): ReadonlySet<string> {
    const anchors = new Set<string>();
    for (const token of this.tokens) {
      if (token.type !== "heading") continue;
      const name = plainText(token as Tokens.Heading)
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
        .replaceAll(/\s/g, "-");
      let anchor = name;
      for (let count = 1; anchors.has(anchor); count++) anchor = `${name}-${count}`;
      anchors.add(anchor);
    }
    return anchors;
  }
}

/** All pages that people write; not the API reference, which is generated. */
export function allPages(): readonly Page[] {
  const docs = readdirSync(join(repository, "docs"), { recursive: true, encoding: "utf8" })
    .map((name) => `docs/${name.replaceAll("\\", "/")}`)
    .filter((path) => path.endsWith(".md") && !path.startsWith("docs/api/"))
    .sort();
  return ["README.md", "CHANGELOG.md", "CONTRIBUTING.md", "sample-tasks/README.md", ...docs].map((path) => new Page(path));
}

function plainText(heading: Tokens.Heading): string {
  let text = "";
  walkTokens(heading.tokens, (token) => {
    if ((token.type === "text" && !("tokens" in token && token.tokens)) || token.type === "codespan" || token.type === "escape")
      text += token.text;
  });
  return text;
}
