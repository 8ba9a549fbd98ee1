-- What AI saw, an object a row, to be searched; a partition a day (UTC), as events.detections has.
create table events.objects (
  captured_at_us bigint not null,
  detection text not null,
  n smallint not null,
  site text not null,
  camera text not null,
  run text not null,
  track text,
  class text not null,
  score real not null,
  x real not null,
  y real not null,
  width real not null,
  height real not null
) partition by range (captured_at_us);
create index objects_by_camera on events.objects (camera, captured_at_us desc);
create index objects_by_class on events.objects (camera, class, captured_at_us desc);
create index objects_by_track on events.objects (camera, track, captured_at_us) where track is not null;

-- The objects of a detection as rows.
create function events.objects_of(captured_at_us bigint, id text, site text, camera text, detection jsonb)
returns setof events.objects language sql immutable as $$
  select captured_at_us, id, (o.n - 1)::smallint, site, camera, detection->'worker'->>'run', o.object->>'track',
    o.object->>'class', (o.object->>'score')::real, (o.object->'box'->>0)::real, (o.object->'box'->>1)::real,
    (o.object->'box'->>2)::real, (o.object->'box'->>3)::real
  from jsonb_array_elements(detection->'objects') with ordinality as o(object, n)
$$;

-- What was stored before gets its objects.
do $$
declare
  part record;
begin
  for part in
    select replace(c.relname, 'detections', 'objects') as name, pg_get_expr(c.relpartbound, c.oid) as bounds
    from pg_inherits i join pg_class c on c.oid = i.inhrelid where i.inhparent = 'events.detections'::regclass
  loop
    execute format('create table events.%I partition of events.objects %s', part.name, part.bounds);
  end loop;
  insert into events.objects select o.* from events.detections d,
    events.objects_of(d.captured_at_us, d.id, d.site, d.camera, d.detection) o;
end $$;
