/** A post's HTML for a page that has headings of its own: those of the post are below them all. */
export const plainHeadings = (html: string): string => html.replace(/<(\/?)h[1-6]>/g, '<$1h4>');
