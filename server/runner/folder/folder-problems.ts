import type { ConfigError } from "../../workspace/index.ts";

/** Why something cannot be shown or done; in words for people. */
interface Problems {
  readonly config?: ConfigError;
  readonly store?: string;
  readonly classes?: string;
}

/** What is wrong with a folder as a whole. Each part sets its own; the worst one is told. */
export class FolderProblems {
  readonly #tell: (problem: string | undefined) => void;
  #problems: Problems = {};

  constructor(tell: (problem: string | undefined) => void) {
    this.#tell = tell;
  }

  get config(): ConfigError | undefined {
    return this.#problems.config;
  }

  get classes(): string | undefined {
    return this.#problems.classes;
  }

  set(problems: { readonly [Key in keyof Problems]: Problems[Key] | undefined }): void {
    this.#problems = { ...this.#problems, ...problems } as Problems;
    const { config, store, classes } = this.#problems;
    this.#tell(config?.message ?? store ?? classes);
  }
}
