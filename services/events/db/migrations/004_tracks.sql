-- Sightings of tracks that the durable lane has stored and from which nothing was made yet, as the service packs them, a row
-- a batch: cheaper than a row a track. `received_us`: when the last of the batch came, by the clock of Redis.
create table events.sightings (
  received_us bigint not null,
  n bigint generated always as identity,
  seen text not null,
  primary key (received_us, n)
);

-- Tracks that have not ended; `received_us`: when they were last heard of.
create table events.tracks (
  camera text not null,
  run text not null,
  track text not null,
  site text not null,
  received_us bigint not null,
  state json not null,
  primary key (camera, run, track)
) with (fillfactor = 50);

-- Facts on their way to the log, in order.
create table events.outbox (
  n bigint generated always as identity primary key,
  stream text not null,
  id uuid not null,
  type text not null,
  site text not null,
  occurred_at timestamptz not null,
  data json not null
);
