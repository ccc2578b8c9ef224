create table rule_draft (
  course_id text primary key not null references course (id),
  institution_id text not null,
  base text not null,
  doc text not null,
  revision integer not null,
  updated_by text not null,
  updated_at integer not null
) strict, without rowid;

create table regrade (
  id text primary key not null,
  institution_id text not null,
  course_id text not null references course (id),
  rule_set text not null,
  state text not null check (state in ('grading', 'comparing', 'hashing', 'ready', 'applying', 'applied', 'failed')),
  cursor text not null default '',
  upto text,
  graded integer not null default 0,
  hash text not null default '',
  counts text,
  policy text check (policy in ('raise-only', 'replace')),
  reason text,
  done integer not null default 0,
  total integer not null default 0,
  created_by text not null,
  created_at integer not null,
  updated_at integer not null,
  applied_by text,
  applied_at integer,
  foreign key (institution_id, rule_set) references rule_set (institution_id, hash)
) strict, without rowid;
create index regrade_by_course on regrade (course_id, id);
create index regrade_unfinished on regrade (updated_at) where state in ('grading', 'comparing', 'hashing', 'applying');

create table regrade_change (
  regrade_id text not null references regrade (id),
  person_id text not null,
  kind text not null check (kind in ('scenario', 'prompt')),
  activity text not null,
  institution_id text not null,
  was_points integer,
  points integer,
  was_max integer not null,
  max integer not null,
  answer_id text,
  verdict_id integer references verdict (id),
  attempts integer,
  counted text,
  override_points integer,
  rubric_points integer,
  was_event_id text not null,
  primary key (regrade_id, person_id, kind, activity)
) strict, without rowid;

create table appeal (
  id text primary key not null,
  institution_id text not null,
  course_id text not null,
  person_id text not null,
  answer_id text not null references answer (id),
  scenario text not null,
  claim text not null,
  body text not null,
  state text not null check (state in ('open', 'denied', 'upheld')),
  reason text,
  decided_by text,
  decided_at integer,
  regrade_id text references regrade (id),
  created_at integer not null,
  foreign key (course_id, person_id) references enrolment (course_id, person_id)
) strict, without rowid;
create index appeal_by_course on appeal (course_id, id);
create unique index appeal_open on appeal (answer_id) where state = 'open';

create table post_flag (
  post_id text not null references post (id),
  person_id text not null,
  institution_id text not null,
  course_id text not null,
  reason text not null,
  created_at integer not null,
  cleared_at integer,
  primary key (post_id, person_id)
) strict, without rowid;
create index post_flag_open on post_flag (course_id, created_at, post_id) where cleared_at is null;

alter table post add column held_at integer;
alter table post add column locked_at integer;
alter table post add column pinned_at integer;
create index post_held on post (course_id, created_at, id) where held_at is not null;
create index post_pinned on post (course_id, prompt, created_at, id) where pinned_at is not null;
alter table course add column hold_first_posts integer not null default 0;
create index audit_event_by_course on audit_event (course_id, id);
create index audit_publication on audit_event (course_id, created_at, id) where action = 'rules-published';

insert into audit_event select id || '-rules', institution_id, id, 'migration', 'rules-published', rule_set, null, created_at from course;
insert into audit_event select distinct a.course_id || '-' || v.rule_set, a.institution_id, a.course_id, 'migration', 'rules-published', v.rule_set, null, c.created_at from answer a join verdict v on v.id = a.verdict_id join course c on c.id = a.course_id where v.rule_set <> c.rule_set;

drop trigger answer_immutable;
drop trigger post_version_immutable;
drop trigger audit_event_immutable;
update audit_event set subject = coalesce((select p.id from person p where p.institution_id = audit_event.institution_id and p.issuer = 'api' and p.subject = audit_event.subject), subject) where action = 'person-enrolled';
create trigger answer_immutable before update of id, institution_id, course_id, person_id, scenario, attempt, role, claims, counter_claims, late_ms, submitted_at, full_credit, verdict_id, points, auto_points, grade_points on answer begin select raise(abort, 'answer is immutable'); end;
create trigger answer_reason_immutable before update of reason on answer when new.reason is not null begin select raise(abort, 'answer is immutable'); end;
create trigger post_version_immutable before update of post_id, version, institution_id, claims, role, created_at on post_version begin select raise(abort, 'post_version is immutable'); end;
create trigger post_version_text_immutable before update of body, html on post_version when new.body <> '' or new.html <> '' begin select raise(abort, 'post_version is immutable'); end;
create trigger regrade_change_immutable before update on regrade_change when (select state from regrade where id = old.regrade_id) = 'applied' begin select raise(abort, 'regrade_change is immutable'); end;
create trigger regrade_change_permanent before delete on regrade_change when (select state from regrade where id = old.regrade_id) in ('applying', 'applied', 'failed') begin select raise(abort, 'regrade_change is immutable'); end;
create trigger audit_event_immutable before update of id, institution_id, course_id, actor, action, subject, created_at on audit_event begin select raise(abort, 'audit_event is append-only'); end;
create trigger audit_event_reason_immutable before update of reason on audit_event when new.reason is not null begin select raise(abort, 'audit_event is append-only'); end;
