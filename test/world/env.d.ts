declare module 'cloudflare:workers' {
  export const env: import('../../src/config.ts').Env & { LMS_URL: string };
}
