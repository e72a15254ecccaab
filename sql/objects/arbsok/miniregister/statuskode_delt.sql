-- statuskode_delt: as_stat split into its three parts: the first two characters, what stands between, the last two.
-- Each is trimmed, and a blank one is missing (spec.md 2, the status code; the source's 2.2.2).

CREATE OR REPLACE VIEW arbsok_lasting.statuskode_delt AS
SELECT
    a.*,
    nullif(btrim(left(a.as_stat, 2), trygdfob.blanke()), '') AS hovedarbstat,
    CASE WHEN length(a.as_stat) >= 5
        THEN nullif(btrim(substr(a.as_stat, 3, length(a.as_stat) - 4), trygdfob.blanke()), '')
    END AS tiltak,
    CASE WHEN length(a.as_stat) >= 4
        THEN nullif(btrim(right(a.as_stat, 2), trygdfob.blanke()), '')
    END AS ytelse
FROM (
    SELECT d.*, nullif(btrim(d.as_stat_tekst, trygdfob.blanke()), '') AS as_stat
    FROM arbsok_lasting.dagdato_rettet AS d
) AS a;

COMMENT ON VIEW arbsok_lasting.statuskode_delt IS
    'While a year is being loaded: its combinations of coded fields with hovedarbstat, tiltak and ytelse taken out of as_stat (spec.md 2, the status code; the source''s 2.2.2).';
