/** Whether this is the one tag that means something: in a cell of a table there is no other line break. */
export function isLineBreak(tag: string): boolean {
  return /^<br *\/?>$/i.test(tag);
}
