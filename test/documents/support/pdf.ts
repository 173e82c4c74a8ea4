/** Number of the object that is the page of that index. */
const page = (index: number): number => 4 + index * 2;

/** A PDF with one line of text per page. Lines must not hold brackets or backslashes. */
export function pdfOf(pages: readonly string[], title?: string): Uint8Array {
  const kids = pages.map((_, index) => `${page(index)} 0 R`).join(' ');
  const info = title === undefined ? [] : [`<< /Title (${title}) >>`];
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Kids [${kids}] /Count ${pages.length} >>`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
    ...pages.flatMap((line, index) => {
      const content = `BT /F1 12 Tf 72 700 Td (${line}) Tj ET`;
      return [
        `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents ${page(index) + 1} 0 R ` +
          '/Resources << /Font << /F1 3 0 R >> >> >>',
        `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
      ];
    }),
    ...info,
  ];
  let file = '%PDF-1.4\n';
  const offsets = objects.map((object, index) => {
    const offset = file.length;
    file += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return String(offset).padStart(10, '0');
  });
  const xref = offsets.map((offset) => `${offset} 00000 n \n`).join('');
  const infoEntry = title === undefined ? '' : `/Info ${objects.length} 0 R `;
  return Buffer.from(
    `${file}xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${xref}` +
      `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R ${infoEntry}>>\nstartxref\n${file.length}\n%%EOF\n`,
    'latin1',
  );
}
