import { standing } from '../../auth/store.ts';
import { digestOf } from '../../catalogue/lesson.ts';
import { findCourse } from '../../courses/store.ts';
import type { Deps } from '../../deps.ts';
import { Problem } from '../../problem.ts';
import type { Reply } from '../../route.ts';
import { ClaimNotes, roleName, stanceWords } from '../claims.tsx';
import { claimsInHtml, SafeHtml } from '../safe-html.tsx';
import { screen } from '../screen.tsx';
import type { Asked, Visit } from '../visit.ts';
import { counted } from '../words.ts';

/** A reading: who wrote it and what for, what it says in our words, and every claim it makes. */
export const sourcePage = async (deps: Deps, visit: Visit, { params }: Asked): Promise<Reply> => {
  const { catalogue } = deps;
  const { person, courseId } = visit;
  const source = catalogue.sources.find(({ id }) => id === params.source);
  if (!source) throw new Problem('content-not-found');
  const db = deps.dbFor(person.institutionId);
  const [, [course]] = await db.batch([
    standing(db, person, 'scenarios:read', courseId),
    findCourse(db, person.institutionId, courseId),
  ]);
  const digest = digestOf(catalogue, source.id).html;
  const claims = Object.values(catalogue.claims).filter((claim) => claim.source === source.id);
  const facts = [
    ['Reading', source.id],
    ['Written by', source.author ?? 'nobody named'],
    ['Date', source.date ?? 'none on the page'],
    ['Kind', source.kind],
    ['Interest', source.interest],
    ['Take care', source.caution],
  ].filter(([, says]) => says);
  return screen(
    visit,
    { title: source.title, course: course!.name, here: '' },
    <>
      <h1>{source.title}</h1>
      <dl class="facts">
        {facts.map(([name, says]) => (
          <>
            <dt>{name}</dt>
            <dd>{says}</dd>
          </>
        ))}
      </dl>
      <p class="quiet">
        L21 is line 21 of the article, as your course hands it out. What stands here are our words; the article is its
        author's.
      </p>
      <h2>What it says</h2>
      <SafeHtml html={digest} />
      <h2>{counted(claims.length, 'claim')}</h2>
      <ul class="list">
        {claims.map((claim) => (
          <li>
            <b>{claim.id}</b> {claim.text}{' '}
            <span class="quiet">
              {[claim.place, stanceWords(claim), ...(claim.role ? [roleName(catalogue, claim.role)] : [])].join(' · ')}
            </span>
          </li>
        ))}
      </ul>
      <ClaimNotes catalogue={catalogue} ids={claimsInHtml(digest)} />
    </>,
  );
};
