/** Where the element's script came from; undefined when nobody can tell. Only known while the script first runs. */
const address =
  typeof document === 'undefined' || !(document.currentScript instanceof HTMLScriptElement)
    ? undefined
    : document.currentScript.src;

/** The address of a file that lies beside the element's script. */
export function besideScript(file: string): string | undefined {
  return address === undefined ? undefined : URL.parse(file, address)?.href;
}
