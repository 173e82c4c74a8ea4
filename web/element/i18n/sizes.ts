const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;
const STEP = 1024;

/** A number of bytes for people, such as “1.4 MB”. */
export function formatSize(bytes: number, locale: string): string {
  const power = bytes < 1 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log(bytes) / Math.log(STEP)));
  const unit = UNITS[power] ?? 'byte';
  const format = {
    style: 'unit',
    unit,
    unitDisplay: power === 0 ? 'long' : 'short',
    maximumFractionDigits: 1,
  };
  return new Intl.NumberFormat(locale, format as Intl.NumberFormatOptions).format(bytes / STEP ** power);
}

/** What kind of file it is, such as “PDF”: the ending of its name, else its MIME type. */
export function kindOf(name: string, mimeType: string): string {
  const [, ending] = /\.([a-z\d]{1,5})$/i.exec(name) ?? [];
  return (ending ?? mimeType.split('/').at(-1) ?? '').toUpperCase();
}
