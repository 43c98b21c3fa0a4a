-- Runs in a database that was just migrated: what the migrations put there is remembered, so that a test's traces can go.
CREATE SCHEMA pristine;

CREATE FUNCTION pristine.shape() RETURNS text LANGUAGE sql AS $$
  SELECT concat_ws(' ', (SELECT count(*) FROM pg_class), (SELECT count(*) FROM pg_attribute),
                        (SELECT count(*) FROM pg_constraint), (SELECT count(*) FROM pg_proc))
$$;

CREATE TABLE pristine.sequences AS
  SELECT sequencename, start_value, last_value FROM pg_sequences WHERE schemaname = 'public';

DO $$
  DECLARE name text; filled boolean;
  BEGIN
    FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
      EXECUTE format('SELECT EXISTS (SELECT FROM public.%I)', name) INTO filled;
      IF filled THEN
        EXECUTE format('CREATE TABLE pristine.%1$I AS TABLE public.%1$I', name);
      END IF;
    END LOOP;
  END
$$;

-- Tells false where tables themselves were changed: such a database is not used again.
CREATE FUNCTION pristine.restore() RETURNS boolean LANGUAGE plpgsql AS $$
  DECLARE name text;
  BEGIN
    PERFORM pg_terminate_backend(pid, 2000) FROM pg_stat_activity
      WHERE datname = current_database() AND pid <> pg_backend_pid(); -- what a test left running writes no more
    IF pristine.shape() <> (SELECT shape FROM pristine.was) THEN
      RETURN false;
    END IF;
    SET LOCAL session_replication_role = replica; -- foreign keys ask for no order
    SET LOCAL lock_timeout = '1s';
    FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
      IF pg_relation_size(format('public.%I', name)) < 100000 THEN
        EXECUTE format('DELETE FROM public.%I', name);
      ELSE -- takes longer, but leaves nothing that the next test would read through
        EXECUTE format('TRUNCATE public.%I CASCADE', name);
      END IF;
    END LOOP;
    FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
      IF to_regclass(format('pristine.%I', name)) IS NOT NULL THEN
        EXECUTE format('INSERT INTO public.%1$I OVERRIDING SYSTEM VALUE SELECT * FROM pristine.%1$I', name);
      END IF;
    END LOOP;
    PERFORM setval(format('public.%I', sequencename), coalesce(last_value, start_value), last_value IS NOT NULL)
      FROM pristine.sequences;
    RETURN true;
  END
$$;

CREATE TABLE pristine.was (shape text);
INSERT INTO pristine.was SELECT pristine.shape();
