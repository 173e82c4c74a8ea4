import { useEffect, useState } from 'react';

/** A model that members may choose. */
export interface OfferedModel {
  readonly id: string;
  readonly label: string;
}

/** What this server can do, as far as the page shows it. */
export interface Features {
  /** Whether the agent has the tools of the page “What the assistant can do”. */
  readonly demo: boolean;
  readonly attachments: boolean;
  readonly dictation: boolean;
  readonly models: readonly OfferedModel[];
}

const NONE: Features = { demo: false, attachments: false, dictation: false, models: [] };

type Json = Readonly<Record<string, unknown>>;

function object(value: unknown): Json {
  return typeof value === 'object' && value !== null ? (value as Json) : {};
}

/** Reads the server's answer; what it does not tell counts as absent. */
export function readFeatures(value: unknown): Features {
  const { demo, attachments, dictation, models } = object(value);
  return {
    demo: demo === true,
    attachments: attachments === true,
    dictation: dictation === true,
    models: (Array.isArray(models) ? models : []).flatMap((entry: unknown) => {
      const { id, label } = object(entry);
      return typeof id === 'string' && typeof label === 'string' ? [{ id, label }] : [];
    }),
  };
}

async function fetchFeatures(): Promise<Features> {
  const response = await fetch('/portal/features.json', { headers: { Accept: 'application/json' } });
  return response.ok ? readFeatures(await response.json()) : NONE;
}

/** What this server can do; nothing until it has answered. */
export function useFeatures(): Features {
  const [features, setFeatures] = useState(NONE);
  useEffect(() => {
    let current = true;
    void fetchFeatures()
      .catch(() => NONE)
      .then((found) => current && setFeatures(found));
    return () => {
      current = false;
    };
  }, []);
  return features;
}
