import { addClient, toolAddresses } from './clients.ts';
import { setMember } from './courses.ts';
import { addLink } from './line-items.ts';
import { type Context, createPlatform, type Lms, newId, type Platform } from './platforms.ts';
import type { ProfileName } from './profiles.ts';
import { fullRole } from './roles.ts';

const people = [
  ['Ines', 'Instructor'],
  ['Sam', 'Learner'],
  ['Ada', 'Learner'],
  ['Ben', 'Learner'],
] as const;

/**
 * The platform that a person sees at npm start: one course, an instructor, three students, the tool registered with one
 * link to the whole module. Goes on with the one that is there, where it is of this profile and at this address; the
 * tool may have moved.
 */
export const seedDemo = async (lms: Lms, profile: ProfileName, toolUrl: string): Promise<Platform> => {
  const known = lms.platforms.get('demo');
  if (known?.profileName === profile && known.issuer === `${lms.url}/p/demo`) {
    for (const client of known.clients) Object.assign(client, toolAddresses(toolUrl));
    return known;
  }
  const platform = await createPlatform(lms, { id: 'demo', profile, title: 'A pretend LMS' });
  const client = addClient(platform, { toolUrl });
  const context: Context = {
    id: newId(platform),
    label: 'COMM 101',
    title: 'Communities and their managers',
    history: [],
    version: 0,
    members: [],
  };
  platform.contexts.push(context);
  for (const [name, role] of people) {
    const id = newId(platform);
    const email = `${name.toLowerCase()}@school.example`;
    platform.users.push({ id, name, givenName: name, familyName: 'Example', email, roles: [] });
    setMember(context, { userId: id, roles: [fullRole(role)], status: 'Active' });
  }
  addLink(platform, client, context, { title: 'Community manager or social media manager?' });
  lms.changed();
  return platform;
};
