'use client';

import { useEffect, useState } from 'react';
import { watchSelection } from './selection.js';
import type { TextSelection } from './selection.js';

/** What is selected in the page, outside of fields and of the chat; undefined when it is nothing. */
export function useTextSelection(): TextSelection | undefined {
  const [selection, tell] = useState<TextSelection>();
  useEffect(() => watchSelection(tell), []);
  return selection;
}
