-- tekstkolonner: the columns of a table into which a file is copied before anything of it is checked: all text, empty
-- where the file has no such column, and linje, which counts its lines (the header is line 1).

CREATE OR REPLACE FUNCTION trygdfob.tekstkolonner(p_kolonner text[]) RETURNS text
LANGUAGE sql STABLE
BEGIN ATOMIC
SELECT string_agg(format('%I text COLLATE "C" NOT NULL DEFAULT '''', ', k.navn), '' ORDER BY k.nr)
    || 'linje bigint GENERATED ALWAYS AS IDENTITY (START 2 CACHE 10000)'
FROM unnest(p_kolonner) WITH ORDINALITY AS k (navn, nr);
END;

COMMENT ON FUNCTION trygdfob.tekstkolonner(text[]) IS
    'The columns of a table into which a file with these columns is copied (mottakstabell): text all of them, and linje, the number of the line.';
