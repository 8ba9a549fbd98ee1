-- Days of which something was taken out that is kept less long than the rest, by the rules that were in force then.
create table events.swept (day int primary key, rules text not null);

-- For how many days objects of a class at a site are kept; `rules` as in RETENTION_RULES, and the usual days as one without either.
create function events.kept_days(rules jsonb, of_site text, of_class text) returns int language sql immutable as $$
  select (rule->>'days')::int from jsonb_array_elements(rules) rule
  where (rule->>'site' is null or rule->>'site' = of_site) and (rule->>'class' is null or rule->>'class' = of_class)
  order by rule->>'class' is null, rule->>'site' is null limit 1
$$;
