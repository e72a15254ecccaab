-- kjennemerker: what each record of a month's miniregister gets from the population register that was loaded last
-- (spec.md 10, what a record gets). Everything is looked up on the extraction date, by the person's current number
-- where the register has that, else by the record's own: a D-number that NAV still uses is where the person lives.
-- Persons are joined here, and nowhere else in the room: a person's numbers with one another.

CREATE OR REPLACE FUNCTION befolkning.kjennemerker(p_mnddato date, p_dagdato date)
RETURNS TABLE (
    fnr varchar, mnddato date, kjonn varchar, alder smallint, kommune varchar, fylke varchar, bosted_grunn varchar,
    telles boolean, delt boolean
)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT g.fnr, p_mnddato, g.kjonn, g.alder,
        CASE WHEN g.grunn = 'bosatt' THEN g.kommune_da ELSE '9999' END,
        CASE WHEN g.grunn = 'bosatt' THEN g.fylke_da ELSE '99' END,
        g.grunn, g.telles, g.grunn = 'uten_bosted' AND g.bor_i <> '9999'
    FROM (
        SELECT m.fnr, coalesce(p.kjonn, '9') AS kjonn,
            extract(YEAR FROM age(p_dagdato, p.fodselsdato))::smallint AS alder,
            o.kommune_da, o.fylke_da, b.kommune AS bor_i, a.fnr IS NULL AS telles,
            CASE
                WHEN p.fnr IS NULL AND m.mrk_fnr = '2' THEN 'ugyldig_fnr'
                WHEN p.fnr IS NULL THEN 'ikke_i_register'
                WHEN s.regstatus = 'dod' THEN 'dod'
                WHEN coalesce(s.regstatus, '') <> 'bosatt' THEN 'ikke_bosatt'
                WHEN o.kommune_da IS NULL THEN 'uten_bosted'
                ELSE 'bosatt'
            END AS grunn
        FROM (
            SELECT r.fnr, r.mrk_fnr, coalesce(l.gjeldende, r.fnr) AS nummer
            FROM trygdfob.miniregister AS r
            LEFT JOIN (
                SELECT x.fnr, x.gjeldende
                FROM befolkning.personlenke AS x
                JOIN befolkning.folkeregisterperson AS y ON y.fnr = x.gjeldende
            ) AS l ON l.fnr = r.fnr
            WHERE r.mnddato = p_mnddato AND r.aargang = extract(YEAR FROM p_mnddato)::integer
        ) AS m
        -- Who was born later is not in it yet
        LEFT JOIN befolkning.folkeregisterperson AS p ON p.fnr = m.nummer AND p.fodselsdato <= p_dagdato
        LEFT JOIN befolkning.status AS s
            ON s.fnr = m.nummer AND s.fradato <= p_dagdato AND (s.tildato IS NULL OR s.tildato >= p_dagdato)
        LEFT JOIN befolkning.bosted AS b
            ON b.fnr = m.nummer AND b.fradato <= p_dagdato AND (b.tildato IS NULL OR b.tildato >= p_dagdato)
        LEFT JOIN befolkning.kommune_paa(p_dagdato) AS o ON o.kommune = b.kommune AND b.fradato BETWEEN o.fra AND o.til
        -- The numbers that stand behind another one of the same person's on this extraction
        LEFT JOIN (
            SELECT x.fnr
            FROM (
                SELECT l.fnr, row_number() OVER (
                        PARTITION BY l.gjeldende
                        ORDER BY l.fnr = l.gjeldende DESC, l.fradato DESC NULLS LAST,
                            trygdfob.lopenr(n.nokkel, l.fnr) COLLATE "C" DESC
                    ) AS plass
                FROM befolkning.personlenke AS l
                JOIN trygdfob.miniregister AS r ON r.fnr = l.fnr
                CROSS JOIN trygdfob.lopenummer_nokkel AS n
                WHERE r.mnddato = p_mnddato AND r.aargang = extract(YEAR FROM p_mnddato)::integer
            ) AS x
            WHERE x.plass > 1
        ) AS a ON a.fnr = m.fnr
    ) AS g;
END;

COMMENT ON FUNCTION befolkning.kjennemerker(date, date) IS
    'What each record of a month''s miniregister gets from the population register that was loaded last, on its extraction date; delt: it lives in a kommune that was split since its residence began. lag_kjennemerker keeps them (spec.md 10, what a record gets).';
