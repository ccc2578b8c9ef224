import { jwtVerify } from 'jose';
import type { Deps } from '../../../src/deps.ts';
import { boundBy } from '../../../src/lti/binding.ts';
import { chooseDeployment } from '../../../src/lti/choose-deployment.ts';
import { readClaims } from '../../../src/lti/claims.ts';
import { checkSignature, judgeLauncher, judgeMessage } from '../../../src/lti/judge.ts';
import { isRefused } from '../../../src/lti/refusals.ts';
import type { Snapshot } from '../../../src/lti/snapshot.ts';
import { readState } from '../../../src/lti/state.ts';
import { parseToken } from '../../../src/lti/verify-token.ts';
import { startLms } from '../../lms/server.ts';
import { buildComparator } from '../build.ts';
import { atMost, type Case, forTheRecord } from '../case.ts';
import { openDatabase } from '../database.ts';
import { openConnection } from '../http.ts';
import { launchesOf, launchRequest, type Returned, signLaunches } from '../launches.ts';
import { connectCourse, type LmsCourse } from '../lms-course.ts';
import { expecting } from '../load.ts';
import { startProxy } from '../proxy.ts';
import { answeredIn, cpuPerRequest, interleave, perSecond, type Spread, spread } from '../rounds.ts';
import { openSchool, SECRETS } from '../school.ts';
import { startWorker } from '../workerd.ts';

const CONNECTIONS = 4;
const MOST_PER_SECOND = 700;
const LEARNERS = 200;
const COLUMNS = 20;
const COUNTED = 20;
const ALONE = 500;

/** A launch up to its decision, on what the database would have said. */
const decide = async (deps: Deps, platform: LmsCourse['platform'], snapshot: Snapshot, returned: Returned) => {
  const now = Date.now();
  const state = await readState(SECRETS.SESSION_SECRET, returned.state, now);
  const token = parseToken(returned.idToken);
  if (isRefused(state) || isRefused(token)) throw new Error('refused');
  const [name, value] = returned.cookie.split('=');
  const bound = await boundBy(state, (wanted) => (wanted === name ? value : undefined), undefined);
  const claims = readClaims(token.payload);
  const signed = await checkSignature(deps, snapshot, token);
  if (isRefused(claims) || isRefused(signed)) throw new Error(`refused on ${platform.id}`);
  const judged = await judgeMessage(claims, state, { platform: signed.platform, used: false, bound, now });
  const tenant = chooseDeployment(snapshot.candidates, claims.lti.deployment_id);
  if (judged !== 'right' || isRefused(tenant)) throw new Error(`refused on ${platform.id}`);
  const launcher = judgeLauncher(claims, tenant.platform);
  if (isRefused(launcher)) throw new Error(launcher.refused);
};

/** How many times the CPU of a bare verification (jose, its key imported) the same costs with the decision, in this process. */
const measureAlone = async (course: LmsCourse, returned: readonly Returned[], rounds: number): Promise<Spread> => {
  const { platform, platformId, institutionId } = course;
  const { publicJwk } = platform.keys.current;
  const [{ clientId, deploymentIds } = { clientId: '', deploymentIds: [''] }] = platform.clients;
  const candidate = {
    id: platformId,
    institutionId,
    product: 'canvas' as const,
    state: 'active' as const,
    issuer: platform.issuer,
    clientId,
    authUrl: `${platform.issuer}/auth`,
    jwksUrl: `${platform.issuer}/jwks`,
    approvesDeployments: 0,
    allowsAnonymous: 0,
    jwks: JSON.stringify({ keys: platform.keys.published }),
    jwksAt: Date.now(),
    deployment: deploymentIds[0]!,
    deploymentState: 'active' as const,
  };
  const snapshot: Snapshot = { candidates: [candidate], contexts: [], placements: [], used: false };
  const deps = { now: Date.now, known: { keySets: new Map(), tokens: new Map() } } as unknown as Deps;
  const cpuOf = async (work: (one: Returned) => Promise<unknown>) => {
    const before = process.cpuUsage();
    for (const one of returned) await work(one);
    const { user, system } = process.cpuUsage(before);
    return user + system;
  };
  const whole = () => cpuOf((one) => decide(deps, platform, snapshot, one));
  const bare = () => cpuOf(({ idToken }) => jwtVerify(idToken, publicJwk, { algorithms: ['RS256'] }));
  await whole();
  await bare();
  const ratios: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const micros = await whole();
    ratios.push(micros / (await bare()));
  }
  return spread(ratios);
};

