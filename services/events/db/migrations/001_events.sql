-- What AI saw, a partition a day (UTC). A box is never a row of the log.
create table events.detections (
  captured_at_us bigint not null,
  id text not null,
  camera text not null,
  site text not null,
  detection jsonb not null,
  primary key (captured_at_us, id)
) partition by range (captured_at_us);
create index detections_by_camera on events.detections (camera, captured_at_us desc);

-- What could not be taken, and why.
create table events.dead_letters (
  id bigint generated always as identity primary key,
  at timestamptz not null default now(),
  reason text not null,
  source text not null,
  source_id text not null,
  payload text not null,
  unique (source, source_id)
);
