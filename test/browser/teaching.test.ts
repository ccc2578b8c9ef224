import type { Browser, BrowserContext, Frame, Page } from 'playwright-core';
import { afterAll, beforeAll, inject, it } from 'vitest';
import { blockThirdPartyCookies, openBrowser } from './browser.ts';
import { toolFrame } from './frame.ts';
import type { Demo } from './pages.ts';
import { newPlatform } from './platform.ts';

const demo = inject('demo' as never) as Demo;

let browser: Browser;
let context: BrowserContext;
let page: Page;
beforeAll(async () => {
  browser = await openBrowser();
  context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  page = await context.newPage();
  page.setDefaultTimeout(15_000);
  await blockThirdPartyCookies(page);
});
afterAll(() => browser.close());

/** Opens what the LMS has at an address, in its frame. */
const openFrame = async (address: string, heading: string | RegExp): Promise<Frame> => {
  await page.goto(address);
  return toolFrame(page, demo.BASE_URL, heading);
};

/** Follows a link of the page, which is a button where cookies do not come back, to the page of that heading. */
const follow = async (frame: Frame, name: string | RegExp, heading: string | RegExp): Promise<void> => {
  await frame.getByRole('link', { name }).or(frame.getByRole('button', { name })).first().click();
  await frame.getByRole('heading', { name: heading, level: 1 }).waitFor();
};
const press = (frame: Frame, name: string | RegExp) => frame.getByRole('button', { name }).first().click();

it('a rule is changed by its form, published and applied; a grade is set by hand and lifted; the student reads both', async () => {
  const { launchAddress } = await newPlatform('moodle', demo);
  const [asSam, asInes] = [await launchAddress('scenario:S29'), await launchAddress('scenario:S29', 'Ines')];
  const student = await openFrame(asSam, 'The broken chair');
  await student.getByRole('radio', { name: 'Social media manager' }).check();
  await student.getByRole('searchbox').fill('003.09');
  await student.getByRole('checkbox', { name: '003.09' }).check();
  await press(student, 'Submit');
  await student.getByText('1 of 4 points').first().waitFor();

  const teacher = await openFrame(asInes, 'The broken chair');
  await follow(teacher, 'Its rule', 'The broken chair');
  const entry = teacher.getByRole('group', { name: /^Entry 3: Social media manager/ });
  await entry.getByRole('checkbox', { name: /^003.09: 003 Cole/ }).check();
  await press(teacher, 'Save in the draft');
  await teacher.getByText('It is in the draft').first().waitFor();
  await follow(teacher, /Look at the whole draft/, 'Rules');
  await press(teacher, 'Publish');
  await teacher
    .getByText(/in force/i)
    .first()
    .waitFor();
  await follow(teacher, /^Dry run/, /^Dry run/);
  if (await teacher.getByRole('button', { name: 'Start a dry run' }).isVisible())
    await press(teacher, 'Start a dry run');
  await teacher.getByRole('heading', { name: 'Who would move, and why' }).waitFor();
  await teacher.getByRole('row', { name: /^Sam The broken chair 1 4 of 4/ }).waitFor();
  const raiseOnly = teacher.getByRole('heading', { name: 'Raise only' }).locator('..');
  await raiseOnly.getByRole('textbox').fill('Cole helps people with their problems.');
  await raiseOnly.getByRole('button').click();
  await teacher
    .getByText(/1 grade moved/)
    .first()
    .waitFor();

  await follow(teacher, 'Gradebook', 'Gradebook');
  await follow(teacher, 'Sam', 'Sam');
  await follow(teacher, 'The broken chair', 'The broken chair');
  await teacher.getByText('Cole helps people with their problems.').first().waitFor();
  await teacher.getByLabel(/^Points/).fill('3.5');
  await teacher.getByRole('textbox', { name: /Why/ }).fill('The reason was copied.');
  await press(teacher, /^Set/);
  await teacher.getByText('3.5 of 4 points').first().waitFor();

  const reading = await openFrame(asSam, 'The broken chair');
  await follow(reading, /How this grade came about/, 'The broken chair');
  await reading.getByText('The reason was copied.').first().waitFor();
  await reading.getByText('Cole helps people with their problems.').first().waitFor({ state: 'attached' });

  const again = await openFrame(asInes, 'The broken chair');
  await follow(again, 'Gradebook', 'Gradebook');
  await follow(again, 'Sam', 'Sam');
  await follow(again, 'The broken chair', 'The broken chair');
  await press(again, /^Lift/);
  await again.getByText('4 of 4 points').first().waitFor();
});

it('an instructor finds out why a score did not reach the LMS, and sends it again', async () => {
  await page.goto(demo.CLASS_LMS_URL);
  await page
    .getByRole('link', { name: /Ines Okafor/ })
    .first()
    .click();
  const teacher = await toolFrame(page, demo.BASE_URL, /community manager/);
  await follow(teacher, 'LMS', 'What went to the LMS');
  const refused = teacher.getByRole('listitem').filter({ hasText: 'Tomás Herrera Vidal, First impressions' });
  await refused.getByText('The LMS has no such student in the course').waitFor();
  await refused.getByText('The LMS said: Incorrect score received: user not found').waitFor();
  await refused.getByRole('button', { name: 'Send again' }).click();
  await teacher.locator('#result').waitFor();
});
