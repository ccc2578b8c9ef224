import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { markdownRenderer } from './markdown.ts';

const known: Record<string, string> = { '000.22': 'Barclay, “A & B”, L36', '002a.1': '<b>"quoted"</b>' };
const render = markdownRenderer((id) =>
  Object.hasOwn(known, id) ? { href: `/v1/sources/x#claim-${id}`, label: known[id]! } : undefined,
);

// All that the renderer may ever write: these tags, with these attributes, and links that leave by http(s) or mail.
const text = '[^"<>]*';
const tags = [
  '</?(?:p|em|strong|s|ul|li|blockquote|pre|code|h[1-6]|thead|tbody|tr)>',
  '<table tabindex="0">|</table>',
  '<(?:br|hr)>',
  '</?ol>',
  '<ol start="[0-9]+">',
  `<code class="language-${text}">`,
  '</?t[hd]>',
  '<t[hd] style="text-align:(?:left|center|right)">',
  `<a href="(?:https?://|mailto:)${text}"(?: title="${text}")? rel="nofollow ugc noopener">`,
  `<a class="claim" href="/v1/sources/x#claim-[a-z0-9]+\\.[0-9]+" data-claim="[a-z0-9]+\\.[0-9]+" title="${text}">`,
  '</a>',
];
const allowed = new RegExp(tags.join('|'), 'g');
/** What is left of HTML that holds nothing but the above and text: no tag, no bracket, no bare ampersand. */
const strange = (html: string) =>
  html.replace(allowed, '').match(/[<>]|&(?!(?:amp|lt|gt|quot|#[0-9]+|#x[0-9a-f]+);)/gi) ?? [];
const hrefs = (html: string) => [...html.matchAll(/href="([^"]*)"/g)].map(([, href]) => href);

const hostile = [
  '<script>alert(1)</script>',
  '<SCRIPT SRC=//evil.example/x.js></SCRIPT>',
  '<img src=x onerror=alert(1)>',
  '<svg/onload=alert(1)>',
  '<a href="javascript:alert(1)">x</a>',
  '<iframe srcdoc="<script>alert(1)</script>">',
  '<style>*{display:none}</style>',
  '<!-- <script>alert(1)</script> -->',
  '<!--><img src=x onerror=alert(1)>-->',
  '<![CDATA[<script>alert(1)</script>]]>',
  '<?php echo 1 ?>',
  '<div onclick=alert(1)',
  '<b <script>alert(1)</script>',
  '</p><script>alert(1)</script>',
  '[x](javascript:alert(1))',
  '[x]()',
  '[x](<> "title")',
  '[x](JaVaScRiPt:alert(1))',
  '[x]( javascript:alert(1))',
  '[x](<javascript:alert(1)>)',
  '[x](java\\script:alert(1))',
  '[x](javascript&colon;alert(1))',
  '[x](javascript&#58;alert(1))',
  '[x](&#106;avascript:alert(1))',
  '[x](&#x6A;&#x61;vascript:alert(1))',
  '[x](java%0ascript:alert(1))',
  '[x](\u0001javascript:alert(1))',
  '[x](\u00a0javascript:alert(1))',
  '[x](ｊavascript:alert(1))',
  '[x](vbscript:msgbox(1))',
  '[x](data:text/html,<script>alert(1)</script>)',
  '[x](data:image/svg+xml;base64,PHN2Zz4=)',
  '[x](file:///etc/passwd)',
  '[x](//evil.example)',
  '[x](\\\\evil.example)',
  '[x](/\\evil.example)',
  '[x](https:evil.example)',
  '[x](http:/evil.example)',
  '[x](/v1/keys)',
  '[x](#claim-000.22)',
  '[x](ftp://evil.example)',
  '[x](ht\ntps://evil.example)',
  '[x]: javascript:alert(1)\n\n[x]',
  '[x][y]\n\n[y]: data:text/html,x "title"',
  '<javascript:alert(1)>',
  '<data:text/html,x>',
  '<x-evil:y>',
  '![x](https://evil.example/pixel.gif)',
  '![x](javascript:alert(1))',
  '![x][y]\n\n[y]: https://evil.example/pixel.gif',
  '[![x](javascript:alert(1))](javascript:alert(1))',
  '[a](https://x.example "onmouseover=alert(1) \\" onmouseover=alert(1)")',
  '[a](https://x.example/"onmouseover="alert(1))',
  "[a](https://x.example '\"><script>alert(1)</script>')",
  '[a](https://x.example/<script>)',
  '`<script>alert(1)</script>`',
  '    <script>alert(1)</script>',
  '```"><script>alert(1)</script>\nx\n```',
  '```js" onclick="alert(1)\nx\n```',
  '~~~\n<script>alert(1)</script>',
  '| <script> | b |\n|:-|-:|\n| <img src=x onerror=alert(1)> | [x](javascript:alert(1)) |',
  '&lt;script&gt;alert(1)&lt;/script&gt;',
  '&#60;script&#62;alert(1)&#60;/script&#62;',
  '&LT;script&GT; &NewLine; &bogus; &#0; &#xD800; &#99999999;',
  '**<b>**</b>** _<i onclick=x>_ ~~<s>~~',
  '> <blockquote onload=x>\n- <li onclick=x>',
  '# <h1 id=x>\n\nx <y\n===',
  '\u202egnp.exe \u0000 \ufeff<script>alert(1)</script>',
  '＜script＞alert(1)＜/script＞ ‹script›',
  '[000.22](javascript:alert(1))',
  '[000.22]: javascript:alert(1)\n\n[000.22]',
  '[000.22"><script>alert(1)</script>]',
  '[000.22" onclick="x]',
  '[constructor.1] [__proto__.1]',
];

describe('what somebody hostile writes', () => {
  it.each(hostile)('%j becomes text, or a harmless link', (source) => {
    const html = render(source);
    expect(strange(html)).toEqual([]);
    for (const href of hrefs(html)) expect(href).toMatch(/^(https?:\/\/|mailto:|\/v1\/sources\/x#claim-)/i);
  });

  it('stays harmless however these are cut and joined', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        ...hostile,
        '[000.22]',
        '[x](https://x.example)',
        '\n',
        '\n\n',
        '> ',
        '- ',
        '`',
        '|',
        '*',
        '<',
        '"',
      ),
      fc.string({ maxLength: 5 }),
    );
    const cut = fc.tuple(piece, fc.nat(20), fc.nat(60)).map(([whole, from, to]) => whole.slice(from % 5, to + 1));
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, cut), { maxLength: 12 }), (pieces) => {
        expect(strange(render(pieces.join('')))).toEqual([]);
      }),
      { numRuns: 1000 },
    );
  });

  it.each([
    '[x](javascript:alert(1))',
    '[x](//evil.example)',
    '<javascript:alert(1)>',
    '![x](https://evil.example/p.gif)',
  ])('%j loads nothing and leads nowhere bad', (source) => {
    expect(render(source)).not.toMatch(/<img|href="(?!https:)/);
  });

  it('a check of such HTML finds what it should', () => {
    for (const html of [
      '<p onclick="x">',
      '<img src="x">',
      '<a href="javascript:x" rel="nofollow ugc noopener">',
      '<b>',
    ])
      expect(strange(html)).not.toEqual([]);
  });
});

