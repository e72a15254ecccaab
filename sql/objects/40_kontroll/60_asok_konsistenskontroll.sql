-- asok_konsistenskontroll: the consistency control of one part of the persons in a loaded year; its findings are kept.
-- Original program: asok_konsistenskontroll.sql (SPEC.md 5 and 6; the source's 5.8). One pass over the year's
-- registrations, one over the records of their spells, one over H_ARBSOK.

CREATE OR REPLACE FUNCTION trygdfob.asok_konsistenskontroll(
    p_kjoring bigint, p_aargang integer, p_del integer, p_tell boolean
) RETURNS bigint
LANGUAGE plpgsql
SET search_path = pg_catalog
AS $$
DECLARE
    fra text := CASE WHEN p_del IS NULL THEN '' ELSE trygdfob.fnr_fra(p_del) END;
    til text := CASE WHEN p_del IS NULL THEN ':' ELSE trygdfob.fnr_fra(p_del + 1) END;
    brudd bigint;
    antall bigint;
BEGIN
    WITH sum AS (
        SELECT r.mnddato, r.utfall, r.status, r.handling, r.en_maaned_borte, count(*) AS antall, count(r.kontroll) AS brudd
        FROM trygdfob.registrering_kontrollert(p_aargang, fra, til) AS r
        GROUP BY r.mnddato, r.utfall, r.status, r.handling, r.en_maaned_borte
    ),

    tall AS (
        INSERT INTO trygdfob.registrering_tall AS t (aargang, mnddato, utfall, status, handling, en_maaned_borte, antall)
        SELECT p_aargang, s.mnddato, s.utfall, s.status, s.handling, s.en_maaned_borte, s.antall
        FROM sum AS s
        WHERE p_tell AND s.mnddato IS NOT NULL
        ON CONFLICT (aargang, mnddato, utfall, status, handling, en_maaned_borte)
            DO UPDATE SET antall = t.antall + excluded.antall
    )

    SELECT coalesce(sum(s.brudd), 0) INTO brudd FROM sum AS s;

    IF brudd > 0 THEN -- they are seldom any: only then are they listed
        INSERT INTO trygdfob.kontrollfunn (kjoring, kontroll, noekkel, detalj)
        SELECT p_kjoring, r.kontroll, r.noekkel, r.detalj
        FROM trygdfob.registrering_kontrollert(p_aargang, fra, til) AS r
        WHERE r.kontroll IS NOT NULL
        ON CONFLICT DO NOTHING;
    END IF;

    INSERT INTO trygdfob.kontrollfunn (kjoring, kontroll, noekkel, detalj)
    SELECT p_kjoring, f.kontroll, f.noekkel, f.detalj
    FROM trygdfob.forlop_kontrollert(p_aargang, fra, til) AS f
    UNION ALL
    SELECT p_kjoring, h.kontroll, h.noekkel, h.detalj
    FROM trygdfob.h_arbsok_kontrollert(p_aargang, fra, til) AS h
    ON CONFLICT DO NOTHING;
    GET DIAGNOSTICS antall = ROW_COUNT;
    RETURN antall + brudd;
END
$$;

COMMENT ON FUNCTION trygdfob.asok_konsistenskontroll(bigint, integer, integer, boolean) IS
    'The controls of one part of the persons (p_del 0 to 7; NULL: all) in a loaded year; writes the findings to kontrollfunn under the run p_kjoring and returns how many; with p_tell it also adds the registrations to registrering_tall (original asok_konsistenskontroll.sql; SPEC.md 5 and 6).';
