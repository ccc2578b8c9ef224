import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

type Violation = { id: string; help: string; nodes: { target: string[]; failureSummary: string }[] };

/** What axe finds: every rule, or those named. It is put into the page by the debugger, so the page's policy stays as it is. */
export const axeFindings = async (page: Page, when: string, rules?: readonly string[]): Promise<string[]> => {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axeSource);
  const violations = await page.evaluate(
    async ({ rules, tags }) => {
      const { axe } = globalThis as unknown as {
        axe: { run: (on: Document, how: object) => Promise<{ violations: unknown[] }> };
      };
      const how = rules
        ? { runOnly: { type: 'rule', values: rules } }
        : { runOnly: { type: 'tag', values: tags }, rules: { 'target-size': { enabled: true } } };
      return (await axe.run(document, { ...how, resultTypes: ['violations'], preload: false })).violations;
    },
    { rules, tags },
  );
  return (violations as Violation[]).map(
    ({ id, help, nodes }) =>
      `axe ${id} (${when}): ${help}; ${nodes.length} × such as ${nodes[0]!.target.join(' ')}: ${nodes[0]!.failureSummary.split('\n').slice(1, 2).join('').trim()}`,
  );
};

/** Rules whose answer may be another in the other palette and width. */
export const quickRules = ['color-contrast', 'link-in-text-block', 'target-size'] as const;

/** Whether the page as a whole scrolls sideways, and what sticks out. */
export const sidewaysFindings = (page: Page, when: string): Promise<string[]> =>
  page.evaluate((when) => {
    const root = document.scrollingElement!;
    if (root.scrollWidth <= root.clientWidth) return [];
    const scrolls = (element: Element) => getComputedStyle(element).overflowX !== 'visible';
    const out = [...document.querySelectorAll('body *')].filter((element) => {
      const { left, right, width } = element.getBoundingClientRect();
      if (width === 0 || (right <= root.clientWidth + 0.5 && left >= -0.5)) return false;
      for (let parent = element.parentElement; parent && parent !== document.body; parent = parent.parentElement)
        if (scrolls(parent)) return false;
      return true;
    });
    const named = out
      .slice(-3)
      .map((one) => `${one.tagName.toLowerCase()}.${one.className} “${one.textContent!.trim().slice(0, 30)}”`);
    return [`${when}: the page is ${root.scrollWidth} wide in ${root.clientWidth}: ${named.join(', ')}`];
  }, when);

/** The page's first shape stays, and it has one heading of the first order. */
export const shapeFindings = (page: Page): Promise<string[]> =>
  page.evaluate(async () => {
    const shift = await new Promise<number>((done) => {
      let sum = 0;
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries() as (PerformanceEntry & { value: number; hadRecentInput: boolean })[])
          if (!entry.hadRecentInput) sum += entry.value;
      }).observe({ type: 'layout-shift', buffered: true });
      requestAnimationFrame(() => setTimeout(() => done(sum), 0));
    });
    const titles = document.querySelectorAll('h1').length;
    return [
      ...(shift > 0 ? [`the layout shifts by ${shift.toFixed(4)}`] : []),
      ...(titles === 1 ? [] : [`there are ${titles} h1`]),
      ...(document.title.trim() === '' ? ['the page has no title'] : []),
    ];
  });

const MOST_TABS = 160;

/** Where Tab stops at one cell of a table, the arrows go on from there. */
export const arrowFindings = async (page: Page): Promise<string[]> => {
  const cell = await page.$('table:has(a[tabindex="-1"], button[tabindex="-1"]) :is(a, button)[tabindex="0"]');
  if (cell === null) return [];
  await cell.focus();
  await page.keyboard.press('ArrowRight');
  const moved = await cell.evaluate((one) => document.activeElement !== one);
  return moved ? [] : ['the arrows do not go from cell to cell'];
};

/** Walks through the page by Tab: everything that can be used is reached, and shows that it is. */
export const tabFindings = async (page: Page): Promise<string[]> => {
  const presses = await page.evaluate((most) => {
    const all = [
      ...document.querySelectorAll<HTMLElement>('a[href], button, input, select, textarea, summary, [tabindex="0"]'),
    ].filter((one) => one.checkVisibility({ visibilityProperty: true }) && !one.matches(':disabled, [type=hidden]'));
    // Of radio buttons of one name Tab stops at one, and of a table whose cells are gone through by the arrows.
    const arrows = (one: HTMLElement) => one.tabIndex < 0 && one.closest('table')?.querySelector('[tabindex="0"]');
    const groups = new Set<string>();
    const stops = all.filter((one) => {
      if (arrows(one)) return false;
      if (!one.matches('input[type=radio]')) return true;
      const { name, form } = one as HTMLInputElement;
      const group = `${name} ${[...document.forms].indexOf(form!)}`;
      return !groups.has(group) && groups.add(group);
    });
    const reached = new Map<Element, boolean>();
    const looks = (one: Element) => {
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(one);
      return (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) > 0) || boxShadow !== 'none';
    };
    const onFocus = ({ target }: FocusEvent) => reached.set(target as Element, looks(target as Element));
    document.addEventListener('focusin', onFocus);
    Object.assign(globalThis, { walked: { stops: stops.slice(0, most), groups, reached, onFocus } });
    (document.activeElement as HTMLElement | null)?.blur();
    getSelection()?.collapse(document.body, 0);
    return Math.min(stops.length, most) + 3;
  }, MOST_TABS);
  for (let press = 0; press < presses; press += 1) await page.keyboard.press('Tab');
  return page.evaluate(() => {
    const { stops, reached, onFocus } = (
      globalThis as unknown as {
        walked: { stops: HTMLElement[]; reached: Map<Element, boolean>; onFocus: (event: FocusEvent) => void };
      }
    ).walked;
    document.removeEventListener('focusin', onFocus);
    const nameOf = (one: Element) =>
      `${one.tagName.toLowerCase()} “${(one.textContent || one.getAttribute('name') || '').trim().slice(0, 40)}”`;
    const same = (one: HTMLElement) =>
      reached.has(one) ||
      (one.matches('input[type=radio]') &&
        [...reached.keys()].some((other) => other.getAttribute('name') === one.getAttribute('name')));
    const missed = stops.filter((one) => !same(one));
    const unseen = [...reached].filter(([one, seen]) => !seen && one !== document.body).map(([one]) => one);
    return [
      ...(missed.length > 0
        ? [`Tab misses ${missed.length} of ${stops.length}: ${missed.slice(0, 3).map(nameOf).join(', ')}`]
        : []),
      ...(unseen.length > 0 ? [`no visible focus: ${unseen.slice(0, 3).map(nameOf).join(', ')}`] : []),
    ];
  });
};
