create table tool_key (
  kid text primary key not null,
  public_jwk text not null,
  sealed_private_jwk text not null,
  created_at integer not null
) strict, without rowid;

create table platform (
  id text primary key not null,
  institution_id text not null references institution (id),
  name text not null,
  product text not null check (product in ('moodle', 'canvas', 'd2l', 'blackboard', 'sakai', 'other')),
  state text not null check (state in ('invited', 'pending', 'active', 'disabled')),
  issuer text,
  client_id text,
  auth_url text,
  token_url text,
  token_audience text,
  jwks_url text,
  approves_deployments integer not null default 0,
  allows_anonymous integer not null default 0,
  invite_hash text unique,
  invite_expires_at integer,
  registration text,
  jwks text,
  jwks_at integer,
  tokens text,
  paused_until integer,
  revision integer not null default 1,
  created_at integer not null
) strict, without rowid;
create index platform_by_client on platform (issuer, client_id);
create index platform_by_institution on platform (institution_id, created_at, id);
create index platform_paused on platform (paused_until) where paused_until is not null;

create table deployment (
  id text primary key not null,
  institution_id text not null,
  platform_id text not null references platform (id),
  deployment_id text not null,
  state text not null check (state in ('pending', 'active', 'disabled')),
  created_at integer not null,
  unique (platform_id, deployment_id)
) strict, without rowid;

create table context (
  id text primary key not null,
  institution_id text not null,
  deployment_id text not null references deployment (id),
  context_id text not null,
  course_id text not null references course (id),
  memberships_url text,
  line_items_url text,
  scopes text not null default '[]',
  synced_at integer,
  sync_detail text,
  created_at integer not null,
  unique (deployment_id, context_id)
) strict, without rowid;
create index context_by_course on context (course_id);

create table placement (
  id text primary key not null,
  institution_id text not null,
  course_id text not null references course (id),
  context_id text not null references context (id),
  resource_link_id text,
  kind text not null check (kind in ('course', 'unit', 'scenario', 'prompt')),
  activity text not null,
  title text,
  issuer text not null,
  covers text not null default '[]',
  line_item_url text,
  created_at integer not null,
  updated_at integer not null,
  unique (resource_link_id, context_id)
) strict, without rowid;
create index placement_by_course on placement (course_id, kind, activity);

create table webhook (
  id text primary key not null,
  institution_id text not null references institution (id),
  url text not null,
  sealed_secret text not null,
  state text not null check (state in ('active', 'disabled')),
  created_at integer not null
) strict, without rowid;
create index webhook_by_institution on webhook (institution_id, created_at, id);

create table delivery (
  target_id text not null,
  person_id text not null,
  kind text not null check (kind in ('unit', 'scenario', 'prompt')),
  activity text not null,
  institution_id text not null,
  course_id text not null,
  target text not null check (target in ('line-item', 'webhook')),
  state text not null check (state in ('waiting', 'sent', 'refused', 'conflict')),
  version integer not null default 1,
  due_at integer not null,
  tries integer not null default 0,
  first_tried_at integer,
  claimed_until integer,
  stamp integer,
  tried text,
  outcome text,
  detail text,
  sent_version integer,
  sent_points integer,
  sent_max integer,
  sent_submitted_at integer,
  sent_at integer,
  updated_at integer not null,
  primary key (target_id, person_id, kind, activity)
) strict, without rowid;
create index delivery_due on delivery (due_at, target_id, person_id, kind, activity, state, claimed_until, stamp, target, course_id) where state = 'waiting';
create index delivery_by_person on delivery (course_id, person_id);
create index delivery_unsent on delivery (course_id, person_id, target_id) where state <> 'sent';

create table launch (
  id text primary key not null,
  institution_id text not null,
  platform_id text,
  state_hash text unique,
  outcome text not null,
  message_type text,
  deployment_id text,
  course_id text,
  person_id text,
  detail text,
  created_at integer not null
) strict, without rowid;
create index launch_by_institution on launch (institution_id, created_at, id);

alter table enrolment add column test_user integer not null default 0;
create index grade_by_change on grade (course_id, updated_at, person_id, kind, activity);

