import { enableCompileCache } from 'node:module';
import { join } from 'node:path';

// before anything else is loaded; it lies with what it was compiled from, so that a build begins it anew
enableCompileCache(join(import.meta.dirname, '.compile-cache'));
process.setSourceMapsEnabled(true);
await import('./app/main.js');
