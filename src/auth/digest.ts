const encoder = new TextEncoder();

const hex = (bytes: Uint8Array) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

export const sha256Hex = async (text: string): Promise<string> =>
  hex(new Uint8Array(await crypto.subtle.digest('SHA-256', encoder.encode(text))));

export const hmacSha256Hex = async (secret: string, text: string): Promise<string> => {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const key = await crypto.subtle.importKey('raw', encoder.encode(secret), algorithm, false, ['sign']);
  return hex(new Uint8Array(await crypto.subtle.sign('HMAC', key, encoder.encode(text))));
};

/** Compares two secrets in a time that does not tell how much of them is equal. */
export const sameSecret = async (a: string, b: string): Promise<boolean> => {
  const [left, right] = await Promise.all([sha256Hex(a), sha256Hex(b)]);
  let difference = 0;
  for (let index = 0; index < left.length; index++) difference |= left.charCodeAt(index) ^ right.charCodeAt(index);
  return difference === 0;
};

const base64url = (bytes: Uint8Array) =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');

/** `bytes` random bytes, in base64url. */
export const randomToken = (bytes: number): string => base64url(crypto.getRandomValues(new Uint8Array(bytes)));

const sealingKey = async (secret: string) =>
  crypto.subtle.importKey(
    'raw',
    await crypto.subtle.digest('SHA-256', encoder.encode(`seal ${secret}`)),
    'AES-GCM',
    false,
    ['encrypt', 'decrypt'],
  );

/** Encrypts a text (AES-GCM) so that it can be stored and given again to whoever sends the same request. */
export const seal = async (secret: string, text: string): Promise<string> => {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, await sealingKey(secret), encoder.encode(text));
  return `${btoa(String.fromCharCode(...iv))}.${btoa(String.fromCharCode(...new Uint8Array(sealed)))}`;
};

export const unseal = async (secret: string, sealed: string): Promise<string> => {
  const [iv, data] = sealed.split('.').map((part) => Uint8Array.from(atob(part), (char) => char.charCodeAt(0)));
  const opened = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: iv! }, await sealingKey(secret), data!);
  return new TextDecoder().decode(opened);
};

/** A random number from [0, 1). */
export const randomShare = (): number => crypto.getRandomValues(new Uint32Array(1))[0]! / 2 ** 32;
