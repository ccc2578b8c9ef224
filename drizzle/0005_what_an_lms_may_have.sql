alter table delivery add column tried text;
