import { lessonOf } from '../../catalogue/lesson.ts';
import type { Catalogue } from '../../catalogue/shapes.ts';
import { claimsInHtml, SafeHtml } from '../safe-html.tsx';

/** The lesson beside the question: its claims open in place, and can be cited from there. */
export const LessonAside = ({ catalogue, unit }: { catalogue: Catalogue; unit: string }) => (
  <section class="lesson" aria-labelledby="lesson" tabindex={0}>
    <h2 id="lesson">The lesson</h2>
    <SafeHtml html={lessonOf(catalogue, unit).html} />
  </section>
);

/** The claims that a unit's lesson names. */
export const claimsOfLesson = (catalogue: Catalogue, unit: string): string[] =>
  claimsInHtml(lessonOf(catalogue, unit).html);
