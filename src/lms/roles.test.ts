import { describe, expect, it } from 'vitest';
import type { Role } from '../auth/actor.ts';
import { roleFrom } from './roles.ts';

const context = (name: string) => `http://purl.imsglobal.org/vocab/lis/v2/membership#${name}`;
const sub = (principal: string, name: string) =>
  `http://purl.imsglobal.org/vocab/lis/v2/membership/${principal}#${name}`;
const institution = (name: string) => `http://purl.imsglobal.org/vocab/lis/v2/institution/person#${name}`;
const system = (name: string) => `http://purl.imsglobal.org/vocab/lis/v2/system/person#${name}`;
const TEST_USER = 'http://purl.imsglobal.org/vocab/lti/system/person#TestUser';

describe('the role that an LMS gives somebody', () => {
  it.each<[string, string[], Role]>([
    ['a learner', [context('Learner')], 'learner'],
    ['an instructor', [context('Instructor')], 'instructor'],
    ['the short names of LTI 1.1, as Moodle’s roster has them', ['Instructor'], 'instructor'],
    ['a short learner', ['Learner'], 'learner'],
    ['the names of LTI 1.1 with their urn', ['urn:lti:role:ims/lis/Instructor'], 'instructor'],
    ['several: the highest context role counts', [context('Learner'), context('Instructor')], 'instructor'],
    ['a sub-role alone', [sub('Instructor', 'PrimaryInstructor')], 'instructor'],
    ['a teaching assistant', [sub('Instructor', 'TeachingAssistant')], 'assistant'],
    [
      'a teaching assistant with the principal role beside it, as Canvas sends',
      [context('Instructor'), sub('Instructor', 'TeachingAssistant')],
      'assistant',
    ],
    [
      'a teaching assistant who lectures too',
      [context('Instructor'), sub('Instructor', 'TeachingAssistant'), sub('Instructor', 'Lecturer')],
      'instructor',
    ],
    ['a group’s teaching assistant', [sub('Instructor', 'TeachingAssistantGroup')], 'assistant'],
    ['a short teaching assistant', ['TeachingAssistant'], 'assistant'],
    ['somebody who makes the content', [context('ContentDeveloper')], 'instructor'],
    ['the course’s administrator', [context('Administrator')], 'instructor'],
    ['a mentor', [context('Mentor')], 'learner'],
    ['an administrator of the institution is no teacher here', [institution('Administrator')], 'learner'],
    ['nor is one of the system', [system('SysAdmin'), system('Administrator')], 'learner'],
    ['nor is whoever teaches elsewhere', [institution('Instructor'), context('Learner')], 'learner'],
    ['an administrator who teaches here', [system('Administrator'), context('Instructor')], 'instructor'],
    ['no roles at all', [], 'learner'],
    ['an unknown role', ['http://example.edu/roles#Wizard'], 'learner'],
    ['a role that only looks like one', ['http://example.edu/membership#Instructor'], 'learner'],
    ['a role with the name of a method', ['constructor', 'toString'], 'learner'],
  ])('%s', (_, roles, role) => expect(roleFrom(roles)).toEqual({ role, testUser: false }));

  it('the platform’s test user is told from a student', () => {
    expect(roleFrom([context('Learner'), TEST_USER])).toEqual({ role: 'learner', testUser: true });
  });
});
