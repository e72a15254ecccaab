-- mrk_sys: the mark from the employment register: 1 employed on dagdato, 0 not, missing where none covers that day.
-- SPEC.md 2, mrk_sys. A day that no spell of sysselsetting covers has no register.

CREATE OR REPLACE VIEW trygdfob.mrk_sys AS
SELECT
    g.*,
    CASE WHEN dekket.mnddato IS NOT NULL THEN
        CASE WHEN EXISTS (
            SELECT FROM trygdfob.sysselsetting AS s
            WHERE s.fnr = g.fnr AND g.dagdato BETWEEN s.fradato AND s.tildato
        ) THEN '1' ELSE '0' END
    END AS mrk_sys
FROM trygdfob.grkode AS g
LEFT JOIN (
    SELECT m.mnddato
    FROM trygdfob.maanedsfil AS m
    WHERE EXISTS (
        SELECT FROM trygdfob.sysselsetting AS s WHERE m.dagdato BETWEEN s.fradato AND s.tildato
    )
) AS dekket ON dekket.mnddato = g.mnddato;

COMMENT ON VIEW trygdfob.mrk_sys IS
    'The year file with the mark from the employment register (table sysselsetting): 1 employed on dagdato, 0 not, missing where the register has nobody on that day (SPEC.md 2).';
