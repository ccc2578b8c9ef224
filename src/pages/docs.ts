import { html } from 'hono/html';
import { permissions } from '../auth/actor.ts';
import { bodyType, type Section } from '../openapi.ts';
import { problems } from '../problem.ts';
import type { Route } from '../route.ts';
import { type Json, outline, shapeAnchor } from './outline.ts';
import { page } from './page.ts';

type Operation = {
  parameters?: { name: string; in: string; schema: Json }[];
  requestBody?: { content: Record<string, { schema: Json }> };
  responses: Record<string, { content?: Record<string, { schema: Json }> }>;
};

const sentence = (text: string): string => (/[.?!]$/.test(text) ? text : `${text}.`);

const who = ({ action }: Route): string => {
  if (action === null) return 'public';
  const permission: { root?: true; scope?: string; roles?: readonly string[] } = permissions[action];
  return [
    ...(permission.root ? ['root key'] : []),
    ...(permission.scope ? [`API key with scope ${permission.scope}`] : []),
    ...(permission.roles ? [permission.roles.join(', ')] : []),
  ].join(' · ');
};

/** The documentation as one page that needs neither script nor internet. Made at build time. */
export const docsPage = (sections: readonly Section[], document: Json): string => {
  const schemas = (document.components as { schemas: Record<string, Json> }).schemas;
  const paths = document.paths as Record<string, Record<string, Operation>>;
  const anchor = (title: string) => title.toLowerCase().replace(/[^a-z]+/g, '-');
  const shape = (title: string, schema: Json) =>
    schema.$ref
      ? html`<p><small>${title}: ${outline(schema)}</small></p>`
      : html`<details><summary>${title}</summary><pre>${outline(schema)}</pre></details>`;
  const operation = (route: Route) => {
    const { parameters = [], requestBody, responses } = paths[route.path]![route.method]!;
    const query = parameters.filter((one) => one.in === 'query');
    const matches = route.ifMatch ? ' · wants If-Match' : '';
    const texts = Object.keys(route.takesText ?? {});
    const body = requestBody?.content[bodyType(route)]?.schema;
    const returned = Object.entries(responses).filter(([status]) => status !== 'default');
    return html`<article>
      <h3><code><b>${route.method.toUpperCase()}</b> ${route.path}</code></h3>
      <p>${sentence(route.title)} <small>${who(route)}${matches}</small></p>
      ${query.length > 0 ? html`<ul>${query.map(({ name, schema }) => html`<li><code>?${name}=</code> ${outline(schema)}</li>`)}</ul>` : ''}
      ${body ? shape(`${route.takesForm ? 'Form' : 'Body'}${texts.map((type) => `, or ${type}`).join('')}`, body) : ''}
      ${returned.map(([status, { content }]) => {
        const { 'application/json': json, ...others } = content ?? {};
        const schema = json?.schema;
        return schema
          ? shape(status, schema)
          : html`<p><small>${status}, ${Object.keys(others).join(', ') || 'without a body'}</small></p>`;
      })}
    </article>`;
  };
  const rows = Object.entries(problems).filter(([name]) => name !== 'rules-moved' && name !== 'request-seen');
  return page(
    'cmgrclass: the HTTP interface',
    html`<h1>The HTTP interface</h1>
      <p>JSON over HTTP. The same as a document for machines: <a href="/openapi.json">/openapi.json</a> (OpenAPI 3.1).</p>
      <p>Send <code>Authorization: Bearer</code> with an API key (an LMS) or a session token (a person in a course, for 12
        hours). There is no CORS: call it from a server.</p>
      <ul>
        <li><b>Ids</b> in paths are ours and stay; <code>externalId</code> is yours, and <code>POST people</code> turns it into ours.</li>
        <li><b>Retries</b>: every <code>POST</code> takes an <code>Idempotency-Key</code> of 1 to 200 characters, yours alone. The same
          request gets the first response again, with <code>Idempotency-Replayed: true</code>. After a time-out or a 503 send it again.</li>
        <li><b>Changes</b>: resources that change carry an <code>ETag</code>; <code>PATCH</code>, and <code>PUT</code> of a draft that
          exists, want it in <code>If-Match</code> (<code>*</code>: whatever it is now). What is left out of a <code>PATCH</code> stays.</li>
        <li><b>Lists</b> are pages: <code>?limit=</code> (50 if left out), then follow the relative <code>Link: &lt;…&gt;; rel="next"</code>.</li>
        <li><b>Times</b> come in UTC and are taken with any offset. A course's time zone is for showing dates to people.</li>
        <li><b>Points and credit</b> are numbers with at most two decimals; <code>null</code> is no grade, which is not 0.</li>
      </ul>
      <nav aria-label="Sections"><ul>${sections.map(({ title }) => html`<li><a href="#${anchor(title)}">${title}</a></li>`)}
        <li><a href="#shapes">Shapes</a></li><li><a href="#problems">Problems</a></li></ul></nav>
      ${sections.map(({ title, routes }) => html`<section id="${anchor(title)}"><h2>${title}</h2>${routes.map(operation)}</section>`)}
      <section id="shapes"><h2>Shapes</h2>
        <p>What bodies are made of. <code>?</code>: may be left out; <code>|</code>: one of these; <code>[id]</code>: as many as there are.</p>
        ${Object.entries(schemas).map(([name, schema]) => html`<article id="${shapeAnchor(name)}"><h3>${name}</h3><pre>${outline(schema)}</pre></article>`)}
      </section>
      <section id="problems"><h2>Problems</h2>
        <p>Errors are <code>application/problem+json</code> (RFC 9457). Their <code>type</code> is
          <code>urn:cmgrclass:problem:</code> and one of these names.</p>
        <table><thead><tr><th scope="col">Name</th><th scope="col">Status</th><th scope="col">Means</th></tr></thead>
          <tbody>${rows.map(([name, [status, title, detail]]) => html`<tr><td><code>${name}</code></td><td>${status}</td><td>${sentence(title)} ${detail}</td></tr>`)}</tbody></table>
      </section>`,
  );
};

/** The first page: what this is, and where to go. */
export const homePage = (module: { title: string; question: string; summary: string }): string =>
  page(
    module.title,
    html`<h1>${module.title}</h1>
      <p><b>${module.question}</b></p>
      <p>${module.summary}</p>
      <ul>
        <li><a href="/docs">The HTTP interface</a>, and <a href="/openapi.json">as OpenAPI 3.1</a></li>
        <li><a href="/v1/module">The module</a>, <a href="/v1/units">its units</a>, <a href="/v1/sources">its sources</a>
          and <a href="/v1/topics">its topics</a>, as JSON</li>
      </ul>`,
  );
