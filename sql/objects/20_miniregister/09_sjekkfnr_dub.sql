-- sjekkfnr_dub: records that identify nobody, and duplicates, are kept aside with their reason (T1, T2).
-- Original program: sjekkfnr_dub.sas (SPEC.md 2, fnr control and duplicates). Duplicates share fnr and month; identical
-- ones collapse, and which one stays does not depend on the order of the files.

CREATE OR REPLACE FUNCTION trygdfob.sjekkfnr_dub(p_aargang integer) RETURNS bigint
LANGUAGE plpgsql
SET search_path = pg_catalog
AS $$
DECLARE
    ugyldige bigint;
    dubletter bigint;
BEGIN
    INSERT INTO trygdfob.lagt_til_side
        (aargang, mnddato, linje, grunn, fnr, as_stat, dagdato, ant_d_as, as_gr, as_f, mnd)
    SELECT l.aargang, l.mnddato, l.linje, 'ugyldig_fnr',
        r.fnr, r.as_stat, r.dagdato, r.ant_d_as, r.as_gr, r.as_f, r.mnd
    FROM trygdfob.aarsfil AS l
    JOIN trygdfob.raa AS r ON r.maaned = l.maaned AND r.linje = l.linje
    WHERE trygdfob.identifiserer(l.fnr) IS NOT TRUE;
    GET DIAGNOSTICS ugyldige = ROW_COUNT;

    INSERT INTO trygdfob.lagt_til_side
        (aargang, mnddato, linje, grunn, fnr, as_stat, dagdato, ant_d_as, as_gr, as_f, mnd)
    SELECT d.aargang, d.mnddato, d.linje, 'dublett', d.fnr, d.as_stat, d.dagdato, d.ant_d_as, d.as_gr, d.as_f, d.mnd
    FROM (
        SELECT a.aargang, a.mnddato, r.*,
            row_number() OVER (
                PARTITION BY a.maaned, a.fnr
                -- T2; then, among records that give the same, the text as it was read
                ORDER BY a.ant_d_as_n NULLS LAST, a.as_stat DESC NULLS LAST, a.mrk_dl NULLS FIRST,
                    a.as_gr DESC NULLS LAST, a.as_f DESC NULLS LAST,
                    r.fnr, r.as_stat, r.dagdato, r.ant_d_as, r.as_gr, r.as_f, r.mnd, r.linje
            ) AS nummer
        FROM trygdfob.antall_dager AS a
        JOIN (
            SELECT l.maaned, l.fnr
            FROM trygdfob.aarsfil AS l
            GROUP BY l.maaned, l.fnr
            HAVING count(*) > 1
        ) AS flere ON flere.maaned = a.maaned AND flere.fnr = a.fnr
        JOIN trygdfob.raa AS r ON r.maaned = a.maaned AND r.linje = a.linje
        WHERE trygdfob.identifiserer(a.fnr)
    ) AS d
    WHERE d.nummer > 1;
    GET DIAGNOSTICS dubletter = ROW_COUNT;

    ANALYZE trygdfob.lagt_til_side;
    RETURN ugyldige + dubletter;
END
$$;

COMMENT ON FUNCTION trygdfob.sjekkfnr_dub(integer) IS
    'Keeps aside the year''s records whose fnr is not 11 digits (T1) and all but one of those that share fnr and month (T2); returns how many (original sjekkfnr_dub.sas).';
