-- sted: a place in one of a register's files, for a sentence. A Parquet file has no lines.

CREATE OR REPLACE FUNCTION befolkning.sted(p_filer jsonb, p_navn text, p_linje bigint) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
    WHEN p_filer #>> ARRAY[p_navn, 'fil'] LIKE '%.parquet'
        THEN format('%s, record %s', p_filer #>> ARRAY[p_navn, 'fil'], p_linje - 1)
    ELSE format('%s, line %s', p_filer #>> ARRAY[p_navn, 'fil'], p_linje)
END;

COMMENT ON FUNCTION befolkning.sted(jsonb, text, bigint) IS
    'The file and line of a row of a population register, in words: person.csv, line 5. p_filer: as ta_inn_register has it.';
