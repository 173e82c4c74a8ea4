/** Where a page finds its chat. All of it is known when the page is built. */
export interface ChatKitConfig {
  /** The chat endpoint, such as `https://chat.example.com/chatkit` or `/chatkit`. */
  readonly url: string;
  /** The script that defines the element; without it the page brings it itself. */
  readonly scriptUrl?: string | undefined;
  /** The readiness check of the chat's server, such as `/health/ready`; without it chat counts as up. */
  readonly healthUrl?: string | undefined;
  /** Where signing in begins; the page to come back to is added as `return_to`. */
  readonly loginUrl?: string | undefined;
}

/** The page was built without something that the chat needs. */
export class ChatKitConfigError extends Error {
  override readonly name = 'ChatKitConfigError';
}

const NAMES = ['url', 'scriptUrl', 'healthUrl', 'loginUrl'] as const;

function address(name: string, value: unknown): string | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  if (typeof value === 'string' && /^(?:https?:\/\/[^\s]+|\/(?!\/)\S*)$/.test(value)) return value;
  throw new ChatKitConfigError(`chatKitConfig: ${name} must be a path, or begin with http:// or https://`);
}

/**
 * Makes a configuration of what the build put into the page. What is not there is left out.
 *
 * @throws ChatKitConfigError naming what is missing or malformed
 */
export function chatKitConfig(
  values: Readonly<Partial<Record<keyof ChatKitConfig, unknown>>>,
): ChatKitConfig {
  const [url, scriptUrl, healthUrl, loginUrl] = NAMES.map((name) => address(name, values[name]));
  if (url === undefined) throw new ChatKitConfigError('chatKitConfig: url is missing from the build');
  return { url, scriptUrl, healthUrl, loginUrl };
}
