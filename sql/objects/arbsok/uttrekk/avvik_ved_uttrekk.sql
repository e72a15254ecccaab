-- avvik_ved_uttrekk: the persons on whom F_ARBSOK and the miniregister differ on an extraction date, and why.

CREATE OR REPLACE FUNCTION arbsok_lasting.avvik_ved_uttrekk(p_dato date)
RETURNS TABLE (
    fnr varchar, dagdato date, slag text, hoved varchar, hovedarbstat varchar, tiltak varchar, ytelse varchar,
    uttrekk_hoved varchar, uttrekk_hovedarbstat varchar, uttrekk_tiltak varchar, uttrekk_ytelse varchar,
    forklaring text, status text, forklart_av date
)
LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT * FROM arbsok_lasting.uttrekk_sammenlignet(p_dato) AS s WHERE s.slag <> 'like';
END;

COMMENT ON FUNCTION arbsok_lasting.avvik_ved_uttrekk(date) IS
    'One row for each person on whom F_ARBSOK and the miniregister differ on an extraction date, with what each of the two says and the rule that makes the difference. Where forklaring is empty, the load has made an error. The columns are those of uttrekk_sammenlignet. It shows fnr, and is for the loader (spec.md 3 and 4; docs/cross-section.md).';
