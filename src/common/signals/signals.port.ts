/** Injection token of {@link Signals}. */
export const CHATKIT_SIGNALS = Symbol('CHATKIT_SIGNALS');

/** Most bytes of a message, less than what a NOTIFY of PostgreSQL takes. */
export const SIGNAL_BYTES = 7500;

/** Why others do not hear: `pooled` is a pool of connections that passes nothing on. */
export type SignalHindrance = 'unreachable' | 'pooled';

/** Is told each message of a topic. */
export type SignalListener = (message: string) => void;

/**
 * How the processes of one service tell each other something short and passing. A message may be lost, whenever the
 * connection is; those that come do so in one order for all, the publisher included. Of answers that begin on one thread at
 * the same moment all processes let the last one in that order go on.
 */
export interface Signals {
  /** Whether others hear what is published now, as far as is known. */
  readonly isConnected: boolean;
  /** Why not, where that is known. */
  readonly hindrance?: SignalHindrance | undefined;
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
