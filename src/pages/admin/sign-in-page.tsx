import { ADMIN_MS, adminCookie } from '../../auth/admin-sessions.ts';
import { signIn } from '../../auth/sign-in.ts';
import { Problem, problems } from '../../problem.ts';
import { type Call, type HandledRoute, type Reply, route } from '../../route.ts';
import { type Fields, fieldOf } from '../visit.ts';
import { adminDocument } from './admin-screen.tsx';
import { adminForm } from './admin-visit.ts';

const why = (refused: Problem | undefined): string | null => {
  switch (refused?.problem) {
    case undefined:
      return null;
    case 'sign-in-needed':
      return 'Your session has ended, or there was none. Sign in in another tab, then send this again: nothing was changed.';
    case 'not-permitted':
      return `This key opens no page here. Use one of scope courses, platforms, keys or webhooks.`;
    default:
      return 'This key does not work: it is mistyped, unknown or revoked.';
  }
};

/** Where one signs in. Without a `main` of its own, so that a page whose session has ended keeps what was typed. */
export const signInPage = (refused?: Problem, status = refused ? problems[refused.problem][0] : 200): Reply => {
  const reason = why(refused);
  return adminDocument(
    'Sign in',
    status,
    null,
    <main>
      <h1>Sign in as administrator</h1>
      {reason ? <p role="alert">{reason}</p> : <p>For whoever connects an LMS, makes keys, or looks after launches.</p>}
      <form method="post" action="/admin/sign-in">
        <label>
          An API key of your institution
          <input
            type="password"
            name="key"
            required
            autocomplete="off"
            spellcheck={false}
            aria-describedby="key-help"
          />
        </label>
        <p id="key-help" class="quiet">
          It begins with cmgr_. It is not kept in this browser: you stay signed in for an hour, or until the key is
          revoked.
        </p>
        <p class="actions">
          <button type="submit" class="button main">
            Sign in
          </button>
        </p>
      </form>
      <p class="quiet">
        Whoever runs this tool gives an institution its first key. Students and teachers come from their course, not
        from here.
      </p>
    </main>,
  );
};

const enter = async ({ deps, body, crossSite }: Call<string, Fields>): Promise<Reply> => {
  if (crossSite) return signInPage(new Problem('sign-in-needed'));
  try {
    const session = await signIn(deps, fieldOf(body, 'key').trim());
    return { status: 303, headers: { location: '/admin' }, cookies: [adminCookie(session, ADMIN_MS)] };
  } catch (error) {
    if (!(error instanceof Problem) || problems[error.problem][0] >= 500) throw error;
    return signInPage(error);
  }
};

export const signInPages: readonly HandledRoute[] = [
  route({
    method: 'get',
    path: '/admin/sign-in',
    title: 'Where an administrator signs in',
    action: null,
    alsoReturns: 'text/html',
    returns: () => ({ 200: null }),
    handle: () => signInPage(),
  }),
  route({
    method: 'post',
    path: '/admin/sign-in',
    title: 'Sign in by an API key',
    action: null,
    takesForm: true,
    body: adminForm,
    alsoReturns: 'text/html',
    returns: () => ({ 200: null }),
    handle: enter,
  }),
  route({
    method: 'post',
    path: '/admin/sign-out',
    title: 'Sign out',
    action: null,
    takesForm: true,
    body: adminForm,
    alsoReturns: 'text/html',
    returns: () => ({ 303: null }),
    handle: ({ crossSite }) => ({
      status: 303,
      headers: { location: '/admin/sign-in' },
      cookies: crossSite ? [] : [adminCookie('', 0)],
    }),
  }),
];
