// Runs a command with a Node new enough for wrangler and for TypeScript without a build, and with this project's
// binaries first in the path. Plain JavaScript, because the Node that starts it may be any from 20 on; the binaries
// are found by package, because not every npm links those of optional dependencies.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const modules = join(root, 'node_modules');
const fail = (line) => {
  console.error(`✗ ${line}`);
  process.exit(1);
};

if (!existsSync(modules)) fail('nothing is installed yet: run npm ci first');

const platform = `${process.platform}-${process.arch}`;
const isNew = ([major, minor]) => major > 22 || (major === 22 && minor >= 18);
const bundled = [`node-${platform}/bin`, `node-bin-${platform}/bin`]
  .map((path) => join(modules, path))
  .find(existsSync);
const own = isNew(process.versions.node.split('.').map(Number)) ? dirname(process.execPath) : undefined;
const node = bundled ?? own;
if (!node)
  fail(`Node ${process.versions.node} is too old here and none comes for ${platform}: use Node 22.18 or newer`);

const path = [node, join(modules, '@sqld', platform), join(modules, '.bin'), process.env.PATH].join(delimiter);
const env = { ...process.env, PATH: path, Path: path };
const [command = '', ...args] = process.argv.slice(2);
const child =
  args.length === 0
    ? spawn(command, { shell: true, stdio: 'inherit', env })
    : spawn(command === 'node' ? join(node, 'node') : command, args, { stdio: 'inherit', env });
const end = (signal) => child.kill(signal);
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => end(signal));
// npm's shell dies of SIGTERM without passing it on; whoever loses their parent was meant as well.
const parent = process.ppid;
setInterval(() => process.ppid !== parent && end('SIGTERM'), 250).unref();
child.on('error', (error) => fail(`${command} cannot be started (${error.message}): run npm ci first`));
child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 0 : 1)));
