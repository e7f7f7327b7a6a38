import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

const compiler = fileURLToPath(new URL("../node_modules/typescript/lib/typescript.js", import.meta.url));

/**
 * Of TypeScript only the parser is bundled: a fifth of the bytes, and loaded in a tenth of the time. The compiler is one file whose
 * sections follow each other in the order of their dependencies, each under a comment with its name, so that the parser and
 * all it needs is what stands before the first section after it. `server/language` alone gets it; tests that compile use the whole.
 */
export const typescriptParser = {
  name: "typescript-parser",
  setup(build) {
    build.onResolve({ filter: /^typescript$/ }, ({ importer, kind }) =>
      kind === "import-statement" && /[\\/]server[\\/]language[\\/]/.test(importer) ? { path: compiler, suffix: "?parser" } : undefined,
    );
    build.onLoad({ filter: /[\\/]typescript\.js$/ }, async ({ path, suffix }) =>
      suffix === "?parser" ? { contents: parserOf(await readFile(path, "utf8")), loader: "js" } : undefined,
    );
  },
};

function parserOf(text) {
  const between = (from, to) => text.slice(offset(text, from), offset(text, to));
  const parts = [
    between("var __defProp = ", "// src/typescript/typescript.ts\n"),
    between("// src/compiler/corePublic.ts\n", "// src/compiler/sys.ts\n"),
    // Files, processes and environment: the parser asks for it only where it is there.
    "var sys = undefined;\n",
    between("// src/compiler/path.ts\n", "// src/compiler/commandLineParser.ts\n"),
  ];
  const body = parts.join("");
  const declared = [...body.matchAll(/^(?:function|var|let|const|class) ([A-Za-z]\w*)/gm)].map(([, name]) => name);
  return `${body}\nexport { ${[...new Set(declared)].join(", ")} };\n`;
}

function offset(text, marker) {
  const found = text.indexOf(marker);
  if (found < 0) throw new Error(`${compiler} has no ${JSON.stringify(marker)}: this version of TypeScript has a different layout.`);
  return found;
}
