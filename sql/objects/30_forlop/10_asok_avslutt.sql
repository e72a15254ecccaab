-- asok_avslutt: spells whose last registration is too long before the year's last dagdato are closed on it.
-- Original program: asok_avslutt.pls (SPEC.md 4, T7; the source's 5.9.11). The exit's status is that of the spell's
-- last record with X for its second character.

CREATE OR REPLACE FUNCTION trygdfob.asok_avslutt(p_aargang integer) RETURNS bigint
LANGUAGE plpgsql
SET search_path = pg_catalog
AS $$
DECLARE
    antall bigint;
BEGIN
    WITH avsluttet AS (
        UPDATE trygdfob.h_arbsok AS h
        SET avgdato = h.dagdato, status = overlay(h.status PLACING 'X' FROM 2 FOR 1)
        WHERE h.avgdato IS NULL
            AND h.dagdato < (SELECT max(m.dagdato) FROM trygdfob.maanedsfil AS m WHERE m.aargang = p_aargang)
                - (SELECT i.avslutning_dager FROM trygdfob.innstilling AS i)
        RETURNING h.*
    )
    INSERT INTO trygdfob.aarets_rekord (fnr, kode, hoved, regdato, tilgdato, avgdato, asoktilg, asokavg,
        hovedarbstat, hovedarbdato, tiltak, tiltakdato, ytelse, ytelsedato,
        dagdato, fdagdato, henddato, mrk_sys, mrk_fnr, as_f, as_gr, status, aargang)
    SELECT fnr, '0', hoved, dagdato, tilgdato, dagdato, asoktilg, dagdato,
        hovedarbstat, hovedarbdato, tiltak, tiltakdato, ytelse, ytelsedato,
        dagdato, fdagdato, henddato, mrk_sys, mrk_fnr, as_f, as_gr, status, p_aargang
    FROM avsluttet;
    GET DIAGNOSTICS antall = ROW_COUNT;
    RETURN antall;
END
$$;

COMMENT ON FUNCTION trygdfob.asok_avslutt(integer) IS
    'Closes, on its last registered dagdato, every running spell whose last registration is more than avslutning_dager (13 weeks) before the year''s last dagdato; returns how many (original asok_avslutt.pls; SPEC.md 4, T7).';
