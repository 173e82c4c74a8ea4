import { Component, h } from 'preact';
import type { ComponentChild, FunctionComponent } from 'preact';

function sameValue(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
  return a.every((entry, at) => Object.is(entry, b[at]));
}

/**
 * A component that renders again only when a prop changed. Lists count as the same when their entries are,
 * so that items of unchanged turns stay untouched while another one streams.
 */
export function pure<P extends object>(render: FunctionComponent<P>): FunctionComponent<P> {
  class Pure extends Component<P> {
    override shouldComponentUpdate(next: Readonly<P>): boolean {
      const before = Object.entries(this.props);
      const after = new Map(Object.entries(next));
      return before.length !== after.size || before.some(([key, value]) => !sameValue(value, after.get(key)));
    }

    override render(): ComponentChild {
      return h(render as FunctionComponent<object>, this.props);
    }
  }
  return Pure as unknown as FunctionComponent<P>;
}
