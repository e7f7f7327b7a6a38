import type { Check } from "./check.ts";

/** For classes that stored tasks can find. The engine reports the same when it loads them. */
export const duplicateClassName: Check = {
  code: "duplicate-class-name",
  defaultSeverity: "error",
  title: "Several classes share a name",
  *run({ model, index }) {
    for (const found of model.classes) {
      if (found.kind === undefined || !index.isFindable(found)) continue;
      const sharing = index.named(found.name).filter((other) => other.kind === found.kind && index.isFindable(other));
      if (sharing.length < 2) continue;
      const files = [...new Set(sharing.map(({ file }) => file))].join(" and ");
      yield {
        at: found.nameRange,
        message: `${sharing.length} classes are named ${found.name}, in ${files}. Rename all but one: stored tasks find their class by its name.`,
      };
    }
  },
};
