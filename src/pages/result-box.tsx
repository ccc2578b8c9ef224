import type { Child } from 'hono/jsx';

/** What came of a form, at the place where its address leads (`#result`). `label`: what it is, for who does not see it. */
export const ResultBox = ({
  label,
  tone = '',
  children,
}: {
  label: string;
  tone?: 'good' | 'warn' | 'bad' | '';
  children?: Child;
}) => (
  <section
    id="result"
    class={tone ? `box ${tone}` : 'box'}
    role={tone === 'bad' ? 'alert' : 'status'}
    tabindex={-1}
    aria-label={label}
  >
    {children}
  </section>
);
