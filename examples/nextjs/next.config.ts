import type { NextConfig } from 'next';

const backend = new URL(process.env['CHATKIT_URL'] ?? 'http://localhost:3000/chatkit').origin;

const config: NextConfig = {
  poweredByHeader: false,
  turbopack: { root: import.meta.dirname },
  // the element comes from the backend, under an address of this application's own
  rewrites: () => Promise.resolve([{ source: '/chatkit.js', destination: `${backend}/chatkit.js` }]),
};

export default config;
