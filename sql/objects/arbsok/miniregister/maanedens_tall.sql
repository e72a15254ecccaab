-- maanedens_tall: the figures of a month of the miniregister by which its file is judged (spec.md 6).
-- Records that share the largest number of days may have been cut off there. That number is looked for below the
-- longest hundredth of the records, so that a stray or two above it do not hide it. All is counted in one pass, grouped
-- by the number of days.

CREATE OR REPLACE FUNCTION arbsok_lasting.maanedens_tall(
    p_register text,
    OUT i_miniregisteret bigint, OUT uten_henddato bigint, OUT rettet_dagdato bigint, OUT feil_i_fnr bigint,
    OUT lengste_dager integer, OUT paa_lengste_dager bigint
)
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    EXECUTE format($sql$
        SELECT coalesce(sum(d.antall), 0), coalesce(sum(d.antall) FILTER (WHERE d.ant_d_as_n IS NULL), 0),
            coalesce(sum(d.rettet), 0), coalesce(sum(d.feil), 0),
            max(d.ant_d_as_n) FILTER (WHERE d.lengst),
            coalesce((array_agg(d.antall ORDER BY d.ant_d_as_n DESC) FILTER (WHERE d.lengst))[1], 0)
        FROM (
            SELECT g.*,
                g.ant_d_as_n IS NOT NULL
                AND 100 * sum(g.antall) OVER (PARTITION BY g.ant_d_as_n IS NULL ORDER BY g.ant_d_as_n DESC)
                    > sum(g.antall) OVER (PARTITION BY g.ant_d_as_n IS NULL) AS lengst
            FROM (
                SELECT m.ant_d_as_n, count(*) AS antall,
                    count(*) FILTER (WHERE m.mrk_dl = 32) AS rettet,
                    count(*) FILTER (WHERE m.mrk_fnr = '2') AS feil
                FROM %s AS m
                GROUP BY m.ant_d_as_n
            ) AS g
        ) AS d
        $sql$, p_register)
    INTO i_miniregisteret, uten_henddato, rettet_dagdato, feil_i_fnr, lengste_dager, paa_lengste_dager;
END
$$;

COMMENT ON FUNCTION arbsok_lasting.maanedens_tall(text) IS
    'Counts a month of the miniregister, given as a table or a query in parentheses: its records, those without henddato, with a corrected dagdato (mrk_dl 32), with an fnr that fails its control (mrk_fnr 2), and the largest number of days that more than a hundredth of them reach, with the number of records that have just that (spec.md 6).';
