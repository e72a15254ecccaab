-- hvorfor_ikke_utlevert: why a project gets nothing now, or no repeat of what it has got (spec.md 9, projects). It is
-- asked when a delivery is begun and again when its rows are read: between the two a year may pass.

CREATE OR REPLACE FUNCTION leveranse.hvorfor_ikke_utlevert(p_prosjekt text, p_gjentakelse boolean) RETURNS text
LANGUAGE sql STABLE
BEGIN ATOMIC
SELECT CASE
    WHEN p.prosjekt IS NULL THEN format('there is no project %s: fdtrygd project create FILE.toml', e.prosjekt)
    WHEN p.tilstand = 'slettet' THEN format('project %s is destroyed: it gets no delivery', p.prosjekt)
    WHEN leveranse.norsk_dag(now()) > p.slettes_etter THEN
        format('project %s was to be destroyed after %s: fdtrygd project destroy %s', p.prosjekt, p.slettes_etter,
            p.prosjekt)
    WHEN p.tilstand = 'lukket' AND NOT p_gjentakelse THEN
        format('project %s is closed: it gets no delivery', p.prosjekt)
    WHEN leveranse.norsk_dag(now()) > p.gyldig_til AND NOT p_gjentakelse THEN
        format('the decision behind project %s held until %s', p.prosjekt, p.gyldig_til)
    WHEN NOT EXISTS (SELECT FROM leveranse_nokkel.prosjektnokkel AS n WHERE n.prosjekt = p.prosjekt) THEN
        format('the key of project %s is missing, as after a restore without keys: no number would be what it was',
            p.prosjekt)
END
FROM (VALUES (p_prosjekt)) AS e (prosjekt)
LEFT JOIN leveranse.prosjekt AS p ON p.prosjekt = e.prosjekt;
END;

COMMENT ON FUNCTION leveranse.hvorfor_ikke_utlevert(text, boolean) IS
    'Why a project gets no delivery now, or (p_gjentakelse) no repeat of one that it has got, as the end of a sentence; empty where it does (spec.md 9, projects).';
