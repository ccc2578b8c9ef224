/**
 * Script: `storageCall(subject, { target, origin, key, value })` asks the platform's storage and gives its answer's value, or
 * undefined where there is none within 0.9 s. Only the platform's own origin is asked and heard. LTI OIDC Login with Client
 * Side postMessages 0.1 and LTI postMessage Storage 0.1.
 */
export const STORAGE_CALL = `
const storageCall = (subject, { target, origin, key, value }) => new Promise((answer) => {
  const host = window.parent === window ? window.opener : window.parent;
  let frame;
  try { frame = host && target && (target === '_parent' ? host : host.frames[target]); } catch {}
  if (!frame) return answer(undefined);
  const id = subject + ' ' + key;
  window.addEventListener('message', ({ origin: from, data }) => {
    if (from !== origin || data?.subject !== subject + '.response' || data.message_id !== id) return;
    answer(data.error ? undefined : data.value);
  });
  setTimeout(answer, 900);
  frame.postMessage({ subject, message_id: id, key, ...(subject === 'lti.put_data' ? { value } : {}) }, origin);
});`;
