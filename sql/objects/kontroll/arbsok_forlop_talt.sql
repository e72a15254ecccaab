-- arbsok_forlop_talt: the records that a year's load made, counted for the controls of its sums and its run log. The
-- sums that it is held against are counted elsewhere (forlop_opptelt), and in more detail.

CREATE OR REPLACE FUNCTION kontroll.arbsok_forlop_talt(p_aargang integer)
RETURNS TABLE (status varchar, kode varchar, hoved varchar, tilfelle boolean, antall bigint)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT f.status, f.kode, f.hoved,
        CASE WHEN f.kode = '0' THEN f.avgdato IS NOT NULL ELSE f.regdato = f.tilgdato END, count(*)
    FROM arbsok_lasting.forlop_fra(p_aargang) AS f
    WHERE f.aargang = p_aargang
    GROUP BY 1, 2, 3, 4;
END;

COMMENT ON FUNCTION kontroll.arbsok_forlop_talt(integer) IS
    'Number of records of F_ARBSOK that a year''s load made by status, kode, main group and whether they open or close a main spell, for the controls of the year as a whole (spec.md 6).';
