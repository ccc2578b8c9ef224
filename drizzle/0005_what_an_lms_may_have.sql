alter table delivery add column tried text;
create index delivery_unsent on delivery (course_id, person_id, target_id) where state <> 'sent';
