-- Sightings as the service packs them, a row a batch: cheaper than a row a track.
drop table events.sightings;
create table events.sightings (
  received_us bigint not null,
  n bigint generated always as identity,
  seen text not null,
  primary key (received_us, n)
);
