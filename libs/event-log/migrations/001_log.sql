create table log.head (
  only_row boolean primary key default true check (only_row),
  position bigint not null default 0
);
insert into log.head default values;

-- data and metadata are JSON kept as the bytes that were written; metadata names the version of the data's schema.
create table log.events (
  global_position bigint primary key,
  stream_id text not null constraint stream_id_is_noun_and_id check (stream_id ~ '^[a-z]+-[A-Za-z0-9_-]{1,190}$'),
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

-- One call carries many requests, numbered by write_request in ascending order. A request is one write or several, each
-- to a stream of its own, and holds as a whole or not at all; one request's conflict leaves the others alone. The locked
-- head row makes positions contiguous and commit order the order of positions. Call it in a transaction of its own.
--
-- streams         every stream named in this call, once
-- write_stream    which of them the write goes to, from 1
-- write_expected  where that stream must stand: null = anywhere, 0 = it must be new
-- write_events    how many of the events that follow are the write's
-- Answers one row a write, in order: 'appended' or 'duplicate' with where its last event stands, 'conflict' with where
-- the stream stands, 'id_reused' when some of a request's event ids belong to other events.
create function log.append(
  streams text[], write_request int[], write_stream int[], write_expected bigint[], write_events int[],
  ids uuid[], types text[], data text[], metadata text[], occurred timestamptz[]
) returns table (outcome text, stream_position bigint, global_position bigint)
language plpgsql security definer set search_path = pg_catalog, pg_temp
-- One plan for a connection's life, right for a table of any size and for one event or thousands: planning anew at each
-- call costs a third of it, and a plan made on the empty table would scan the full one.
set plan_cache_mode = force_generic_plan set enable_seqscan = off set enable_nestloop = off
as $$
declare
  writes constant int := cardinality(write_request);
  events constant int := cardinality(ids);
  last_position bigint;
  before_position bigint;
  standing bigint[];
  some_known boolean;
  known int;
  known_here int;
  found_all int;
  found_here int;
  positions bigint[] := array_fill(null::bigint, array[events]);
  stream_positions bigint[] := array_fill(null::bigint, array[events]);
  event_stream int[] := array_fill(null::int, array[events]);
  verdict text;
  first_write int := 1;
  last_write int;
  first_event int := 1;
  next_event int;
begin
  if writes = 0 or events <> (select sum(n) from unnest(write_events) as n) then
    raise 'log.append: expected as many events as write_events says, got %', events using errcode = '22023';
  end if;
  select h.position into last_position from log.head h for update;
  before_position := last_position;
  select array_agg(coalesce((select max(e.stream_position) from log.events e where e.stream_id = s.name), 0) order by s.n)
    into standing from unnest(streams) with ordinality as s (name, n);
  some_known := exists (select from log.events e where e.id = any (ids));

  while first_write <= writes loop
    verdict := 'appended';
    known := 0;
    known_here := 0;
    next_event := first_event;
    last_write := first_write;
    for w in first_write .. writes loop
      exit when write_request[w] <> write_request[first_write];
      last_write := w;
      if write_expected[w] <> standing[write_stream[w]] then verdict := 'conflict'; end if;
      if some_known then
        select count(*), count(*) filter (where e.stream_id = streams[write_stream[w]]) into found_all, found_here
          from log.events e where e.id = any (ids[next_event:next_event + write_events[w] - 1]);
        known := known + found_all;
        known_here := known_here + found_here;
      end if;
      next_event := next_event + write_events[w];
    end loop;
    if known > 0 then
      verdict := case when known_here = next_event - first_event then 'duplicate' else 'id_reused' end;
    end if;

    for w in first_write .. last_write loop
      outcome := verdict;
      stream_position := standing[write_stream[w]];
      global_position := null;
      if verdict = 'appended' then
        for n in first_event .. first_event + write_events[w] - 1 loop
          last_position := last_position + 1;
          stream_position := stream_position + 1;
          positions[n] := last_position;
          stream_positions[n] := stream_position;
          event_stream[n] := write_stream[w];
        end loop;
        standing[write_stream[w]] := stream_position;
        global_position := last_position;
      elsif verdict = 'duplicate' then
        select max(e.stream_position), max(e.global_position) into stream_position, global_position
          from log.events e where e.id = any (ids[first_event:first_event + write_events[w] - 1]);
      end if;
      first_event := first_event + write_events[w];
      return next;
    end loop;
    first_write := last_write + 1;
  end loop;

  if last_position = before_position then return; end if;
  insert into log.events
    (global_position, stream_id, stream_position, id, type, data, metadata, occurred_at, recorded_at)
  select e.position, s.name, e.stream_position, e.id, e.type, e.data, e.metadata, e.occurred_at, clock_timestamp()
    from unnest(positions, stream_positions, event_stream, ids, types, append.data, append.metadata, occurred)
           as e (position, stream_position, stream, id, type, data, metadata, occurred_at)
    join unnest(streams) with ordinality as s (name, n) on s.n = e.stream;
  update log.head h set position = last_position;
  perform pg_notify('log', last_position::text);
end $$;

revoke all on function log.append from public;
