/** Appends of one writer before space is reserved: a tick that changes little leaves the file as small as it is. */
const APPENDS_BEFORE = 8;
const FIRST_BYTES = 64 << 10;
const MOST_BYTES = 1 << 20;

/**
 * How much space to reserve behind the journal's last line. Overwriting reserved bytes leaves the file's size as it is, which saves
 * the disk a write of metadata with each fdatasync.
 */
export class Preallocation {
  #appends = 0;
  #next = FIRST_BYTES;
  #enabled = true;

  /** Bytes to reserve now that the file's reserved space ends at `allocated` and its last line at `used`; 0 for none. */
  after(used: number, allocated: number): number {
    this.#appends++;
    if (!this.#enabled || this.#appends < APPENDS_BEFORE || used < allocated) return 0;
    const bytes = this.#next;
    this.#next = Math.min(this.#next * 4, MOST_BYTES);
    return bytes;
  }

  /** There is no space to reserve. */
  disable(): void {
    this.#enabled = false;
  }
}
