/** Why a store cannot be used. */
export type StoreErrorCode =
  /** Written by a newer version of the product; left untouched. */
  | "newer-version"
  /** The disk is full, read-only, forbidden or broken. */
  | "unusable"
  /** Used after it was closed or released, or after a failed write. */
  | "closed";

export class StoreError extends Error {
  readonly code: StoreErrorCode;

  constructor(code: StoreErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "StoreError";
    this.code = code;
  }
}
