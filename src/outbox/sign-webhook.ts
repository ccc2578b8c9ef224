const encoder = new TextEncoder();
const PREFIX = 'whsec_';

const base64 = (bytes: Uint8Array) => btoa(String.fromCharCode(...bytes));

/** A secret to sign webhooks with: 32 random bytes, as Standard Webhooks writes them. */
export const newWebhookSecret = (): string => `${PREFIX}${base64(crypto.getRandomValues(new Uint8Array(32)))}`;

/** The webhook-signature of a message: Standard Webhooks 1.0.0, "Signature scheme". `seconds` is the webhook-timestamp. */
export const signWebhook = async (secret: string, id: string, seconds: number, body: string): Promise<string> => {
  const raw = Uint8Array.from(atob(secret.slice(PREFIX.length)), (char) => char.charCodeAt(0));
  const key = await crypto.subtle.importKey('raw', raw, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  const signature = await crypto.subtle.sign('HMAC', key, encoder.encode(`${id}.${seconds}.${body}`));
  return `v1,${base64(new Uint8Array(signature))}`;
};
