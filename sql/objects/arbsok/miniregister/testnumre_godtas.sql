-- testnumre_godtas: do test persons' numbers count as valid in the year being loaded? They do where its files are
-- synthetic, and where the database is set so (spec.md 2, fnr control).

CREATE OR REPLACE FUNCTION arbsok_lasting.testnumre_godtas() RETURNS boolean
LANGUAGE sql STABLE
RETURN (
    SELECT i.testnumre OR EXISTS (SELECT FROM arbsok_lasting.aarets_fil AS f WHERE f.syntetisk)
    FROM trygdfob.innstilling AS i
);

COMMENT ON FUNCTION arbsok_lasting.testnumre_godtas() IS
    'Whether test persons'' numbers count as valid in the year being loaded: its files are synthetic, or innstilling.testnumre says so (spec.md 2).';
