-- What is marked in a camera's picture.
alter table registry.cameras add column zones jsonb not null default '[]', add column lines jsonb not null default '[]';
