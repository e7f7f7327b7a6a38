/** Where the texts of files come from: the disk, or what an editor has of them. */
export interface SourceHost {
  /** Changes whenever the text does; `undefined` when there is no such file. Asked often. */
  version(file: string): string | undefined;
  /** `undefined` when the file cannot be read. */
  read(file: string): string | undefined;
}
