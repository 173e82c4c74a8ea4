import type { UseChatKitOptions } from '@openai/chatkit-react';
import type { Brand } from '../articles/types.js';
import { navigate } from '../router.js';

type Entities = NonNullable<UseChatKitOptions['entities']>;
type Entity = Awaited<ReturnType<NonNullable<Entities['onTagSearch']>>>[number];

/** What members can mention: the articles and the people of their organisation. */
export function entitiesOf({ articles, people }: Brand): Entity[] {
  return [
    ...articles.map(({ slug, title, summary, category }) => ({
      id: `article-${slug}`,
      title,
      icon: 'document',
      group: 'Articles',
      interactive: true,
      data: { path: `/articles/${slug}`, category, summary },
    })),
    ...people.map(({ id, name, role }) => ({
      id: `person-${id}`,
      title: name,
      icon: 'profile',
      group: 'People',
      interactive: true,
      data: { role },
    })),
  ];
}

/** Entities as the chat asks for them: found by their name, opened, and shown before they are opened. */
export function entityOptions(brand: Brand): Entities {
  const all = entitiesOf(brand);
  return {
    showComposerMenu: true,
    onTagSearch: async (query) => {
      const words = query.toLowerCase().split(/\s+/).filter(Boolean);
      return all.filter(({ title }) => words.every((word) => title.toLowerCase().includes(word)));
    },
    onClick: ({ data }) => {
      if (data?.path?.startsWith('/articles/')) navigate(data.path);
    },
    onRequestPreview: async ({ title, data }) => ({
      preview: {
        type: 'Basic',
        children: [
          { type: 'Caption', value: data?.category ?? data?.role ?? '' },
          { type: 'Title', value: title, size: 'sm' },
          ...(data?.summary === undefined
            ? []
            : [{ type: 'Text' as const, value: data.summary, size: 'sm' as const }]),
        ],
      },
    }),
  };
}
