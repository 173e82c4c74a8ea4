/** Injection token of {@link Signals}. */
export const CHATKIT_SIGNALS = Symbol('CHATKIT_SIGNALS');

/** Most bytes of a message, less than what a NOTIFY of PostgreSQL takes. */
export const SIGNAL_BYTES = 7500;

/** Is told each message of a topic. */
export type SignalListener = (message: string) => void;

/**
 * How the processes of one service tell each other something short and passing. A message may be lost, whenever the
 * connection is; those that come do so in one order for all.
 */
export interface Signals {
  /** Whether others hear what is published now, as far as is known. */
  readonly isConnected: boolean;
  /**
   * Tells everybody who has subscribed to the topic, the publisher itself included.
   *
   * @param topic small letters, digits and `_`, at most 40 of them
   * @param message at most `SIGNAL_BYTES`
   * @returns whether it was sent; false at once without a connection
   * @throws RangeError for a message that is too long
   */
  publish(topic: string, message: string): Promise<boolean>;
  /** @returns ends it */
  subscribe(topic: string, listener: SignalListener): () => void;
  /** Tells of each new connection: what was published before it is not known. @returns stops telling */
  onConnected(listener: () => void): () => void;
}
