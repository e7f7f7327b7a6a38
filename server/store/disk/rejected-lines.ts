export interface ByteRange {
  readonly start: number;
  /** Excludes the last newline. */
  readonly end: number;
}

/** No line that can be used is as short as this, so bytes that are closer have none between them. */
const GAP_BYTES = 32;

/** Where the unusable lines of a file are: neighbours share a range, so that a file full of them takes little memory. */
export class RejectedLines {
  readonly #ranges: { start: number; end: number }[] = [];
  #count = 0;

  /** Lines, not ranges. */
  get count(): number {
    return this.#count;
  }

  get ranges(): readonly ByteRange[] {
    return this.#ranges;
  }

  add({ start, end }: ByteRange): void {
    this.#count++;
    this.#extend(start, end);
  }

  addAll(lines: RejectedLines): void {
    this.#count += lines.count;
    for (const { start, end } of lines.ranges) this.#extend(start, end);
  }

  #extend(start: number, end: number): void {
    const last = this.#ranges.at(-1);
    if (last && start >= last.end && start - last.end <= GAP_BYTES) last.end = end;
    else this.#ranges.push({ start, end });
  }
}
