const PATHS = {
  sun: 'M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 3v2M12 19v2M3 12h2M19 12h2M5.6 5.6L7 7M17 17l1.4 1.4M18.4 5.6L17 7M7 17l-1.4 1.4',
  moon: 'M19.5 14.5A8 8 0 0 1 9.5 4.5a8 8 0 1 0 10 10z',
  chat: 'M12 5c-4.4 0-8 2.9-8 6.5 0 2 1.1 3.8 2.9 5L6 19.5l3.5-1.7c.8.2 1.6.2 2.5.2 4.4 0 8-2.9 8-6.5S16.4 5 12 5z',
  arrow: 'M5 12h13.5M13 6.5l5.5 5.5-5.5 5.5',
  back: 'M19 12H5.5M11 6.5L5.5 12l5.5 5.5',
  clock: 'M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16zM12 7.5V12l3 2',
  pulse: 'M3 12h4l3-7 4 14 3-7h4',
  cards: 'M4 7a2 2 0 0 1 2-2h12a2 2 0 0 1 2 2v4H4zM4 15h7v4H6a2 2 0 0 1-2-2zM15 15h5v2a2 2 0 0 1-2 2h-3z',
  page: 'M6 4h8l4 4v12H6zM14 4v4h4M9 13h6M9 16.5h4',
  spark: 'M12 4l1.8 5.2L19 11l-5.2 1.8L12 18l-1.8-5.2L5 11l5.2-1.8zM18.5 16.5v4M16.5 18.5h4',
  upload: 'M12 16V5M7.5 9.5L12 5l4.5 4.5M5 15v3a1.5 1.5 0 0 0 1.5 1.5h11A1.5 1.5 0 0 0 19 18v-3',
  bin: 'M5 7h14M10 7V4.5h4V7M7 7l.8 12h8.4L17 7M10.5 11v4.5M13.5 11v4.5',
  chart: 'M5 19.5V11M10 19.5V5M15 19.5v-6M20 19.5V8.5M3.5 19.5h18',
  up: 'M8 20H5.5V11H8zM8 11l3.6-7c1.4 0 2.2.9 2.2 2.2V10h4.4c1.2 0 2 1 1.8 2.2l-1 6c-.2 1-1 1.8-2 1.8H8',
  down: 'M8 4H5.5v9H8zM8 13l3.6 7c1.4 0 2.2-.9 2.2-2.2V14h4.4c1.2 0 2-1 1.8-2.2l-1-6c-.2-1-1-1.8-2-1.8H8',
} as const;

export type IconName = keyof typeof PATHS;

/** A decorative icon; the control around it carries the name. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg className="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}
