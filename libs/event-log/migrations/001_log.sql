create table log.head (
  only_row boolean primary key default true check (only_row),
  position bigint not null default 0
);
insert into log.head default values;

create table log.events (
  global_position bigint primary key,
  stream_id text not null,
  stream_position bigint not null,
  id uuid not null unique,
  type text not null,
  data text not null,
  metadata text not null,
  occurred_at timestamptz not null,
  recorded_at timestamptz not null,
  category text not null generated always as (split_part(stream_id, '-', 1)) stored,
  unique (stream_id, stream_position)
);
create index events_by_category on log.events (category, global_position);

-- One call appends many requests; each stands or falls alone. The locked head row makes positions contiguous and
-- commit order the order of positions. expected: null = any, 0 = the stream must be new, n = it must stand at n.
create function log.append(
  streams text[], expected bigint[], counts int[],
  ids uuid[], types text[], data text[], metadata text[], occurred timestamptz[]
) returns table (request int, outcome text, stream_position bigint, global_position bigint)
language plpgsql security definer set search_path = log, pg_temp as $$
declare
  last_position bigint;
  actual bigint;
  known record;
  first int := 1;
  last int;
begin
  select h.position into last_position from log.head h for update;
  for number in 1 .. cardinality(streams) loop
    request := number;
    last := first + counts[request] - 1;
    select count(*) as n, max(e.stream_position) as stream_position, max(e.global_position) as global_position,
           bool_and(e.stream_id = streams[request]) as here
      into known from log.events e where e.id = any (ids[first:last]);
    select coalesce(max(e.stream_position), 0) into actual from log.events e where e.stream_id = streams[request];
    if known.n > 0 then
      outcome := case when known.n = counts[request] and known.here then 'duplicate' else 'id_reused' end;
      stream_position := known.stream_position;
      global_position := known.global_position;
    elsif expected[request] is not null and expected[request] <> actual then
      outcome := 'conflict';
      stream_position := actual;
      global_position := null;
    else
      insert into log.events
        (global_position, stream_id, stream_position, id, type, data, metadata, occurred_at, recorded_at)
      select last_position + n, streams[request], actual + n, ids[first + n - 1], types[first + n - 1], append.data[first + n - 1],
             append.metadata[first + n - 1], occurred[first + n - 1], clock_timestamp()
        from generate_series(1, counts[request]) as n;
      last_position := last_position + counts[request];
      outcome := 'appended';
      stream_position := actual + counts[request];
      global_position := last_position;
    end if;
    first := last + 1;
    return next;
  end loop;
  update log.head h set position = last_position where h.position <> last_position;
  if found then perform pg_notify('log', last_position::text); end if;
end $$;

revoke all on function log.append from public;
