import type { FunctionComponent } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Part } from './part.js';

/**
 * A component of a part, which is loaded when the component is first shown. The fallback stands for it until
 * then, and where the part cannot be had.
 */
export function lazy<Loaded, Props extends object>(
  part: Part<Loaded>,
  pick: (loaded: Loaded) => FunctionComponent<Props>,
  Fallback: FunctionComponent<Props> = () => null,
): FunctionComponent<Props> {
  return function Lazy(props) {
    const [loaded, setLoaded] = useState(part.value);
    useEffect(() => {
      if (loaded !== undefined) return undefined;
      let wanted = true;
      const show = async (): Promise<void> => {
        const value = await part.get();
        if (wanted && value !== undefined) setLoaded(() => value);
      };
      void show();
      return () => {
        wanted = false;
      };
    }, []);
    if (loaded === undefined) return <Fallback {...props} />;
    const Component = pick(loaded);
    return <Component {...props} />;
  };
}
