/** Appends by one writer before space is reserved: a tick with few changes leaves the file small. */
const APPENDS_BEFORE = 8;
const FIRST_BYTES = 64 << 10;
const MOST_BYTES = 1 << 20;

/**
 * How much space to reserve after the journal's last line. Overwriting reserved bytes does not change the file's size, which saves the disk
 * a metadata write per fdatasync.
 */
export class Preallocation {
  #appends = 0;
  #next = FIRST_BYTES;
  #enabled = true;

  /** Bytes to reserve if reserved space ends at `allocated` and the last line at `used`; 0 for none. */
  after(used: number, allocated: number): number {
    this.#appends++;
    if (!this.#enabled || this.#appends < APPENDS_BEFORE || used < allocated) return 0;
    const bytes = this.#next;
    this.#next = Math.min(this.#next * 4, MOST_BYTES);
    return bytes;
  }

  /** Stops reserving: there is no space left. */
  disable(): void {
    this.#enabled = false;
  }
}
