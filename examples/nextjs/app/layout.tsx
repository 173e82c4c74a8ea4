import type { Metadata } from 'next';
import Script from 'next/script';
import type { ReactNode } from 'react';
import './globals.css';

export const metadata: Metadata = { title: 'Member portal', description: 'A portal with a chat in it' };

export default function RootLayout({ children }: { children: ReactNode }) {
  return (
    <html lang="en">
      <head>
        <Script src="/chatkit.js" strategy="beforeInteractive" />
      </head>
      <body>{children}</body>
    </html>
  );
}
