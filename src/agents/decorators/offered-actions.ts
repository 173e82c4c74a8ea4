import { InvalidRequestError, type Action, type WidgetItem } from '../../chatkit/core/index.js';
import { isRecord } from '../../common/is-record.js';

/** Where the sender of an action is in its request. */
const SENDER = 'params.item_id';

/**
 * Lets an action pass that comes from a widget which offers one of its type.
 *
 * @throws InvalidRequestError
 */
export function assertOffered({ type }: Action, sender: WidgetItem | undefined): void {
  if (sender !== undefined && offers(sender.widget, type)) return;
  throw new InvalidRequestError(`${SENDER}: The action has to come from a widget that offers it`, SENDER);
}

/** Whether an action of that type is somewhere in it; a widget is as deep as its store lets it be. */
function offers(value: unknown, type: string): boolean {
  if (Array.isArray(value)) return value.some((entry) => offers(entry, type));
  if (!isRecord(value)) return false;
  return Object.entries(value).some(
    ([key, inside]) =>
      (/action$/i.test(key) && isRecord(inside) && inside['type'] === type) || offers(inside, type),
  );
}
