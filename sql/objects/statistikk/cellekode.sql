-- cellekode: a base cell by what its persons have in common, as one text: by it cells of two versions are the same, and
-- persons find their cell.

CREATE OR REPLACE FUNCTION statistikk.cellekode(
    p_lag text, p_hoved text, p_fylke text, p_kommune text, p_kjonn text, p_alder integer, p_uker integer,
    p_bosatt boolean
) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN p_lag || '|' || p_hoved || '|' || coalesce(p_fylke, '') || '|' || coalesce(p_kommune, '') || '|'
    || coalesce(p_kjonn, '') || '|' || coalesce(p_alder::text, '') || '|' || coalesce(p_uker::text, '') || '|'
    || coalesce(p_bosatt::text, '');

COMMENT ON FUNCTION statistikk.cellekode(text, text, text, text, text, integer, integer, boolean) IS
    'A base cell as one text: two cells with the same are about the same kind of persons (spec.md 10, R1).';
