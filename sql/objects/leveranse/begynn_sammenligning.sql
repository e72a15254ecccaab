-- begynn_sammenligning: what two deliveries are compared in, for the rest of the transaction (spec.md 9, comparing
-- deliveries): a temporary table of the owner's for the persons of both, which the session copies in.

CREATE OR REPLACE FUNCTION leveranse.begynn_sammenligning() RETURNS void
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
SET client_min_messages = 'warning'
AS $$
BEGIN
    PERFORM trygdfob.mottakstabell('sammenlign_person', 'lpnr text COLLATE "C" NOT NULL, eldre boolean NOT NULL');
    PERFORM set_config('work_mem', format('%sMB', greatest(i.arbeidsminne_mb / 4, 1)), true), set_config('jit', 'off', true)
    FROM trygdfob.innstilling AS i;
END
$$;

COMMENT ON FUNCTION leveranse.begynn_sammenligning() IS
    'Makes the temporary table sammenlign_person, into which the session copies the persons of both deliveries: lpnr, and whether the row is of the older one. Then, for each table, begynn_tabell and sammenlign_tabell (spec.md 9, comparing deliveries).';
