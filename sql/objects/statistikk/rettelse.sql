-- rettelse: every published figure by version, beside what the version before had (spec.md 10, versions). A figure that
-- comes where there was none corrects nothing.

CREATE OR REPLACE VIEW statistikk.rettelse AS
SELECT r.tabell, r.periode, r.koder, r.nummer, r.grunn, r.publisert, r.verdi, r.symbol, r.forrige_verdi,
    r.forrige_symbol,
    coalesce(coalesce(r.verdi::text, r.symbol) <> r.forrige_verdi::text, false) AS rettet
FROM (
    SELECT c.tabell, v.periode, c.koder, v.nummer, v.grunn, v.publisert, c.verdi, c.symbol,
        lag(c.verdi) OVER forut AS forrige_verdi, lag(c.symbol) OVER forut AS forrige_symbol
    FROM statistikk.celle AS c
    JOIN statistikk.versjon AS v ON v.versjon = c.versjon
    WHERE v.tilstand = 'publisert'
    WINDOW forut AS (PARTITION BY c.tabell, v.periode, c.koder ORDER BY v.nummer)
) AS r;

COMMENT ON VIEW statistikk.rettelse IS
    'Every published figure, version by version, with what the version before had and whether it was corrected (spec.md 10, versions).';
COMMENT ON COLUMN statistikk.rettelse.forrige_verdi IS 'The figure in the version before.';
COMMENT ON COLUMN statistikk.rettelse.forrige_symbol IS 'The symbol in the version before.';
COMMENT ON COLUMN statistikk.rettelse.rettet IS 'Whether the version before had another figure.';
