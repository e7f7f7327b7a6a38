/** The last bytes of a stream. */
export class Tail {
  readonly #size: number;
  #chunks: Buffer[] = [];
  #length = 0;

  constructor(size: number) {
    this.#size = size;
  }

  add(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#length += chunk.length;
    while (this.#chunks[0] && this.#length - this.#chunks[0].length >= this.#size) {
      this.#length -= this.#chunks[0].length;
      this.#chunks.shift();
    }
  }

  text(): string {
    return Buffer.concat(this.#chunks).subarray(-this.#size).toString("utf8");
  }
}
