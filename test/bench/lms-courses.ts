import type { Catalogue } from '../../src/catalogue/shapes.ts';
import type { Lms } from '../lms/platforms.ts';
import type { Database } from './database.ts';
import type { Fleet } from './fleet.ts';
import { connectCourse, type LmsCourse } from './lms-course.ts';
import { enrol, type Member, openSchool } from './school.ts';
import { fireCron } from './workerd.ts';

const LEARNERS = 50;
const COLUMNS = 20;

/** Courses in platforms of their own, of both profiles in turn, with a column for each of so many scores. */
export const openCourses = async (
  lms: Lms,
  database: Database,
  catalogue: Catalogue,
  { workers: [first] }: Fleet,
  scores: number,
) => {
  const school = await openSchool(first!, Math.max(2, Math.ceil(scores / (LEARNERS * COLUMNS))));
  const courses: LmsCourse[] = [];
  for (const [index, courseId] of school.courseIds.entries())
    courses.push(
      await connectCourse(
        lms,
        database,
        catalogue,
        { institutionId: school.institutionId, courseId },
        {
          profile: index % 2 === 0 ? 'moodle' : 'canvas',
          learners: LEARNERS,
          scenarios: Object.keys(catalogue.rules.ruleSet.scenarios).slice(0, COLUMNS),
          toolUrl: `http://127.0.0.1:${first!.port}`,
        },
      ),
    );
  const platforms = courses.map(({ platform }) => platform);
  await fireCron(first!);
  const { keys } = await (await fetch(`http://127.0.0.1:${first!.port}/lti/jwks.json`)).json();
  // By value: a Worker that is dead could not be asked for them.
  for (const { clients } of platforms) clients[0]!.jwks = keys;
  const instructors = new Map<string, Member>();
  for (const { courseId, institutionId } of courses) {
    const [one] = await enrol(database, { institutionId, courseId, role: 'instructor' }, 1);
    instructors.set(courseId, { ...one!, delivers: true });
  }
  return { courses, platforms, instructors };
};
