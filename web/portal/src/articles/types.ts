export interface Section {
  readonly heading: string;
  readonly paragraphs: readonly string[];
  readonly points?: readonly string[];
}

export interface Article {
  readonly slug: string;
  readonly category: string;
  readonly title: string;
  readonly summary: string;
  readonly minutes: number;
  readonly updated: string;
  readonly sections: readonly Section[];
}

/** Somebody whom members can mention. */
export interface Person {
  readonly id: string;
  readonly name: string;
  readonly role: string;
}

/** How an organisation presents itself. */
export interface Brand {
  /** Names a set of colours in the style sheet. */
  readonly name: 'aurora' | 'borealis' | 'neutral';
  readonly tagline: string;
  readonly accent: { readonly light: string; readonly dark: string };
  readonly assistant: string;
  readonly articles: readonly Article[];
  readonly people: readonly Person[];
}
