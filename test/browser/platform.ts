import type { Demo } from './pages.ts';

const json = async (url: string, init: RequestInit): Promise<Record<string, never>> => {
  const response = await fetch(url, init);
  if (!response.ok) throw new Error(`${url}: ${response.status} ${await response.text()}`);
  return (await response.json()) as Record<string, never>;
};

/** Another platform of the pretend LMS, registered with the tool and approved, with a course of the student Sam and the instructor Ines. */
export const newPlatform = async (profile: string, demo: Pick<Demo, 'BASE_URL' | 'LMS_URL' | 'API_KEY'>) => {
  const control = (path: string, body: unknown) =>
    json(`${demo.LMS_URL}/control/platforms${path}`, { method: 'POST', body: JSON.stringify(body) });
  const tool = (method: string, path: string, body: unknown) =>
    json(`${demo.BASE_URL}/v1/platforms${path}`, {
      method,
      headers: { authorization: `Bearer ${demo.API_KEY}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const { id, issuer, clientId, deploymentId, authUrl, tokenUrl, jwksUrl } = await control('', {
    profile,
    toolUrl: demo.BASE_URL,
  });
  const connection = { issuer, clientId, authUrl, tokenUrl, jwksUrl, deploymentIds: [deploymentId] };
  const made = await tool('POST', '', { name: 'A pretend LMS', product: profile, ...connection });
  await tool('PUT', `/${made.id}/approval`, {});
  const people = {
    Sam: await control(`/${id}/users`, { name: 'Sam' }),
    Ines: await control(`/${id}/users`, { name: 'Ines' }),
  };
  const members = [
    { user: people.Sam.id, roles: ['Learner'] },
    { user: people.Ines.id, roles: ['Instructor'] },
  ];
  const course = await control(`/${id}/contexts`, { members });
  return {
    /** The LMS's page that launches an activity in a frame. */
    launchAddress: async (contentId: string, person: keyof typeof people = 'Sam'): Promise<string> => {
      const link = await control(`/${id}/links`, { context: course.id, custom: { content_id: contentId } });
      return `${demo.LMS_URL}/lms/${id}/open?link=${link.id}&user=${people[person].id}`;
    },
  };
};
