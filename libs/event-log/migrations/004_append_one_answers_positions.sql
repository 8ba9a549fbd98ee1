-- It answered rows before; functions/append.sql makes it anew.
drop function if exists log.append_one;