/** Launches with warm keys, by learners who were there before, against a bare Worker that verifies the same tokens. */
export const launch: Case = {
  name: 'launch',
  run: async (setting) => {
    const { app, catalogue, rounds, seconds, progress } = setting;
    await using database = await openDatabase();
    await using proxy = await startProxy(database.url);
    const { lms, stop } = await startLms({ port: 0 });
    await using _lms = { [Symbol.asyncDispose]: stop };
    const bindings = { ...SECRETS, TURSO_URL: database.url, ALLOW_LOOPBACK: 'true' };
    await using worker = await startWorker(app, bindings);
    await using counted = await startWorker(app, { ...bindings, TURSO_URL: proxy.url });
    const { institutionId, courseIds } = await openSchool(worker);
    const course = await connectCourse(
      lms,
      database,
      catalogue,
      { institutionId, courseId: courseIds[0]! },
      {
        profile: 'canvas',
        learners: LEARNERS,
        scenarios: Object.keys(catalogue.rules.ruleSet.scenarios).slice(0, COLUMNS),
        toolUrl: 'http://localhost',
      },
    );
    const { platform } = course;
    const comparator = await buildComparator('rs256');
    const verifying = {
      JWK: JSON.stringify(platform.keys.current.publicJwk),
      ISSUER: platform.issuer,
      AUDIENCE: platform.clients[0]!.clientId,
    };
    await using bare = await startWorker(comparator, verifying);
    await using asking = await startWorker(comparator, { ...verifying, TURSO_URL: database.url });
    const count = Math.ceil((rounds * seconds + 1) * MOST_PER_SECOND) + COUNTED + 1;
    progress(`${count} launches are signed …`);
    const signed = await signLaunches(course, count);

    const connection = openConnection(counted.port);
    const trips: number[] = [];
    for (const one of signed.splice(0, COUNTED + 1)) {
      const before = proxy.count();
      const { status, body } = await connection.send(launchRequest(one));
      if (status !== 303) throw new Error(`a launch was answered ${status} ${body}`);
      trips.push(proxy.count() - before);
    }
    connection.close();
    // The first one fetched the keys and found out about the course.
    trips.shift();

    const target = ({ port, pid }: typeof worker, next: ReturnType<typeof launchesOf>) => ({
      port,
      connections: CONNECTIONS,
      next,
      pids: { worker: pid },
    });
    const verified = signed.map((one) => expecting(launchRequest(one), 303));
    let at = 0;
    const next = () => verified[at++ % verified.length]!;
    const rates = await interleave(setting, {
      launch: target(worker, launchesOf(signed)),
      bare: target(bare, next),
      asking: target(asking, next),
    });
    const cpuRatio = (name: 'launch' | 'asking', to: 'bare' | 'asking') =>
      spread(rates[name].map(({ cpuMicros }, round) => cpuMicros.worker! / rates[to][round]!.cpuMicros.worker!));
    const note = (['launch', 'bare', 'asking'] as const)
      .map(
        (name) => `${name} ${Math.round(perSecond(rates[name]).median)}/s, ${cpuPerRequest(rates[name], 'worker')} µs`,
      )
      .join('; ');
    const alone = await measureAlone(course, signed.slice(0, ALONE), rounds);
    return [
      {
        name: 'requests to the database: a launch with warm keys',
        measured: [...new Set(trips)].join(', '),
        target: '2',
        met: trips.every((one) => one === 2),
        n: trips.length,
      },
      atMost(
        3,
        'CPU of the Worker, a launch / a bare RS256 verification',
        cpuRatio('launch', 'bare'),
        answeredIn(rates.launch, rates.bare),
        note,
      ),
      forTheRecord(
        'the same of a bare Worker that asks the database twice besides',
        cpuRatio('asking', 'bare'),
        answeredIn(rates.asking, rates.bare),
      ),
      forTheRecord('a launch / that one', cpuRatio('launch', 'asking'), answeredIn(rates.launch, rates.asking)),
      forTheRecord('verification and decision alone, in Node / jwtVerify', alone, ALONE * rounds),
    ];
  },
};
