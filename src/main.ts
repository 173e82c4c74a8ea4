import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';

// before anything else is loaded; it lies with what it was compiled from, so that a build begins it anew
enableCompileCache(join(import.meta.dirname, '.compile-cache'));
// what open streams keep, requests forget: from one place in the code both would be made in the old generation, and so kept
setFlagsFromString('--no-allocation-site-pretenuring');
process.setSourceMapsEnabled(true);
await import('./app/main.js');
