import type { Reply } from '../route.ts';
import { Go, type Here, screen } from './screen.tsx';
import type { Visit } from './visit.ts';

type Way = { title: string; here: Here; says: string; to: string; goes: string };

/** For a student who came to a page of the staff by its address: where their own is. */
export const forStaff = (visit: Visit, { title, here, says, to, goes }: Way): Reply =>
  screen(
    visit,
    { title, course: 'The course', here, status: 403 },
    <>
      <h1>This page is for the staff</h1>
      <p>
        {says}:{' '}
        <Go visit={visit} to={to}>
          {goes}
        </Go>
        .
      </p>
    </>,
  );
