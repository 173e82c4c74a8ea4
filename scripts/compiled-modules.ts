import { readFile } from 'node:fs/promises';
import type { Plugin } from 'vite';

/**
 * Reads our modules as they were compiled, with their maps: what is put together of them is shown as it was written.
 *
 * @param folder where they were compiled to, with a slash behind
 * @param changed what becomes of the code of one, named from there. Default: it stays
 */
export function compiledModules(
  folder: string,
  changed: (code: string, name: string) => string = (code) => code,
): Plugin {
  return {
    name: 'compiled-modules',
    async load(id) {
      if (!id.startsWith(folder)) return null;
      const [code, map] = await Promise.all([readFile(id, 'utf8'), readFile(`${id}.map`, 'utf8')]);
      return { code: changed(code, id.slice(folder.length)), map };
    },
  };
}
