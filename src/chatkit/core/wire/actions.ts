import * as z from 'zod';
import { boolean } from './primitives.js';

/** What a widget's control does: sent to the server, or handled by the page. */
export const actionConfig = z.object({
  type: z.string(),
  payload: z.unknown().optional(),
  handler: z.enum(['client', 'server']).default('server'),
  loadingBehavior: z.enum(['auto', 'none', 'self', 'container']).default('auto'),
  streaming: boolean.default(true),
});
/** What a control of a widget does when it is used. */
export type ActionConfig = z.infer<typeof actionConfig>;

/** An action as the client dispatches it. */
export const action = z.object({ type: z.string(), payload: z.unknown().optional() });
/** What a control of a widget sends: a type of the integration’s choosing, and its data. */
export type Action = z.infer<typeof action>;
