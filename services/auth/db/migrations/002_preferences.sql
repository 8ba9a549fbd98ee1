-- How each user likes the wall: a matter of taste, no event.
create table auth.preferences (
  user_id text primary key,
  wall jsonb not null
);
