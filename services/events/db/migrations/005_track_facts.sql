-- Facts of tracks, to be searched: a projection of the log. `at_us`: the time of capture that a fact is of.
create table events.track_facts (
  position bigint primary key,
  camera text not null,
  at_us bigint not null,
  type text not null,
  class text not null,
  zone text,
  line text,
  data json not null
);
create index track_facts_by_camera on events.track_facts (camera, at_us desc, position desc);
