-- prosjektstatus: the projects, with what they have got and what must be done about them.

CREATE OR REPLACE VIEW leveranse.prosjektstatus AS
SELECT p.prosjekt, p.tittel, p.vedtak, p.tilstand, p.gyldig_til, p.slettes_etter,
    count(u.utlevering) FILTER (WHERE u.tilstand = 'ferdig') AS leveranser,
    max(u.ferdig) AS siste,
    count(u.utlevering) FILTER (WHERE u.tilstand = 'begynt') AS begynte,
    p.tilstand <> 'slettet' AND leveranse.norsk_dag(now()) > p.slettes_etter AS skal_slettes
FROM leveranse.prosjekt AS p
LEFT JOIN leveranse.utlevering AS u ON u.prosjekt = p.prosjekt
GROUP BY p.prosjekt;

COMMENT ON VIEW leveranse.prosjektstatus IS
    'One row a project: its state, how many deliveries it has got and when the last one, how many stand as begun, and whether its key is to be destroyed now (spec.md 9, projects).';
COMMENT ON COLUMN leveranse.prosjektstatus.leveranser IS 'Deliveries and repeats that are done.';
COMMENT ON COLUMN leveranse.prosjektstatus.siste IS 'When the last of them was done.';
COMMENT ON COLUMN leveranse.prosjektstatus.skal_slettes IS 'Whether slettes_etter is past, and key and lists are still there: fdtrygd project destroy.';
