/** The origin of file texts: the disk, or an editor's open documents. */
export interface SourceHost {
  /** Changes whenever the text does; `undefined` if the file does not exist. Called often. */
  version(file: string): string | undefined;
  /** `undefined` if the file cannot be read. A text that is too long to be analysed may be cut off. */
  read(file: string): string | undefined;
}
