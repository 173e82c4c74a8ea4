/** A small number that is always the same for the same text. */
function seedOf(text: string): number {
  let sum = 7;
  for (let at = 0; at < text.length; at += 1) sum = (sum * 31 + text.charCodeAt(at)) % 9973;
  return sum;
}

/** Waves of light in the organisation's colours; every article has its own. */
export function Art({ seed }: { seed: string }) {
  const base = seedOf(seed);
  const waves = [0, 1, 2, 3].map((at) => {
    const lift = 46 + at * 26 + ((base >> at) % 17);
    const bend = 30 + ((base >> (at + 2)) % 50);
    const turn = ((base >> (at + 1)) % 60) - 30;
    return `M0 ${lift} C ${100 + turn} ${lift - bend}, ${220 - turn} ${lift + bend}, 400 ${lift - bend / 2} V 180 H 0 Z`;
  });
  return (
    <svg className="art" viewBox="0 0 400 160" preserveAspectRatio="xMidYMid slice" aria-hidden="true">
      <rect className="art-sky" width="400" height="160" />
      <circle className="art-sun" cx={60 + (base % 280)} cy={34 + (base % 22)} r={16 + (base % 12)} />
      {waves.map((path, at) => (
        <path key={path} className={`art-wave wave-${at}`} d={path} />
      ))}
    </svg>
  );
}
