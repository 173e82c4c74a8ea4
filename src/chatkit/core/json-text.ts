/** JSON that is text already, and sent as it is. */
export class JsonText {
  constructor(readonly text: string) {}
}

/** The value as JSON. */
export function jsonOf(value: object): string {
  return value instanceof JsonText ? value.text : JSON.stringify(value);
}
