import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { sections } from '../../src/app.ts';

const routes = sections.flatMap((section) => section.routes);
const file = (name: string) => readFileSync(`.build/public/${name}`, 'utf8');
type Operation = { operationId: string; responses: Record<string, { content?: Record<string, unknown> }> };
const document = JSON.parse(file('openapi.json')) as {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, unknown> };
};

describe('the interface describes itself', () => {
  it('in OpenAPI 3.1, with every route and a schema for every JSON answer', () => {
    expect(document.openapi).toBe('3.1.0');
    for (const { method, path, returns } of routes) {
      const operation = document.paths[path]?.[method];
      for (const [status, schema] of Object.entries(returns()))
        expect(
          Boolean(operation?.responses[status]?.content?.['application/json']),
          `${method} ${path} ${status}`,
        ).toBe(schema !== null);
    }
  });

  it('refers to nothing that it does not define, and names no operation twice', () => {
    for (const [, name] of JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g))
      expect(document.components.schemas[name!], name).toBeTruthy();
    const ids = Object.values(document.paths).flatMap((path) =>
      Object.values(path).map(({ operationId }) => operationId),
    );
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('on a page that needs neither script nor internet, and names every route', () => {
    const docs = file('docs.html');
    expect(docs).not.toMatch(/<script|https?:\/\//);
    for (const { path } of routes) expect(docs).toContain(path);
  });

  it('down to the fields of a rule, though a draft may be faulty', () => {
    const docs = file('docs.html');
    for (const name of [
      'ScenarioRule',
      'PromptRule',
      'Policy',
      'Sample',
      'CustomScenario',
      'CustomPrompt',
      'RuleSet',
    ]) {
      expect(docs).toContain(`<a href="#shape-${name}">`);
      expect(docs.split(`id="shape-${name}"`)).toHaveLength(2);
    }
    const shape = (name: string) => docs.split(`id="shape-${name}"`)[1]!.split('</article>')[0]!;
    expect(shape('ScenarioRule')).toContain('treat?: &quot;void&quot; | &quot;full-credit&quot;');
    expect(shape('ScenarioRule')).toContain('Why one role alone earns full credit');
    expect(shape('Policy')).toContain('max: integer (1 to 20)');
    expect(shape('NewSession')).toMatch(/externalId\?: .*\n.*person\?: /);
    expect(document.components.schemas.NewSession).toMatchObject({
      oneOf: [{ required: ['externalId'] }, { required: ['person'] }],
    });
    expect(docs).toContain('?direction=</code> &quot;raised&quot; | &quot;lowered&quot; | &quot;voided&quot;');
    expect(docs).toContain('?limit=</code> integer (1 to 200; 50 if left out)');
    for (const [, anchor] of docs.matchAll(/href="#([^"]+)"/g)) expect(docs).toContain(`id="${anchor}"`);
  });

  it('with security headers on its pages', () => {
    expect(file('_headers')).toContain("content-security-policy: default-src 'none'; style-src 'unsafe-inline'");
    expect(file('_headers')).toContain('x-content-type-options: nosniff');
  });
});
