import type { Deps } from '../../deps.ts';
import { readPersonData } from '../../person-data/person-data.ts';
import type { Reply } from '../../route.ts';
import type { Asked, Visit } from '../visit.ts';

/** Everything kept about a person, as a file: of no type that a browser would show in the frame. */
export const personDataFile = async (deps: Deps, { person, courseId }: Visit, { params }: Asked): Promise<Reply> => ({
  status: 200,
  body: JSON.stringify(await readPersonData(deps, person, courseId, params.person!), null, 2),
  type: 'application/octet-stream',
  headers: { 'content-disposition': 'attachment; filename="person-data.json"' },
});
