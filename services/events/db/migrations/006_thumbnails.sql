-- The best moment of each track, as a JPEG. `quality` is what the worker made of it, compared within a track only.
create table events.thumbnails (
  camera text not null,
  run text not null,
  track text not null,
  site text not null,
  class text not null,
  captured_at_us bigint not null,
  quality real not null,
  jpeg bytea not null,
  primary key (camera, run, track)
);
alter table events.thumbnails alter column jpeg set storage external;
create index thumbnails_by_time on events.thumbnails (captured_at_us);
