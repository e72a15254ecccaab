-- rader: the rows of a table of a delivery that the caller has begun, after finn_personer in the same transaction. It
-- runs with the owner's rights, so that no role needs to see the released form of the register, and takes nothing but
-- the number of that delivery. The table of the persons must be the owner's: a session could put one of its own in its
-- place. And it must be that delivery's: its numbers are those of a project.

CREATE OR REPLACE FUNCTION leveranse.rader(p_utlevering integer, p_tabell text, p_eldre integer DEFAULT NULL)
RETURNS SETOF record
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
SET datestyle = 'ISO, YMD'
SET client_min_messages = 'warning'
AS $$
DECLARE
    u record := leveranse.min_utlevering(p_utlevering, p_eldre);
    t record;
    sporring text;
BEGIN
    IF NOT trygdfob.er_eiers('leveranse_person') THEN
        RAISE EXCEPTION 'The persons of delivery % are not found yet.', p_utlevering
            USING ERRCODE = 'FD007', HINT = 'leveranse.finn_personer(number) comes first, in the same transaction.';
    ELSIF EXISTS (SELECT FROM pg_temp.leveranse_person AS p WHERE p.utlevering <> u.utlevering LIMIT 1) THEN
        -- Else the variables of one project would come with the persons of another
        RAISE EXCEPTION 'The persons that were found last are another delivery''s, and not those of %.', u.utlevering
            USING ERRCODE = 'FD007', HINT = 'leveranse.finn_personer(number) comes first, in the same transaction.';
    END IF;
    IF p_tabell = 'populasjon' THEN
        RETURN QUERY EXECUTE
            'SELECT p.lpnr, p.i_registeret FROM pg_temp.leveranse_person AS p ORDER BY p.lpnr COLLATE "C"';
        RETURN;
    END IF;
    SELECT * INTO t
    FROM leveranse.bestilt_tabell AS b
    WHERE b.prosjekt = u.prosjekt AND b.bestilling = u.bestilling AND b.versjon = u.versjon AND b.tabell = p_tabell;
    IF t.tabell IS NULL THEN
        RAISE EXCEPTION 'Delivery % has no table %.', p_utlevering, p_tabell USING ERRCODE = 'FD007';
    END IF;
    sporring := leveranse.sporring_for_tabell(u.prosjekt, u.bestilling, u.versjon, p_tabell);
    RETURN QUERY EXECUTE sporring
    USING coalesce((SELECT (b.innhold ->> 'fra')::date FROM leveranse.bestilling AS b
            WHERE b.prosjekt = u.prosjekt AND b.bestilling = u.bestilling AND b.versjon = u.versjon),
            (SELECT e.serie_start FROM arbsok.endelighet AS e)),
        u.til, t.rader, t.dager;
END
$$;

COMMENT ON FUNCTION leveranse.rader(integer, text, integer) IS
    'The rows of a table of a delivery that the caller has begun, or of the earlier one that it is compared with (p_eldre), in their order; the columns are those of beskrivelse_av_utlevering, which stand behind AS with their types. finn_personer comes first, in the same transaction. Error FD007: it did not, or for another delivery, or there is no such delivery or table (spec.md 9, the log).';
