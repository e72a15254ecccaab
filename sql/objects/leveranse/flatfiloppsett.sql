-- flatfiloppsett: the fields of a year's flat file, each with its place in the line, and the expressions by which its
-- value is written and found not to fit (spec.md 9, the flat file). Days are numbers YYYYMMDD, and a month is its
-- number.

CREATE OR REPLACE FUNCTION leveranse.flatfiloppsett(p_aargang integer)
RETURNS TABLE (
    felt varchar, plass integer, start integer, bredde integer, type varchar, verdi text, passer_ikke text,
    kodeliste varchar, ledetekst text
)
LANGUAGE sql STABLE
BEGIN ATOMIC
SELECT f.felt, f.plass, (sum(f.bredde) OVER (ORDER BY f.plass) - f.bredde + 1)::integer, f.bredde, f.type,
    format(CASE f.type
        WHEN 'dato' THEN 'arbsok.dato_som_tall(m.%I)'
        WHEN 'maaned' THEN 'date_part(''month'', m.%I)'
        ELSE 'm.%I'
    END, f.kolonne),
    CASE
        WHEN f.type IN ('dato', 'maaned')
            THEN format('m.%I NOT BETWEEN ''1000-01-01''::date AND ''9999-12-31''::date', f.kolonne)
        ELSE format('char_length(m.%I::text) > %s', f.kolonne, f.bredde)
    END,
    f.kodeliste, f.ledetekst
FROM leveranse.flatfilfelt AS f
WHERE p_aargang >= f.fra_aargang AND (p_aargang <= f.til_aargang OR f.til_aargang IS NULL);
END;

COMMENT ON FUNCTION leveranse.flatfiloppsett(integer) IS
    'The fields of a year''s flat file: place in the line (start, from 1), width, type, and of a record m of the miniregister the expressions of its value (verdi) and of whether that does not fit (passer_ikke) (spec.md 9, the flat file).';
