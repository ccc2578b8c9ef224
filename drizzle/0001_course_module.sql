create table institution (
  id text primary key not null,
  name text not null,
  created_at integer not null
) strict;

create table api_key (
  id text primary key not null,
  institution_id text not null references institution (id),
  name text not null,
  hash text not null unique,
  scopes text not null,
  created_at integer not null,
  revoked_at integer
) strict;

create index api_key_by_institution on api_key (institution_id, created_at, id);

create table rule_set (
  institution_id text not null references institution (id),
  hash text not null,
  doc text not null,
  created_at integer not null,
  primary key (institution_id, hash)
) strict;

create table course (
  id text primary key not null,
  institution_id text not null references institution (id),
  name text not null,
  time_zone text not null,
  rule_set text not null,
  revision integer not null default 1,
  created_at integer not null,
  foreign key (institution_id, rule_set) references rule_set (institution_id, hash)
) strict;
create index course_by_institution on course (institution_id, created_at, id);

create table person (
  id text primary key not null,
  institution_id text not null references institution (id),
  issuer text not null,
  subject text not null,
  name text,
  created_at integer not null,
  unique (institution_id, issuer, subject)
) strict;

create table enrolment (
  course_id text not null references course (id),
  person_id text not null references person (id),
  institution_id text not null,
  role text not null check (role in ('learner', 'assistant', 'instructor')),
  withdrawn_at integer,
  revision integer not null default 1,
  created_at integer not null,
  primary key (course_id, person_id)
) strict, without rowid;

create index enrolment_by_person on enrolment (person_id);

create table activity_window (
  course_id text not null references course (id),
  kind text not null check (kind in ('unit', 'prompt', 'criterion')),
  activity text not null,
  person_id text not null default '',
  institution_id text not null,
  opens_at integer,
  due_at integer,
  closes_at integer,
  primary key (course_id, person_id, kind, activity)
) strict, without rowid;

create table answer (
  id text primary key not null,
  institution_id text not null,
  course_id text not null,
  person_id text not null,
  scenario text not null,
  attempt integer not null,
  role text not null,
  claims text not null,
  counter_claims text not null,
  reason text,
  late_ms integer not null,
  submitted_at integer not null,
  full_credit integer not null check (full_credit in (0, 1)),
  unique (course_id, person_id, scenario, attempt),
  foreign key (course_id, person_id) references enrolment (course_id, person_id)
) strict, without rowid;

create table verdict (
  id integer primary key not null,
  institution_id text not null,
  rule_set text not null,
  answer_key text not null,
  engine integer not null,
  credit integer not null check (credit between 0 and 100),
  points integer,
  max integer not null,
  trace text not null,
  unique (institution_id, rule_set, engine, answer_key),
  foreign key (institution_id, rule_set) references rule_set (institution_id, hash)
) strict;

create table grade_event (
  id text primary key not null,
  institution_id text not null,
  course_id text not null,
  person_id text not null,
  kind text not null check (kind in ('scenario', 'prompt', 'unit')),
  activity text not null,
  type text not null check (type in ('verdict', 'participation', 'override', 'lift', 'regrade')),
  rule_set text,
  answer_id text references answer (id),
  verdict_id integer references verdict (id),
  counted text,
  points integer,
  max integer not null,
  grade_points integer,
  actor text not null,
  reason text,
  created_at integer not null,
  foreign key (course_id, person_id) references enrolment (course_id, person_id)
) strict, without rowid;
create index grade_event_by_activity on grade_event (course_id, person_id, kind, activity, id);

create table grade (
  course_id text not null,
  person_id text not null,
  kind text not null check (kind in ('scenario', 'prompt', 'unit')),
  activity text not null,
  institution_id text not null,
  auto_points integer,
  override_points integer,
  override_event_id text,
  max integer not null,
  event_id text not null,
  updated_at integer not null,
  primary key (course_id, person_id, kind, activity)
) strict, without rowid;

create table post (
  id text primary key not null,
  institution_id text not null,
  course_id text not null,
  prompt text not null,
  parent_id text references post (id),
  author_id text not null,
  role text,
  words integer not null,
  committed_at integer,
  committed_version integer,
  version integer not null,
  created_at integer not null,
  deleted_at integer,
  hidden_at integer,
  hidden_reason text,
  foreign key (course_id, author_id) references enrolment (course_id, person_id)
) strict;
create index post_by_prompt on post (course_id, prompt, created_at, id);
create index post_by_author on post (course_id, author_id, prompt, created_at, id);

create table post_version (
  post_id text not null references post (id),
  version integer not null,
  institution_id text not null,
  body text not null,
  html text not null,
  claims text not null,
  role text,
  created_at integer not null,
  primary key (post_id, version)
) strict, without rowid;

create table draft (
  course_id text not null,
  person_id text not null,
  prompt text not null,
  institution_id text not null,
  body text not null,
  claims text not null,
  role text,
  parent_id text,
  revision integer not null default 1,
  updated_at integer not null,
  primary key (course_id, person_id, prompt),
  foreign key (course_id, person_id) references enrolment (course_id, person_id)
) strict, without rowid;

create table idempotency (
  actor text not null,
  key text not null,
  institution_id text not null,
  fingerprint text not null,
  result_id text not null,
  facts text,
  created_at integer not null,
  primary key (actor, key)
) strict, without rowid;

create table audit_event (
  id text primary key not null,
  institution_id text not null,
  course_id text,
  actor text not null,
  action text not null,
  subject text not null,
  reason text,
  created_at integer not null
) strict;

create trigger rule_set_immutable before update on rule_set begin select raise(abort, 'rule_set is immutable'); end;
create trigger rule_set_permanent before delete on rule_set begin select raise(abort, 'rule_set is immutable'); end;
create trigger answer_immutable before update on answer begin select raise(abort, 'answer is immutable'); end;
create trigger answer_permanent before delete on answer begin select raise(abort, 'answer is immutable'); end;
create trigger verdict_immutable before update on verdict begin select raise(abort, 'verdict is immutable'); end;
create trigger post_version_immutable before update on post_version begin select raise(abort, 'post_version is immutable'); end;
create trigger grade_event_immutable before update on grade_event begin select raise(abort, 'grade_event is append-only'); end;
create trigger grade_event_permanent before delete on grade_event begin select raise(abort, 'grade_event is append-only'); end;
create trigger audit_event_immutable before update on audit_event begin select raise(abort, 'audit_event is append-only'); end;
create trigger audit_event_permanent before delete on audit_event begin select raise(abort, 'audit_event is append-only'); end;
