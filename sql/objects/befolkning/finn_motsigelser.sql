-- finn_motsigelser: whose rows in a population register contradict one another (spec.md 10, the population register). A
-- register of millions is not refused for one of them: the number is set aside, with the reason and the place, and what
-- was filled in of it (fyll_register) goes.
-- The tables are in the order of their keys, the files need not be: so it is asked there, and the lines are looked up.
-- It adds to register_motsagt, and makes register_vei: from each number that has another one behind it to every number
-- that comes behind it.

CREATE OR REPLACE FUNCTION befolkning.finn_motsigelser() RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
SET datestyle = 'ISO, YMD'
SET client_min_messages = 'warning'
AS $$
DECLARE
    forste_dag date := (SELECT min(k.gyldig_fra) FROM befolkning.kommune AS k);
BEGIN
    DROP TABLE IF EXISTS pg_temp.register_funnet, pg_temp.register_vei;
    CREATE TEMPORARY TABLE register_funnet (
        fnr text COLLATE "C" NOT NULL, grunn text NOT NULL, fil text NOT NULL, fradato text COLLATE "C" NOT NULL
    ) ON COMMIT DROP;

    INSERT INTO pg_temp.register_funnet (fnr, grunn, fil, fradato)
    SELECT x.fnr, 'bosted_overlapper', 'bosted', x.fradato::text
    FROM (
        SELECT b.fnr, b.fradato, lag(coalesce(b.tildato, 'infinity')) OVER w AS forrige_til
        FROM befolkning.bosted AS b
        WINDOW w AS (PARTITION BY b.fnr ORDER BY b.fradato)
    ) AS x
    WHERE x.forrige_til >= x.fradato;

    INSERT INTO pg_temp.register_funnet (fnr, grunn, fil, fradato)
    SELECT x.fnr, CASE WHEN x.forrige = 'dod' THEN 'status_etter_dod' ELSE 'status_overlapper' END, 'status', x.fradato::text
    FROM (
        SELECT s.fnr, s.fradato, lag(coalesce(s.tildato, 'infinity')) OVER w AS forrige_til, lag(s.regstatus) OVER w AS forrige
        FROM befolkning.status AS s
        WINDOW w AS (PARTITION BY s.fnr ORDER BY s.fradato)
    ) AS x
    WHERE x.forrige_til >= x.fradato;

    INSERT INTO pg_temp.register_funnet (fnr, grunn, fil, fradato)
    SELECT b.fnr, 'bosted_etter_dod', 'bosted', b.fradato::text
    FROM befolkning.status AS s
    JOIN befolkning.bosted AS b ON b.fnr = s.fnr AND b.fradato > s.fradato
    WHERE s.regstatus = 'dod';

    INSERT INTO pg_temp.register_funnet (fnr, grunn, fil, fradato)
    SELECT b.fnr, 'kommune_ikke_i_kraft', 'bosted', b.fradato::text
    FROM befolkning.bosted AS b
    -- Few kommuner have residences that do not all begin in one of their periods
    JOIN (
        SELECT k.kommune
        FROM pg_temp.register_kommunebruk AS k
        WHERE k.kommune <> '9999' AND k.til >= forste_dag AND NOT EXISTS (
            SELECT FROM befolkning.kommuneperiode AS p
            WHERE p.kommune = k.kommune AND p.fra <= k.forste AND p.til >= k.siste
        )
    ) AS u ON u.kommune = b.kommune
    WHERE (b.tildato IS NULL OR b.tildato >= forste_dag) AND NOT EXISTS (
        SELECT FROM befolkning.kommuneperiode AS p
        WHERE p.kommune = b.kommune AND p.fra <= b.fradato AND p.til >= b.fradato
    );
    ANALYZE pg_temp.register_funnet;

    INSERT INTO pg_temp.register_motsagt (fnr, grunn, fil, linje)
    SELECT b.fnr, f.grunn, 'bosted', b.linje
    FROM pg_temp.register_funnet AS f
    JOIN pg_temp.register_bosted AS b ON b.fnr = f.fnr AND b.fradato = f.fradato
    WHERE f.fil = 'bosted'
    UNION ALL
    SELECT s.fnr, f.grunn, 'status', s.linje
    FROM pg_temp.register_funnet AS f
    JOIN pg_temp.register_status AS s ON s.fnr = f.fnr AND s.fradato = f.fradato
    WHERE f.fil = 'status'
    UNION ALL
    SELECT b.fnr, 'slutt_foer_start', 'bosted', b.linje
    FROM pg_temp.register_bosted AS b
    WHERE b.tildato <> '' AND b.tildato < b.fradato
    UNION ALL
    SELECT s.fnr, 'slutt_foer_start', 'status', s.linje
    FROM pg_temp.register_status AS s
    WHERE s.tildato <> '' AND s.tildato < s.fradato;

    CREATE TEMPORARY TABLE register_vei ON COMMIT DROP AS
    WITH RECURSIVE kant AS (
        SELECT DISTINCT i.fnr, i.fnr_gjeldende FROM pg_temp.register_identitet AS i WHERE i.fnr <> i.fnr_gjeldende
    ),

    vei AS (
        SELECT k.fnr, k.fnr_gjeldende FROM kant AS k
        UNION
        SELECT v.fnr, k.fnr_gjeldende FROM vei AS v JOIN kant AS k ON k.fnr = v.fnr_gjeldende
    )

    SELECT v.fnr, v.fnr_gjeldende FROM vei AS v;

    -- All numbers that come before or behind the contradiction
    INSERT INTO pg_temp.register_motsagt (fnr, grunn, fil, linje)
    SELECT n.fnr, x.grunn, 'identitet', min(x.linje)
    FROM (
        SELECT i.fnr, 'to_gjeldende' AS grunn, max(i.linje) AS linje
        FROM pg_temp.register_identitet AS i
        WHERE i.fnr <> i.fnr_gjeldende
        GROUP BY i.fnr
        HAVING count(DISTINCT i.fnr_gjeldende) > 1
        UNION ALL
        SELECT i.fnr, 'sirkel', max(i.linje)
        FROM pg_temp.register_identitet AS i
        JOIN pg_temp.register_vei AS v ON v.fnr = i.fnr AND v.fnr_gjeldende = i.fnr
        GROUP BY i.fnr
    ) AS x
    CROSS JOIN LATERAL (
        SELECT x.fnr
        UNION
        SELECT v.fnr FROM pg_temp.register_vei AS v WHERE v.fnr_gjeldende = x.fnr
        UNION
        SELECT v.fnr_gjeldende FROM pg_temp.register_vei AS v WHERE v.fnr = x.fnr
    ) AS n (fnr)
    GROUP BY n.fnr, x.grunn;
    ANALYZE pg_temp.register_motsagt;

    DELETE FROM befolkning.folkeregisterperson AS x WHERE x.fnr IN (SELECT m.fnr FROM pg_temp.register_motsagt AS m);
    DELETE FROM befolkning.bosted AS x WHERE x.fnr IN (SELECT m.fnr FROM pg_temp.register_motsagt AS m);
    DELETE FROM befolkning.status AS x WHERE x.fnr IN (SELECT m.fnr FROM pg_temp.register_motsagt AS m);
END
$$;

COMMENT ON FUNCTION befolkning.finn_motsigelser() IS
    'Finds whose rows contradict one another in the population register that the same transaction has filled in, puts them with reason, file and line into the temporary table register_motsagt, and takes their rows out; how numbers follow one another is in register_vei (spec.md 10, the population register).';
