import type { Catalogue } from '../src/catalogue/shapes.ts';
import type { Lms } from '../test/lms/platforms.ts';
import { apiAt } from './api.ts';
import { findPeople, makeClass, openSessions } from './class/make.ts';
import { CLASS_PLATFORM, findClassPlatform } from './class/platform.ts';

/** What a person (or a script) needs to look at the class that has worked. */
export type ClassDemo = {
  /** The class in its pretend LMS. */
  CLASS_LMS_URL: string;
  CLASS_COURSE: string;
  CLASS_INSTRUCTOR_TOKEN: string;
  CLASS_ASSISTANT_TOKEN: string;
  /** Somebody who has done much, and somebody who has done nothing yet. */
  CLASS_STUDENT_TOKEN: string;
  CLASS_NEWCOMER_TOKEN: string;
};

type Asked = {
  toolUrl: string;
  key: string;
  before: Partial<Record<string, string>>;
  catalogue: Pick<Catalogue, 'module' | 'rules'>;
};

/**
 * Makes the class that has worked, or finds the one that is there. It answers this module's scenarios: for another module
 * there is none. Where it cannot be made, the rest of the demo is whole: gives why.
 */
export const seedClass = async (
  { lms, url }: { lms: Lms; url: string },
  { toolUrl, key, before, catalogue }: Asked,
): Promise<ClassDemo | { why: string }> => {
  if (catalogue.module.id !== 'cmgrclass') return { why: 'it is about the module that content/ came with' };
  try {
    const platform = findClassPlatform(lms, toolUrl);
    const kept = platform && before.API_KEY === key ? before.CLASS_COURSE : undefined;
    const course = kept ?? (await makeClass(lms, { toolUrl, key, rules: catalogue.rules.ruleSet }));
    const send = apiAt(toolUrl);
    const { ines, rui, amara, newcomer } = await findPeople(send, key, course);
    const tokens = await openSessions(send, key, course, { ines, rui, amara, newcomer });
    return {
      CLASS_LMS_URL: `${url}/lms/${CLASS_PLATFORM}`,
      CLASS_COURSE: course,
      CLASS_INSTRUCTOR_TOKEN: tokens.ines,
      CLASS_ASSISTANT_TOKEN: tokens.rui,
      CLASS_STUDENT_TOKEN: tokens.amara,
      CLASS_NEWCOMER_TOKEN: tokens.newcomer,
    };
  } catch (error) {
    return { why: error instanceof Error ? error.message : String(error) };
  }
};
