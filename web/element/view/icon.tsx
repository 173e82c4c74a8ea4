import { ICON_ALIASES, ICON_PATHS } from './icon-paths.js';

/** The drawing for a name of any of the public icon sets; undefined when there is none. */
function iconPath(name: string): string | undefined {
  const plain = name.replace(/^(lucide|vendor):/, '');
  const known = ICON_PATHS[plain] ?? ICON_PATHS[ICON_ALIASES[plain] ?? ''];
  return known ?? (plain.startsWith('sidebar') ? ICON_PATHS['sidebar-left'] : undefined);
}

/** A decorative icon; what it means is said by the text or the name of the control around it. */
export function Icon({ name, size }: { name: string; size?: string }) {
  const path = iconPath(name) ?? ICON_PATHS.dot;
  const style = size === undefined ? {} : { inlineSize: size, blockSize: size };
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false" style={style}>
      <path d={path} />
    </svg>
  );
}
