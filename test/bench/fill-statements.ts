// Of 11 pairs of learner and scenario 5 have three attempts, 4 have two and 2 have one: 25 answers. The pairs go through
// all learners before the next scenario begins, so that neighbours in time are strangers in the indexes, as in life.
const pairInGroup = `case when n % 25 < 15 then n % 25 / 3 when n % 25 < 23 then 5 + (n % 25 - 15) / 2 else n % 25 - 14 end`;
const attempt = `1 + case when n % 25 < 15 then n % 25 % 3 when n % 25 < 23 then (n % 25 - 15) % 2 else 0 end`;
const isLast = 'n % 25 in (2, 5, 8, 11, 14, 16, 18, 20, 22, 23, 24)';

/** UUIDv7 in form and order (RFC 9562, section 5.7) from a time in ms and a place in the order. */
const id = `printf('%08x-%04x-7%03x-8%03x-%012x', at >> 16, at & 65535, nth & 4095, nth >> 12, nth)`;

/** The answers from number ?1 to before ?2 of ?3 learners, the first of all being number ?4: who, what and when. */
const numbered = `with recursive series(n) as (select ?1 union all select n + 1 from series where n + 1 < ?2),
  pair as (select ${pairInGroup} + n / 25 * 11 as pair, ${attempt} as attempt, ${isLast} as last, n + ?4 as nth,
    1700000000000 + (n + ?4) * 1000 as at from series),
  numbered as (select ${id} as id, pair.at, pair.last, m.institution_id, m.course_id, m.person_id, c.scenario, c.role,
      c.claims, c.attempt, c.full_credit, c.points, c.max, c.rule_set, c.verdict_id
    from pair join bench_member m on m.number = pair % ?3
    join bench_choice c on c.institution_id = m.institution_id and c.number = pair / ?3 and c.attempt = pair.attempt)`;

/** The insert that an answer is; a trigger keeps its grade. */
export const fillStatements = [
  `insert into answer (id, institution_id, course_id, person_id, scenario, attempt, role, claims, counter_claims, reason,
      late_ms, submitted_at, full_credit, verdict_id, points, auto_points, grade_points)
    ${numbered} select id, institution_id, course_id, person_id, scenario, attempt, role, claims, '[]',
      'Because the reading says so in as many words.', 0, at, full_credit, verdict_id, points, points, points from numbered`,
];
