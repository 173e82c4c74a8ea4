/** What tells of a key whether an input method has it. */
interface KeyPress {
  readonly isComposing: boolean;
  readonly keyCode: number;
}

/** The code of any key that an input method takes; all that WebKit says of the one that ends a composition. */
const TAKEN = 229;

function isForInputMethod({ isComposing, keyCode }: KeyPress): boolean {
  return isComposing || keyCode === TAKEN;
}

/** Handles keys, but none with which somebody composes: it confirms, chooses or discards in the input method alone. */
export function keyHandler(handle: (event: KeyboardEvent) => void): (event: KeyboardEvent) => void {
  return (event) => {
    if (!isForInputMethod(event)) handle(event);
  };
}