create view outgoing as select course_id, person_id, kind, activity, institution_id, updated_at, '' as target_id from grade;
create trigger outgoing_is_delivered instead of insert on outgoing begin insert into delivery (target_id, person_id, kind, activity, institution_id, course_id, target, state, due_at, updated_at) select l.id, new.person_id, l.kind, l.activity, new.institution_id, new.course_id, 'line-item', 'waiting', new.updated_at, new.updated_at from placement l join person p on p.id = new.person_id and p.issuer = l.issuer join enrolment e on e.course_id = new.course_id and e.person_id = new.person_id and e.role = 'learner' and e.test_user = 0 where l.course_id = new.course_id and new.target_id in ('', '*', l.id) and exists (select 1 from json_each(l.covers) where value = new.kind || ':' || new.activity) union all select w.id, new.person_id, new.kind, new.activity, new.institution_id, new.course_id, 'webhook', 'waiting', new.updated_at, new.updated_at from webhook w where w.institution_id = new.institution_id and w.state = 'active' and new.target_id = '' on conflict do update set version = version + 1, state = iif(state = 'conflict', state, 'waiting'), due_at = excluded.due_at, tries = 0, first_tried_at = null, updated_at = excluded.updated_at; end;
drop trigger answer_makes_grade;
drop trigger grade_event_makes_grade;
create trigger answer_makes_grade after insert on answer begin insert into grade (course_id, person_id, kind, activity, institution_id, auto_points, max, event_id, updated_at) values (new.course_id, new.person_id, 'scenario', new.scenario, new.institution_id, new.auto_points, (select iif(points is null, 0, max) from verdict where id = new.verdict_id), new.id, new.submitted_at) on conflict do update set auto_points = excluded.auto_points, max = excluded.max, event_id = excluded.event_id, updated_at = excluded.updated_at; insert into outgoing (course_id, person_id, kind, activity, institution_id, updated_at, target_id) values (new.course_id, new.person_id, 'scenario', new.scenario, new.institution_id, new.submitted_at, ''); end;
create trigger grade_event_makes_grade after insert on grade_event begin insert into grade (course_id, person_id, kind, activity, institution_id, auto_points, override_points, override_event_id, rubric_points, max, event_id, updated_at) values (new.course_id, new.person_id, new.kind, new.activity, new.institution_id, iif(new.type = 'participation', new.points, null), iif(new.type = 'override', new.points, null), iif(new.type = 'override', new.id, null), iif(new.type = 'rubric', new.points, null), new.max, new.id, new.created_at) on conflict do update set auto_points = iif(new.type = 'participation', max(new.points, coalesce(auto_points, new.points)), auto_points), override_points = iif(new.type in ('override', 'lift'), excluded.override_points, override_points), override_event_id = iif(new.type in ('override', 'lift'), excluded.override_event_id, override_event_id), rubric_points = iif(new.type = 'rubric', new.points, rubric_points), max = excluded.max, event_id = excluded.event_id, updated_at = excluded.updated_at; insert into outgoing (course_id, person_id, kind, activity, institution_id, updated_at, target_id) values (new.course_id, new.person_id, new.kind, new.activity, new.institution_id, new.created_at, ''); end;
create trigger placement_goes_out after insert on placement when new.covers <> '[]' begin insert into outgoing (course_id, person_id, kind, activity, institution_id, updated_at, target_id) select course_id, person_id, kind, activity, institution_id, new.updated_at, new.id from grade where course_id = new.course_id and exists (select 1 from json_each(new.covers) where value = kind || ':' || activity); end;
create trigger placement_change_goes_out after update of covers on placement when new.covers <> old.covers begin insert into outgoing (course_id, person_id, kind, activity, institution_id, updated_at, target_id) select course_id, person_id, kind, activity, institution_id, new.updated_at, new.id from grade where course_id = new.course_id and exists (select 1 from json_each(new.covers) where value = kind || ':' || activity); end;
create trigger enrolment_goes_out after update of role, test_user, withdrawn_at on enrolment when new.role = 'learner' and new.test_user = 0 and new.withdrawn_at is null and (old.role, old.test_user, old.withdrawn_at) is not (new.role, new.test_user, new.withdrawn_at) begin insert into outgoing (course_id, person_id, kind, activity, institution_id, updated_at, target_id) select course_id, person_id, kind, activity, institution_id, updated_at, '*' from grade where course_id = new.course_id and person_id = new.person_id; end;
create trigger another_line_item after update of line_item_url on placement when new.line_item_url is not null and new.line_item_url is not old.line_item_url begin update delivery set version = version + 1, state = 'waiting', due_at = new.updated_at, tries = 0, first_tried_at = null, tried = null, sent_version = null, sent_points = null, sent_max = null, sent_submitted_at = null, sent_at = null, updated_at = new.updated_at where target_id = new.id and (sent_version is not null or state in ('refused', 'conflict')); end;

update api_key set scopes = json_insert(json_insert(scopes, '$[#]', 'platforms'), '$[#]', 'webhooks') where (select count(*) from json_each(scopes) where value in ('keys', 'courses', 'people', 'sessions', 'grades')) = 5;
