create index post_hidden on post (course_id, hidden_at) where hidden_at is not null;
