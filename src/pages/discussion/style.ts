import { tight } from '../style.ts';

/** Posts, their threads and what one does at them. */
export const discussionStyle = tight(`
.post > .by { margin-block: 0 0.2rem; }
.post > .by a, .post > .by .link { color: inherit; }
.acts { display: flex; flex-wrap: wrap; gap: 0 1.1rem; align-items: baseline; font-size: 0.95rem; margin-block-end: 0.4rem; }
.acts > *, .acts > details > summary { min-block-size: 1.75rem; padding-block: 0.15rem; }
.acts > details > summary { color: var(--link); }
.acts > details[open] { flex-basis: 100%; font-size: 1rem; }
.acts > details:not([open]) { inline-size: max-content; }
.post textarea { min-block-size: 5rem; }
.posts .replies > .post { padding-block: 0.5rem 0; }
.replies .replies .replies .replies { padding-inline-start: 0; border-inline-start: 0; }
.checks, .flags { list-style: none; margin: 0.4rem 0; padding: 0; }
.checks li { padding-inline-start: 1.4em; text-indent: -1.4em; font-variant-numeric: tabular-nums; }
.checks li .quiet { text-indent: 0; }
.box > .prose > :last-child, .post > .prose > :last-child { margin-block-end: 0.4rem; }
p[id^='note-'] { margin-block: 0.2rem 0.5rem; min-block-size: 1.6em; }
.typed { white-space: pre-wrap; }
@media (max-width: 40rem) {
  .replies { padding-inline-start: 0.6rem; }
  .replies .replies .replies { padding-inline-start: 0; border-inline-start: 0; }
}
`);
