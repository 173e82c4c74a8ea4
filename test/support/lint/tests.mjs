import { lookAgain } from './look-again.mjs';
import { ownPort } from './own-port.mjs';
import { patience } from './patience.mjs';

/** What the linter objects to in tests that would fail on a busy machine alone. */
export default {
  meta: { name: 'tests' },
  rules: { 'look-again': lookAgain, 'own-port': ownPort, patience },
};
