create table log.head (
  only_row boolean primary key default true check (only_row),
  position bigint not null default 0
);
insert into log.head default values;

-- data and metadata are JSON kept as the bytes that were written; metadata names the version of the data's schema.
create table log.events (
  global_position bigint primary key,
  stream_id text not null,
  stream_position bigint not null,
  id uuid not null unique,
  type text not null constraint type_at_most_100_bytes check (octet_length(type) between 1 and 100),
  data text not null constraint data_at_most_256_kib check (octet_length(data) <= 262144),
  metadata text not null constraint metadata_at_most_4_kib check (octet_length(metadata) <= 4096),
  occurred_at timestamptz not null,
  recorded_at timestamptz not null,
  category text not null generated always as (split_part(stream_id, '-', 1)) stored,
  unique (stream_id, stream_position)
);
create index events_by_category on log.events (category, global_position);
