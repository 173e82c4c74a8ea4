import { useEffect, useRef, useState } from 'react';
import { DOCUMENTS, reasonOf } from './admin-api.js';

/** A file on its way into the documents. */
export interface Upload {
  readonly id: number;
  readonly name: string;
  readonly size: number;
  readonly state: 'waiting' | 'sending' | 'reading' | 'added' | 'failed';
  /** How much of it has been sent, from 0 to 1. */
  readonly sent: number;
  /** Why it failed. */
  readonly reason?: string;
}

interface Sending {
  readonly file: File;
  readonly onSent: (part: number) => void;
  readonly signal: AbortSignal;
}

/** Sends one file. Not by fetch, which does not tell how far it has come. */
function send({ file, onSent, signal }: Sending): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const body = new FormData();
    body.append('file', file);
    request.open('POST', DOCUMENTS);
    request.responseType = 'json';
    request.upload.addEventListener('progress', ({ loaded, total }) =>
      onSent(total === 0 ? 1 : loaded / total),
    );
    request.upload.addEventListener('load', () => onSent(1));
    request.addEventListener('load', () => {
      if (request.status === 201) resolve();
      else reject(new Error(reasonOf(request.response, request.status)));
    });
    request.addEventListener('error', () => reject(new Error('The server cannot be reached')));
    signal.addEventListener('abort', () => request.abort());
    request.send(body);
  });
}

export interface Uploads {
  readonly list: readonly Upload[];
  /** How many have become documents, or failed to. */
  readonly settled: number;
  readonly add: (files: readonly File[]) => void;
  /** Takes those off the list that have come to an end. */
  readonly clear: () => void;
}

/** Files that are sent one after the other, as the server reads them. */
export function useUploads(): Uploads {
  const [settled, setSettled] = useState(0);
  const [list, setList] = useState<readonly Upload[]>([]);
  const queue = useRef(Promise.resolve());
  const count = useRef(0);
  const leaving = useRef(new AbortController());
  useEffect(() => {
    const control = new AbortController();
    leaving.current = control;
    return () => control.abort();
  }, []);

  const change = (id: number, changes: Partial<Upload>): void =>
    setList((before) => before.map((entry) => (entry.id === id ? { ...entry, ...changes } : entry)));

  const upload = async (id: number, file: File): Promise<void> => {
    const { signal } = leaving.current;
    if (signal.aborted) return;
    change(id, { state: 'sending' });
    const onSent = (sent: number): void => change(id, { sent, state: sent < 1 ? 'sending' : 'reading' });
    try {
      await send({ file, onSent, signal });
      change(id, { state: 'added' });
    } catch (error) {
      change(id, { state: 'failed', reason: error instanceof Error ? error.message : String(error) });
    }
    setSettled((before) => before + 1);
  };

  const add = (files: readonly File[]): void => {
    const fresh = files.map((file) => ({ id: (count.current += 1), file }));
    setList((before) => [
      ...before,
      ...fresh.map(({ id, file: { name, size } }) => ({
        id,
        name,
        size,
        state: 'waiting' as const,
        sent: 0,
      })),
    ]);
    for (const { id, file } of fresh) queue.current = queue.current.then(() => upload(id, file));
  };
  const clear = (): void =>
    setList((before) => before.filter(({ state }) => state !== 'added' && state !== 'failed'));
  return { list, settled, add, clear };
}
