drop trigger grade_event_immutable;
drop trigger grade_event_permanent;
drop trigger answer_immutable;
drop trigger answer_permanent;

create table answer_new (
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
  verdict_id integer not null references verdict (id),
  points integer,
  auto_points integer,
  grade_points integer,
  unique (course_id, person_id, scenario, attempt),
  foreign key (course_id, person_id) references enrolment (course_id, person_id)
) strict, without rowid;

insert into answer_new
  select a.id, a.institution_id, a.course_id, a.person_id, a.scenario, a.attempt, a.role, a.claims, a.counter_claims,
    a.reason, a.late_ms, a.submitted_at, a.full_credit, e.verdict_id, e.points,
    (select iif(o.override_points is null, e.grade_points, o.auto_points) from grade o where o.course_id = a.course_id
      and o.person_id = a.person_id and o.kind = 'scenario' and o.activity = a.scenario), e.grade_points
  from answer a join grade_event e on e.id = a.id;

create table grade_event_new (
  id text primary key not null,
  institution_id text not null,
  course_id text not null,
  person_id text not null,
  kind text not null check (kind in ('scenario', 'prompt', 'unit')),
  activity text not null,
  type text not null check (type in ('participation', 'override', 'lift', 'rubric')),
  rule_set text,
  counted text,
  points integer,
  max integer not null,
  grade_points integer,
  actor text not null,
  reason text,
  created_at integer not null,
  foreign key (course_id, person_id) references enrolment (course_id, person_id)
) strict, without rowid;

insert into grade_event_new
  select id, institution_id, course_id, person_id, kind, activity, type, rule_set, counted, points, max,
    grade_points, actor, reason, created_at
  from grade_event where type <> 'verdict';

drop table grade_event;
alter table grade_event_new rename to grade_event;
create index grade_event_by_activity on grade_event (course_id, person_id, kind, activity, id);
drop table answer;
alter table answer_new rename to answer;

create trigger answer_immutable before update on answer begin select raise(abort, 'answer is immutable'); end;
create trigger answer_permanent before delete on answer begin select raise(abort, 'answer is immutable'); end;
create trigger grade_event_immutable before update on grade_event begin select raise(abort, 'grade_event is append-only'); end;
create trigger grade_event_permanent before delete on grade_event begin select raise(abort, 'grade_event is append-only'); end;

alter table grade add column rubric_points integer;

create trigger answer_makes_grade after insert on answer begin insert into grade (course_id, person_id, kind, activity, institution_id, auto_points, max, event_id, updated_at) values (new.course_id, new.person_id, 'scenario', new.scenario, new.institution_id, new.auto_points, (select iif(points is null, 0, max) from verdict where id = new.verdict_id), new.id, new.submitted_at) on conflict do update set auto_points = excluded.auto_points, max = excluded.max, event_id = excluded.event_id, updated_at = excluded.updated_at; end;
create trigger grade_event_makes_grade after insert on grade_event begin insert into grade (course_id, person_id, kind, activity, institution_id, auto_points, override_points, override_event_id, rubric_points, max, event_id, updated_at) values (new.course_id, new.person_id, new.kind, new.activity, new.institution_id, iif(new.type = 'participation', new.points, null), iif(new.type = 'override', new.points, null), iif(new.type = 'override', new.id, null), iif(new.type = 'rubric', new.points, null), new.max, new.id, new.created_at) on conflict do update set auto_points = iif(new.type = 'participation', max(new.points, coalesce(auto_points, new.points)), auto_points), override_points = iif(new.type in ('override', 'lift'), excluded.override_points, override_points), override_event_id = iif(new.type in ('override', 'lift'), excluded.override_event_id, override_event_id), rubric_points = iif(new.type = 'rubric', new.points, rubric_points), max = excluded.max, event_id = excluded.event_id, updated_at = excluded.updated_at; end;
