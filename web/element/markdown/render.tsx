import type { Token, Tokens } from 'marked';
import { Component } from 'preact';
import type { ComponentChild, ComponentChildren } from 'preact';
import type { Source } from '../session/wire.js';
import { markOf, splitMarks, stripMarks } from './citations.js';
import { CodeBlock } from './code-block.js';
import { directionOf } from './direction.js';
import type { Direction } from './direction.js';
import { decodeEntities } from './entities.js';
import { Formula } from './formula.js';
import { isLineBreak } from './line-break.js';
import { useView } from '../view/context.js';
import { Citation, Link, MarkdownImage } from './inline.js';

export interface RenderContext {
  readonly domains: readonly string[] | undefined;
  readonly sources: readonly Source[];
  readonly level: number;
}

interface BlockProps extends RenderContext {
  readonly token: Token;
}

/** Nesting beyond this is shown as its source text. */
const MAX_DEPTH = 24;

/** One top-level block; it renders again only when its source changed. */
export class Block extends Component<BlockProps> {
  override shouldComponentUpdate(next: BlockProps): boolean {
    const { token, domains, sources, level } = this.props;
    // What is in brackets may have become a link through a reference that came later.
    const settled =
      token.raw === next.token.raw && token.type === next.token.type && !token.raw.includes('[');
    const sameToken = token === next.token || settled;
    return !sameToken || domains !== next.domains || sources !== next.sources || level !== next.level;
  }

  override render(): ComponentChild {
    return block(this.props.token, this.props, 0);
  }
}

function blocks(tokens: readonly Token[] | undefined, context: RenderContext, depth: number): ComponentChild {
  return tokens?.map((token) => block(token, context, depth));
}

function block(token: Token, context: RenderContext, depth: number): ComponentChild {
  if (depth > MAX_DEPTH) return words(token.raw, context);
  switch (token.type) {
    case 'space':
    case 'def':
      return null;
    case 'heading': {
      const Tag = `h${context.level}` as 'h4';
      return (
        <Tag class={`h${Number(token.depth)}`} dir="auto">
          {inlines(token.tokens, context, depth)}
        </Tag>
      );
    }
    case 'paragraph':
      return <p dir="auto">{inlines(token.tokens, context, depth)}</p>;
    case 'blockquote':
      return <blockquote dir={directionOf(token)}>{blocks(token.tokens, context, depth + 1)}</blockquote>;
    case 'list':
      return list(token as Tokens.List, context, depth);
    case 'code':
      return <CodeBlock code={stripMarks(String(token.text))} language={String(token.lang ?? '')} />;
    case 'table':
      return table(token as Tokens.Table, context, depth);
    case 'hr':
      return <hr />;
    case 'html':
      return <p dir="auto">{words(token.raw.trim(), context)}</p>;
    case 'math':
      return formula(token, context);
    case 'checkbox':
      return (
        <input type="checkbox" class="task" checked={token.checked === true} disabled aria-hidden="true" />
      );
    default:
      return inline(token, context, depth);
  }
}

function list(token: Tokens.List, context: RenderContext, depth: number): ComponentChild {
  const items = token.items.map((item) => (
    <li class={item.task ? 'task-item' : undefined} dir={directionOf(item)}>
      {blocks(item.tokens, context, depth + 1)}
    </li>
  ));
  const dir = directionOf(token);
  if (!token.ordered) return <ul dir={dir}>{items}</ul>;
  return (
    <ol start={token.start === '' ? 1 : token.start} dir={dir}>
      {items}
    </ol>
  );
}

function table(token: Tokens.Table, context: RenderContext, depth: number): ComponentChild {
  const cell = (content: Tokens.TableCell): ComponentChild => {
    const style = content.align ? { textAlign: content.align } : {};
    const inside = inlines(content.tokens, context, depth + 1);
    return content.header ? (
      <th scope="col" style={style} dir="auto">
        {inside}
      </th>
    ) : (
      <td style={style} dir="auto">
        {inside}
      </td>
    );
  };
  return (
    <TableFrame dir={directionOf(token)}>
      <thead>
        <tr>{token.header.map(cell)}</tr>
      </thead>
      <tbody>
        {token.rows.map((row) => (
          <tr>{row.map(cell)}</tr>
        ))}
      </tbody>
    </TableFrame>
  );
}

/** Scrolls in itself where the table is too wide, by keyboard too. */
function TableFrame({ dir, children }: { dir: Direction | undefined; children: ComponentChildren }) {
  const { t } = useView();
  return (
    <div class="table" role="group" tabIndex={0} aria-label={t('table')}>
      <table dir={dir}>{children}</table>
    </div>
  );
}

function inlines(
  tokens: readonly Token[] | undefined,
  context: RenderContext,
  depth: number,
): ComponentChild {
  return tokens?.map((token) => inline(token, context, depth + 1));
}

function inline(token: Token, context: RenderContext, depth: number): ComponentChild {
  if (depth > MAX_DEPTH) return words(token.raw, context);
  switch (token.type) {
    case 'strong':
      return <strong>{inlines(token.tokens, context, depth)}</strong>;
    case 'em':
      return <em>{inlines(token.tokens, context, depth)}</em>;
    case 'del':
      return <del>{inlines(token.tokens, context, depth)}</del>;
    case 'codespan':
      return <code dir="ltr">{stripMarks(String(token.text))}</code>;
    case 'br':
      return <br />;
    case 'link':
      return (
        <Link href={stripMarks(String(token.href))} title={token.title ? String(token.title) : undefined}>
          {inlines(token.tokens, context, depth)}
        </Link>
      );
    case 'image':
      return (
        <MarkdownImage
          src={stripMarks(String(token.href))}
          alt={String(token.text)}
          domains={context.domains}
        />
      );
    case 'html':
      return isLineBreak(token.raw) ? <br /> : words(token.raw, context);
    case 'math':
      return formula(token, context);
    case 'text':
      return token.tokens
        ? inlines(token.tokens, context, depth)
        : words(decodeEntities(String(token.text)), context);
    case 'escape':
      return String(token.text);
    default:
      return words(token.raw, context);
  }
}

/** A formula, with the marks of sources that stand in it behind it. */
function formula(token: Token, context: RenderContext): ComponentChild {
  const { raw, text, display } = token as Tokens.Generic;
  const marks = splitMarks(raw).filter((piece) => typeof piece === 'number');
  return (
    <>
      <Formula tex={stripMarks(String(text))} source={stripMarks(raw).trim()} display={display === true} />
      {marks.map((number) => words(markOf(number), context))}
    </>
  );
}

function words(text: string, context: RenderContext): ComponentChild {
  const pieces = splitMarks(text);
  if (pieces.length === 1 && typeof pieces[0] === 'string') return pieces[0];
  return pieces.map((piece) => {
    if (typeof piece === 'string') return piece;
    const source = context.sources[piece - 1];
    return source ? <Citation number={piece} source={source} /> : null;
  });
}
