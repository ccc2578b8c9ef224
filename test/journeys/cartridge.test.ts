import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { allElements, type Element, elementsOf, readXml, textOf } from '../world/read-xml.ts';
import { newWorld, publish, type World } from '../world/world.ts';

const HOSTILE = `</title><script>alert("x")</script> & 'so' on \u0007`;

const exported = async (world: World, origin = 'https://tool.example') => {
  const { token } = await world.instructor();
  const response = await world.app.request(`${origin}${world.at('/cartridge')}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  expect(response.status).toBe(200);
  const files = unzipSync(new Uint8Array(await response.arrayBuffer()));
  const texts = Object.fromEntries(Object.entries(files).map(([name, bytes]) => [name, strFromU8(bytes)]));
  return { response, texts, manifest: readXml(texts['imsmanifest.xml']!) };
};

const attribute = (name: string) => (element: Element) => element.attributes[name];
const resourcesOf = (manifest: Element) =>
  allElements(manifest, 'resource').map((element) => ({
    ...element.attributes,
    type: element.attributes.type!,
    identifier: element.attributes.identifier!,
    file: elementsOf(element).map(attribute('href'))[0]!,
  }));

describe('the course as a Common Cartridge 1.3', () => {
  it('is a file for an LMS to import, the same bytes for the same rules', async () => {
    const world = await newWorld();
    const { response, texts } = await exported(world);
    expect(response.headers.get('content-type')).toBe('application/zip');
    expect(response.headers.get('content-disposition')).toBe('attachment; filename="course.imscc"');
    expect((await exported(world)).texts).toEqual(texts);
  });

  it('declares the profile, and names every file once and no other', async () => {
    const { texts, manifest } = await exported(await newWorld());
    expect(manifest.attributes.xmlns).toBe('http://www.imsglobal.org/xsd/imsccv1p3/imscp_v1p1');
    expect(allElements(manifest, 'schema').map(textOf)).toEqual(['IMS Common Cartridge']);
    expect(allElements(manifest, 'schemaversion').map(textOf)).toEqual(['1.3.0']);
    expect(elementsOf(manifest).map(({ name }) => name)).toEqual(['metadata', 'organizations', 'resources']);
    const resources = resourcesOf(manifest);
    expect(resources.map(({ file }) => file).sort()).toEqual(
      Object.keys(texts)
        .filter((name) => name !== 'imsmanifest.xml')
        .sort(),
    );
    for (const { type, href, file } of resources as { type: string; href?: string; file: string }[])
      expect(href, file).toBe(type === 'webcontent' ? file : undefined);
    const ids = ['item', 'resource', 'organization'].flatMap((name) =>
      allElements(manifest, name).map(attribute('identifier')),
    );
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[A-Za-z_][\w.-]*$/);
  });

  it('is organised by unit under one root, each item a resource that is there', async () => {
    const world = await newWorld();
    const { manifest } = await exported(world);
    const [root] = elementsOf(allElements(manifest, 'organization')[0]!);
    expect(allElements(manifest, 'organization')[0]!.attributes.structure).toBe('rooted-hierarchy');
    const { units } = world.deps.catalogue;
    const titleOf = (element: Element) => textOf(elementsOf(element).find(({ name }) => name === 'title')!);
    expect(elementsOf(root!).map(titleOf)).toEqual(units.map(({ id, title }) => `${id}. ${title}`));
    const leaves = elementsOf(root!).flatMap((folder) => elementsOf(folder).filter(({ name }) => name === 'item'));
    for (const leaf of leaves) expect(elementsOf(leaf).map(({ name }) => name)).toEqual(['title']);
    expect(leaves.map(attribute('identifierref')).sort()).toEqual(
      resourcesOf(manifest)
        .map(({ identifier }) => identifier)
        .sort(),
    );
  });

  it('has units as pages, prompts as topics and what is graded as links that launch it', async () => {
    const world = await newWorld();
    const { texts, manifest } = await exported(world);
    const { units, scenarios, prompts, rules } = world.deps.catalogue;
    const files = (type: string) =>
      resourcesOf(manifest)
        .filter((one) => one.type === type)
        .map(({ file }) => texts[file]!);
    const pages = files('webcontent');
    expect(pages).toHaveLength(units.length);
    expect(pages[3]).toContain('<h1>Where the sources disagree</h1>');
    expect(pages[3]).toContain('<li id="claim-000.22"');
    const topics = files('imsdt_xmlv1p3').map(readXml);
    expect(topics.map((topic) => elementsOf(topic).map(({ name }) => name))).toEqual(
      Object.keys(prompts).map(() => ['title', 'text']),
    );
    expect(new Set(topics.map(attribute('xmlns')))).toEqual(
      new Set(['http://www.imsglobal.org/xsd/imsccv1p3/imsdt_v1p3']),
    );
    const links = files('imsbasiclti_xmlv1p3').map(readXml);
    expect(new Set(links.map(attribute('xmlns')))).toEqual(new Set(['http://www.imsglobal.org/xsd/imslticc_v1p3']));
    const custom = (link: Element) =>
      Object.fromEntries(allElements(link, 'lticm:property').map((one) => [one.attributes.name, textOf(one)]));
    const graded = [
      ...Object.keys(scenarios).map((id) => `scenario:${id}`),
      ...Object.keys(rules.ruleSet.prompts).map((id) => `prompt:${id}`),
    ];
    expect(links.map((link) => custom(link).content_id).sort()).toEqual(graded.sort());
    for (const link of links) {
      expect(custom(link)).toMatchObject({ resource_link_history: '$ResourceLink.id.history' });
      expect(allElements(link, 'blti:secure_launch_url').map(textOf)).toEqual(['https://tool.example/lti/launch']);
      expect(elementsOf(link).map(({ name }) => name)).toEqual([
        'blti:title',
        'blti:custom',
        'blti:secure_launch_url',
        'blti:vendor',
      ]);
    }
  });

  it('uses the plain launch URL where there is no TLS', async () => {
    const { texts } = await exported(await newWorld(), 'http://127.0.0.1:8787');
    expect(texts['links/scenario-S29.xml']).toContain(
      '<blti:launch_url>http://127.0.0.1:8787/lti/launch</blti:launch_url>',
    );
  });

  it("carries the course's own scenarios and prompts, with their text and nobody's markup", async () => {
    const world = await newWorld();
    await publish(world, (ruleSet) => {
      ruleSet.custom = {
        scenarios: { 'own-1': { unit: '4', topic: 'complaints', title: HOSTILE, text: 'Who answers?' } },
        prompts: { 'own-2': { unit: '4', title: HOSTILE, text: `${HOSTILE} [001.13]` } },
      };
      ruleSet.scenarios['own-1'] = ruleSet.scenarios.S29!;
    });
    const { texts } = await exported(world);
    const [link, topic] = [readXml(texts['links/scenario-own-1.xml']!), readXml(texts['topics/own-2.xml']!)];
    expect(textOf(elementsOf(link)[0]!)).toBe(HOSTILE.replace('\u0007', '\ufffd'));
    const html = textOf(elementsOf(topic)[1]!);
    expect(html).not.toContain('<script');
    expect(html).toContain('href="https://tool.example/v1/sources/001#claim-001.13"');
  });

  it('costs one round trip, and is for instructors and keys', async () => {
    const world = await newWorld();
    const { token } = await world.instructor();
    const get = (who: string) => world.request(who, 'GET', world.at('/cartridge'));
    const { result, trips } = await world.tripsOf(() => get(token));
    expect([result.status, trips]).toEqual([200, 1]);
    expect((await get(world.key)).status).toBe(200);
    expect((await get((await world.assistant()).token)).status).toBe(403);
    expect((await get((await newWorld()).key)).status).toBe(404);
  });
});
