import type { Socket } from 'node:net';
import { LinkedList } from '../../common/linked-list.js';

const listenersOf = new WeakMap<Socket, LinkedList<() => void>>();

/**
 * Tells when the connection is gone; the returned function stops that. A client may send many requests
 * over one connection without waiting, so they share one listener on it. The response itself would not
 * do: one that waits behind another on its connection learns nothing of its end.
 */
export function onConnectionClose(socket: Socket, listener: () => void): () => void {
  if (socket.destroyed) {
    listener();
    return () => undefined;
  }
  let listeners = listenersOf.get(socket);
  if (listeners === undefined) {
    const added = new LinkedList<() => void>();
    listeners = added;
    listenersOf.set(socket, added);
    socket.once('close', () => {
      for (const notify of added) notify();
    });
  }
  return listeners.add(listener);
}
