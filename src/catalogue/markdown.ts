import MarkdownIt from 'markdown-it';

export type ClaimLink = { href: string; label?: string };

const claimAnchor = /^\[([A-Za-z0-9-]+\.[0-9]+)\]/;

/**
 * Markdown to safe HTML: raw HTML is shown as text, images are off, links leave by http(s) or mail only and carry
 * `nofollow ugc noopener`. `[000.22]` becomes an anchor where `linkClaim` knows the claim, else stays as written.
 */
export const markdownRenderer = (
  linkClaim: (id: string) => ClaimLink | undefined,
  { tables = true }: { tables?: boolean } = {},
) => {
  const md = new MarkdownIt({ html: false, linkify: false, typographer: false }).disable(
    tables ? 'image' : ['image', 'table'],
  );

  md.validateLink = (url) => /^(https?:\/\/|mailto:)/i.test(url.trim());
  // `[x]()` is a link to nowhere, which validateLink is never asked about. Links do not nest, so one flag is enough.
  let nowhere = false;
  md.renderer.rules.link_open = (tokens, index, options, _env, self) => {
    nowhere = !tokens[index]!.attrGet('href');
    if (nowhere) return '';
    tokens[index]!.attrSet('rel', 'nofollow ugc noopener');
    return self.renderToken(tokens, index, options);
  };
  md.renderer.rules.link_close = () => (nowhere ? '' : '</a>');

  // A wide one scrolls by itself, which takes no mouse.
  md.renderer.rules.table_open = () => '<table tabindex="0">\n';

  md.inline.ruler.before('link', 'claim', (state, silent) => {
    const [anchor, id = ''] = claimAnchor.exec(state.src.slice(state.pos, state.pos + 40)) ?? [];
    const link = anchor && linkClaim(id);
    if (!anchor || !link) return false;
    if (!silent) {
      const token = state.push('claim', 'a', 0);
      token.meta = { id, ...link };
    }
    state.pos += anchor.length;
    return true;
  });
  md.renderer.rules.claim = (tokens, index) => {
    const { id, href, label } = tokens[index]!.meta as ClaimLink & { id: string };
    const { escapeHtml } = md.utils;
    const title = label === undefined ? '' : ` title="${escapeHtml(label)}"`;
    return `<a class="claim" href="${escapeHtml(href)}" data-claim="${escapeHtml(id)}"${title}>${escapeHtml(id)}</a>`;
  };

  return (source: string): string => md.render(source);
};