describe('plain Markdown', () => {
  const rel = 'rel="nofollow ugc noopener"';
  it.each([
    ['a paragraph', 'one\ntwo\n\nthree', '<p>one\ntwo</p>\n<p>three</p>\n'],
    ['emphasis', '*a* **b** ~~c~~', '<p><em>a</em> <strong>b</strong> <s>c</s></p>\n'],
    ['a heading', '## A', '<h2>A</h2>\n'],
    ['a list', '- a\n- b', '<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n'],
    ['a numbered list that starts at 3', '3. a\n4. b', '<ol start="3">\n<li>a</li>\n<li>b</li>\n</ol>\n'],
    ['code', '`a < b`', '<p><code>a &lt; b</code></p>\n'],
    ['a block of code', '```js\na && b\n```', '<pre><code class="language-js">a &amp;&amp; b\n</code></pre>\n'],
    ['a quotation', '> a', '<blockquote>\n<p>a</p>\n</blockquote>\n'],
    ['a hard break', 'a\\\nb', '<p>a<br>\nb</p>\n'],
    ['a link', '[a](https://x.example/?a=1&b=2)', `<p><a href="https://x.example/?a=1&amp;b=2" ${rel}>a</a></p>\n`],
    ['a link with a title', '[a](http://x.example "t")', `<p><a href="http://x.example" title="t" ${rel}>a</a></p>\n`],
    ['a link by reference', '[a]\n\n[a]: https://x.example', `<p><a href="https://x.example" ${rel}>a</a></p>\n`],
    [
      'an address in brackets',
      '<https://x.example>',
      `<p><a href="https://x.example" ${rel}>https://x.example</a></p>\n`,
    ],
    ['a mail address', '<a@x.example>', `<p><a href="mailto:a@x.example" ${rel}>a@x.example</a></p>\n`],
    ['a bare address, which stays text', 'https://x.example', '<p>https://x.example</p>\n'],
    ['signs and entities', 'a & b &amp; c &mdash; “d” &#8364;', '<p>a &amp; b &amp; c — “d” €</p>\n'],
    ['nothing', '', ''],
  ])('%s', (_title, source, html) => {
    expect(render(source)).toBe(html);
  });

  it('a table, with its columns aligned', () => {
    const html = render('| a | b |\n|:-:|---|\n| 1 | 2 |');
    expect(html).toContain('<th style="text-align:center">a</th>');
    expect(html).toContain('<td>2</td>');
  });
});

describe('a claim in square brackets', () => {
  const anchor =
    '<a class="claim" href="/v1/sources/x#claim-000.22" data-claim="000.22" title="Barclay, “A &amp; B”, L36">000.22</a>';
  it.each([
    ['is an anchor where the claim is known', '[000.22]', `<p>${anchor}</p>\n`],
    ['is an anchor within a sentence', 'So she says [000.22].', `<p>So she says ${anchor}.</p>\n`],
    ['is an anchor within emphasis', '**[000.22]**', `<p><strong>${anchor}</strong></p>\n`],
    ['stays text where the claim is not known', '[000.99] [1.5]', '<p>[000.99] [1.5]</p>\n'],
    ['stays text where it is escaped', '\\[000.22]', '<p>[000.22]</p>\n'],
    ['stays text in code', '`[000.22]`', '<p><code>[000.22]</code></p>\n'],
    ['cannot be made to lead elsewhere', '[000.22](https://x.example)', `<p>${anchor}(https://x.example)</p>\n`],
    ['cannot be defined to lead elsewhere', '[000.22]\n\n[000.22]: https://x.example', `<p>${anchor}</p>\n`],
  ])('%s', (_title, source, html) => {
    expect(render(source)).toBe(html);
  });

  it('has a title in which nothing can hide', () => {
    expect(render('[002a.1]')).toContain('title="&lt;b&gt;&quot;quoted&quot;&lt;/b&gt;"');
  });

  it('makes no link within a link, which HTML forbids', () => {
    expect(render('[see [000.22] there](https://x.example)')).not.toMatch(/<a [^>]*>(?:(?!<\/a>).)*<a /);
  });
});
