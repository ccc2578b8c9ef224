import { standing } from '../../auth/store.ts';
import type { Deps } from '../../deps.ts';
import { invitePlatform } from '../../lms/invitations.ts';
import { renewKeys } from '../../lms/keys.ts';
import { invitedSchema, newPlatformSchema } from '../../lms/platform-body.ts';
import { registerPlatform } from '../../lms/platforms.ts';
import { type Product, products } from '../../lms/products.ts';
import type { Problem } from '../../problem.ts';
import type { Reply } from '../../route.ts';
import { validate } from '../../validate.ts';
import { change } from '../change.ts';
import { ResultBox } from '../result-box.tsx';
import { type Asked, type Fields, fieldOf, onceOf } from '../visit.ts';
import { Act, adminScreen, adminTimes } from './admin-screen.tsx';
import { type AdminVisit, withCookies } from './admin-visit.ts';
import { fieldWords, handSteps, invitedSteps, productNames, wanted } from './platform-words.ts';
import { ToPaste } from './to-paste.tsx';

type Made = { id: string; name: string; invitation?: { url: string; expiresAt: string } };

/** What was typed into the fields, without those left empty. */
export const typedFields = (fields: Fields, names: readonly string[]): Record<string, string> =>
  Object.fromEntries(
    names.flatMap((name) => {
      const typed = fieldOf(fields, name).trim();
      return typed === '' ? [] : [[name, typed]];
    }),
  );

const act = async (deps: Deps, { key, origin }: AdminVisit, product: Product, asked: Asked): Promise<Made> => {
  const { fields, later } = asked;
  const once = await onceOf(key, `/admin/platforms/new ${product}`, fields);
  const name = fieldOf(fields, 'name').trim();
  later(renewKeys(deps));
  if (fieldOf(fields, 'invite')) {
    const { body } = await invitePlatform(deps, key, once, origin, validate(invitedSchema(), { name, product }));
    return { id: body.id, name: body.name, invitation: { url: body.url, expiresAt: body.expiresAt } };
  }
  const input = {
    name,
    product,
    clientId: fieldOf(fields, 'clientId').trim(),
    ...typedFields(
      fields,
      wanted[product].map(([field]) => field),
    ),
    deploymentIds: fieldOf(fields, 'deploymentIds')
      .split(/\s+/)
      .filter((one) => one !== ''),
    approvesDeployments: fieldOf(fields, 'approves') !== '',
  };
  const { row } = await registerPlatform(deps, key, once, validate(newPlatformSchema(), input));
  return { id: row.id, name: row.name };
};

const Result = ({ made: { id, name, invitation }, product }: { made: Made; product: Product }) => (
  <ResultBox tone="good" label="Done">
    {invitation ? (
      <>
        <p dir="auto">
          <b>{name} is invited.</b> Paste this address in the LMS. Copy it now: it is not shown again. It works once,
          until {adminTimes(invitation.expiresAt)}.
        </p>
        <pre>{invitation.url}</pre>
        <p>{invitedSteps[product]}</p>
      </>
    ) : (
      <p dir="auto">
        <b>{name} is registered.</b> One step is left: approve it.
      </p>
    )}
    <p>
      <a href={`/admin/platforms/${id}`}>{invitation ? 'See whether it has come' : 'Look at it and approve it'}</a>
    </p>
  </ResultBox>
);

const Invite = ({ visit, to, typed }: { visit: AdminVisit; to: string; typed: Fields }) => (
  <Act visit={visit} to={to}>
    <label>
      What you call it
      <input name="name" required maxlength={200} dir="auto" value={fieldOf(typed, 'name')} />
    </label>
    <p class="actions">
      <button type="submit" class="button main" name="invite" value="1">
        Make an invitation
      </button>
    </p>
  </Act>
);

const ByHand = ({ visit, to, product, typed }: { visit: AdminVisit; to: string; product: Product; typed: Fields }) => (
  <Act visit={visit} to={to}>
    <div class="fields">
      <label>
        What you call it
        <input name="name" required maxlength={200} dir="auto" value={fieldOf(typed, 'name')} />
      </label>
      {[...wanted[product], ['clientId', true] as const].map(([field, required]) => (
        <label>
          {fieldWords[field]}
          {!required && ' (where it has one of its own)'}
          <input
            name={field}
            required={required}
            type={/Url$/.test(field) ? 'url' : 'text'}
            maxlength={2000}
            spellcheck={false}
            value={fieldOf(typed, field)}
          />
        </label>
      ))}
    </div>
    <label>
      Deployment ids, one a line
      <textarea name="deploymentIds" rows={2} spellcheck={false}>
        {fieldOf(typed, 'deploymentIds')}
      </textarea>
    </label>
    <label>
      <input type="checkbox" name="approves" value="1" checked={fieldOf(typed, 'approves') !== ''} />
      Approve by itself every deployment from which somebody opens the course
    </label>
    <p class="actions">
      <button type="submit" class="button main">
        Register it
      </button>
    </p>
  </Act>
);

const show = async (
  deps: Deps,
  visit: AdminVisit,
  product: Product,
  fields: Fields,
  { refused, done }: { refused?: Problem; done?: Made },
): Promise<Reply> => {
  const db = deps.dbFor(visit.key.institutionId);
  await db.batch([standing(db, visit.key, 'platforms:manage')]);
  const to = `/admin/platforms/new?product=${product}`;
  const invites = fieldOf(fields, 'invite') !== '';
  return adminScreen(
    visit,
    { title: `Connect ${productNames[product]}`, here: '/platforms', refused },
    <>
      {done && <Result made={done} product={product} />}
      <h2>By an invitation</h2>
      <p>The LMS registers itself, and you approve it. {invitedSteps[product]}</p>
      <Invite visit={visit} to={to} typed={refused && invites ? fields : {}} />
      <h2>By hand</h2>
      <ol>
        {handSteps[product].map((step) => (
          <li>{step}</li>
        ))}
        <li>Enter here what the LMS shows in return.</li>
      </ol>
      <ToPaste origin={visit.origin} product={product} />
      <ByHand visit={visit} to={to} product={product} typed={refused && !invites ? fields : {}} />
    </>,
  );
};

/** Connect an LMS: by an invitation, or by hand with what to paste where. */
export const newPlatformPage = (deps: Deps, visit: AdminVisit, asked: Asked): Promise<Reply> => {
  const product = products.find((one) => one === asked.query.product) ?? 'other';
  return change(withCookies, asked.fields, {
    act: () => act(deps, visit, product, asked),
    show: (outcome) => show(deps, visit, product, asked.fields, outcome),
  });
};
