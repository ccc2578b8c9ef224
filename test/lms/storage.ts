import type { Platform } from './platforms.ts';

/*
The platform's side of LTI Client Side postMessages 0.1 and LTI postMessage Storage 0.1: `lti.put_data` and `lti.get_data`
are answered by the frame that lti_storage_target names (or by the page itself, `_parent`), `lti.capabilities` by the page.
What one origin puts, no other gets.
*/
const storing = `
const stored = new Map();
const store = ({ subject, key, value }, origin) => {
  if (typeof key !== 'string' || key === '') return { error: { code: 'bad_request', message: 'key is missing' } };
  const place = origin + ' ' + key;
  if (subject === 'lti.get_data') return { key, value: stored.get(place) ?? null };
  if (value === null || value === undefined) stored.delete(place);
  else if (typeof value !== 'string') return { error: { code: 'bad_request', message: 'value must be a string' } };
  else if (value.length > 4096 || stored.size >= 500) return { error: { code: 'storage_exhaustion', message: 'too much' } };
  else stored.set(place, value);
  return { key, value };
};
const answering = (mode, forger) => ({ data, source, origin }) => {
  if (data?.subject !== 'lti.put_data' && data?.subject !== 'lti.get_data') return;
  if (mode === 'silent') return;
  const { subject, message_id } = data;
  if (typeof message_id !== 'string') return;
  const answer = { subject: subject + '.response', message_id, ...store(data, origin) };
  if (mode === 'wrong-value' && subject === 'lti.get_data') answer.value = 'x' + answer.value;
  if (mode === 'wrong-origin') forger().postMessage(answer, '*');
  else source.postMessage(answer, origin);
};`;

/** The page in the storage frame. In the mode `wrong-origin` a frame of another origin sends its answers. */
export const storageFrame = ({ storageMode }: Platform, url: URL): string => {
  const other = new URL(url);
  other.hostname = '127.0.0.1';
  other.pathname += '/forger';
  const forger = storageMode === 'wrong-origin' ? `<iframe src="${other.href}"></iframe>` : '';
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Storage</title>${forger}
<script>${storing}
addEventListener('message', answering(${JSON.stringify(storageMode)}, () => frames[0]));</script></html>`;
};

/** Passes on to the tool's frame what it is told, in the name of its own origin. */
export const forgerFrame = (): string => `<!doctype html><html lang="en"><meta charset="utf-8"><title>Forger</title>
<script>addEventListener('message', ({ data }) => parent.parent.frames.tool.postMessage(data, '*'));</script></html>`;

/** The script of a page that has the tool in a frame. `home` is where `org.imsglobal.lti.close` leads. */
export const hostScript = ({ storageTarget, storageMode }: Platform, home: string): string => {
  const frame = storageTarget && storageTarget !== '_parent' ? { frame: storageTarget } : {};
  const supported = [
    { subject: 'lti.capabilities' },
    ...(storageTarget
      ? [
          { subject: 'lti.put_data', ...frame },
          { subject: 'lti.get_data', ...frame },
        ]
      : []),
  ];
  const own =
    storageTarget === '_parent' ? `addEventListener('message', answering(${JSON.stringify(storageMode)}));` : '';
  const capabilities = storageTarget
    ? `if (data?.subject === 'lti.capabilities')
    source.postMessage({ subject: 'lti.capabilities.response', message_id: data.message_id, supported_messages: ${JSON.stringify(supported)} }, origin);`
    : '';
  return `${own && storing}
${own}
addEventListener('message', ({ data, source, origin }) => {
  ${capabilities}
  if (data?.subject === 'org.imsglobal.lti.close') location.href = ${JSON.stringify(home)};
});`;
};
