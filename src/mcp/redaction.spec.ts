import { Redaction } from './redaction.js';

const TOKEN = 'canary+of/"ada"=0123456789';

function encoded(text: string, form: 'base64' | 'base64url'): string {
  return Buffer.from(text).toString(form);
}

const FORMS: readonly (readonly [name: string, text: string])[] = [
  ['as it is', TOKEN],
  ['in an address', encodeURIComponent(TOKEN)],
  ['in JSON', JSON.stringify(TOKEN)],
  ['in base64', encoded(TOKEN, 'base64')],
  ['in base64 for addresses', encoded(TOKEN, 'base64url')],
  ['in base64 after a name', encoded(`u-ada:${TOKEN}`, 'base64')],
  ['in base64 between others', encoded(`user ada:${TOKEN}:more`, 'base64')],
];

describe('A secret that a model has learnt', () => {
  const redaction = new Redaction();
  redaction.add(TOKEN);

  it.each(FORMS)('is taken out %s', (_name, text) => {
    const clean = redaction.text(`It is ${text}.`);
    expect(clean).toMatch(/^It is .*\[redacted-\w+\].*\.$/);
    expect(clean).not.toContain(text);
    const rest = clean.replaceAll(/\[redacted-\w+\]/g, ' ').split(' ');
    for (const piece of rest) expect(Buffer.from(piece, 'base64').toString()).not.toContain('canary');
  });

  it.each(FORMS)('is put back %s where it belongs', (_name, text) => {
    const clean = redaction.value({ header: [text] });
    expect(redaction.restored(clean, TOKEN)).toEqual({ header: [text] });
    expect(redaction.restored(clean, 'another')).toEqual(clean);
  });

  it.each(FORMS)('is held back %s while it may be coming', (_name, text) => {
    const whole = redaction.text(text);
    const parts = text.split('').reduce(
      ({ said, held }, character) => {
        const clean = redaction.text(held + character);
        const kept = redaction.pending(clean);
        return { said: said + clean.slice(0, clean.length - kept), held: clean.slice(clean.length - kept) };
      },
      { said: '', held: '' },
    );
    expect(parts.said + parts.held).toBe(whole);
  });

  it('leaves other texts alone', () => {
    const text = 'The ferry leaves at nine; see https://portal.test/a?b=c%20d.';
    expect(redaction.text(text)).toBe(text);
  });
});
