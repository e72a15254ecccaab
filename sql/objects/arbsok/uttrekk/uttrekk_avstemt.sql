-- uttrekk_avstemt: on each extraction date, how many persons F_ARBSOK and the miniregister agree on, and why not on the
-- others. It reads F_ARBSOK once for each date; with a condition on dagdato only for that one.

CREATE OR REPLACE VIEW arbsok_lasting.uttrekk_avstemt AS
SELECT m.dagdato, a.slag, a.forklaring, a.status, a.antall
FROM trygdfob.maanedsfil AS m
CROSS JOIN LATERAL (
    SELECT s.slag, s.forklaring, arbsok.uten_ukebokstav(s.status) AS status, count(*) AS antall
    FROM arbsok_lasting.uttrekk_sammenlignet(m.dagdato) AS s
    GROUP BY 1, 2, 3
) AS a;

COMMENT ON VIEW arbsok_lasting.uttrekk_avstemt IS
    'F_ARBSOK against the miniregister on each extraction date from the start of the series on. like, andre_verdier and bare_i_miniregister add up to the extraction; like, andre_verdier and bare_i_forlop to the cross-section of F_ARBSOK. Every row except like must have a forklaring, or else the load is wrong (spec.md 3 and 4; docs/cross-section.md).';
COMMENT ON COLUMN arbsok_lasting.uttrekk_avstemt.slag IS
    'like: both have the person, with the same main group, hovedarbstat, tiltak and ytelse; andre_verdier: both have the person, but one of these differs; bare_i_forlop: only F_ARBSOK has the person; bare_i_miniregister: only the extraction has.';
COMMENT ON COLUMN arbsok_lasting.uttrekk_avstemt.forklaring IS
    'The rule that makes the difference. sydd_13_uker: a gap of at most 13 weeks in group 5 was sewn over (T11); tilgang_tilbakedatert: an entry of the series'' second or third month is dated before an earlier extraction (FK050, FK060); venter_paa_neste_aargang: not seen since before the date, and only the next year''s load can close the spell (T7). Empty where there is no difference, or where no rule makes it.';
