-- What is past its retention is found by time, of all cameras.
create index dead_letters_by_time on events.dead_letters (at);
create index track_facts_by_time on events.track_facts (at_us);
