import { ICON_ALIASES, ICON_PATHS } from './icon-paths.js';

/** Drawings that point along the line of text, and turn with it. */
const DIRECTED = new Set(['chevron-left', 'chevron-right', 'external-link', 'reply', 'sidebar-left']);

/** The drawing for a name of any of the public icon sets; undefined when there is none. */
function iconPath(name: string): string | undefined {
  const plain = plainName(name);
  return own(ICON_PATHS, plain) ?? (plain.startsWith('sidebar') ? ICON_PATHS['sidebar-left'] : undefined);
}

function plainName(name: string): string {
  const plain = name.replace(/^(lucide|vendor):/, '');
  return own(ICON_ALIASES, plain) ?? plain;
}

/** Names come from servers: one such as `constructor` must not reach what every object has. */
function own(table: Readonly<Record<string, string>>, name: string): string | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

/** A decorative icon; what it means is said by the text or the name of the control around it. */
export function Icon({ name, size }: { name: string; size?: string }) {
  const path = iconPath(name) ?? ICON_PATHS.dot;
  const style = size === undefined ? {} : { inlineSize: size, blockSize: size };
  return (
    <svg
      class={`icon${DIRECTED.has(plainName(name)) ? ' directed' : ''}`}
      viewBox="0 0 24 24"
      aria-hidden="true"
      focusable="false"
      style={style}
    >
      <path d={path} />
    </svg>
  );
}
