import { articleSlug, navigate } from '../router.js';

/** Accent colours that the style sheet knows. */
export const ACCENTS = {
  teal: { light: '#0b7268', dark: '#63d5c4' },
  orange: { light: '#a44a06', dark: '#ffb27a' },
  pink: { light: '#b3246b', dark: '#ff9dcb' },
  blue: { light: '#2257c9', dark: '#9dbcff' },
} as const;
export type Accent = keyof typeof ACCENTS;

/** What the page does for the chat. */
export interface PageHands {
  readonly setAccent: (accent: Accent) => void;
  readonly highlight: () => void;
  readonly tell: (message: string) => void;
}

type Values = Readonly<Record<string, unknown>>;

/** Longest selection that is handed over. */
const MAX_SELECTION = 2000;

function isAccent(value: unknown): value is Accent {
  return typeof value === 'string' && Object.hasOwn(ACCENTS, value);
}

/** Carries out an effect that the agent has sent; an unknown one is not for this page. */
export function runEffect(name: string, data: Values, hands: PageHands): void {
  if (name === 'accent' && isAccent(data.colour)) hands.setAccent(data.colour);
  if (name === 'highlight') hands.highlight();
}

/** Carries out a call of the agent. @throws Error for one that the page does not know */
export function runClientTool(name: string, selection: () => string): Record<string, unknown> {
  if (name !== 'get_selection') throw new Error(`This page has no tool ${name}`);
  return { page: document.title, selection: selection().slice(0, MAX_SELECTION) };
}

type SendAction = (
  action: { type: string; payload?: Record<string, unknown> },
  itemId: string,
) => Promise<void>;

/** Carries out the actions of widgets that are the page's, or the page's in part. */
export async function runWidgetAction(
  { type, payload = {} }: { type: string; payload?: Record<string, unknown> },
  itemId: string,
  { tell }: PageHands,
  send: SendAction,
): Promise<void> {
  if (type === 'page.open') {
    const path = `/articles/${String(payload.article)}`;
    if (articleSlug(path) !== undefined) navigate(path);
  }
  if (type === 'booking.remind') {
    tell('This page will remind you.');
    await send({ type: 'booking.reminded', payload }, itemId);
  }
}
