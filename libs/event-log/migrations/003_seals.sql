-- The chain over the events, beside them: what it proves, it proves by the signed heads that are kept elsewhere.
create table log.seals (
  global_position bigint primary key,
  id uuid not null,
  hash bytea not null
);

-- Every head that was signed, as it was put outside.
create table log.seal_heads (
  number bigint primary key,
  head text not null
);

-- When somebody last asked for a head at once.
create table log.seal_wish (
  only_row boolean primary key default true check (only_row),
  wished_at timestamptz not null default '-infinity'
);
insert into log.seal_wish default values;
