-- fest_filer: enters the year's month files, and what they gave. fest_miniregister calls it. So does fdtrygd
-- check-files, which looks at the files of several years and then rolls back, so that the next year has something to be
-- compared with.

CREATE OR REPLACE FUNCTION arbsok_lasting.fest_filer(p_aargang integer) RETURNS bigint
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    filer bigint;
BEGIN
    INSERT INTO trygdfob.maanedsfil
        (mnddato, aargang, maaned, fil, bytes, sha256, endringstid, antall, dagdato, fdagdato)
    SELECT f.mnddato, f.aargang, f.maaned, f.fil, f.bytes, f.sha256, f.endringstid, f.antall, f.dagdato, f.fdagdato
    FROM arbsok_lasting.aarets_fil AS f
    WHERE f.aargang = p_aargang AND f.i_miniregisteret IS NOT NULL;
    GET DIAGNOSTICS filer = ROW_COUNT;
    INSERT INTO arbsok_lasting.maanedsfil_tall (mnddato, aargang, tall_i_as_stat, ugyldig_fnr, dublett, i_miniregisteret,
        uten_henddato, rettet_dagdato, feil_i_fnr, lengste_dager, paa_lengste_dager)
    SELECT f.mnddato, f.aargang, coalesce(f.tall_i_as_stat, 0), coalesce(f.ugyldig_fnr, 0), coalesce(f.dublett, 0),
        f.i_miniregisteret, f.uten_henddato, f.rettet_dagdato, f.feil_i_fnr, f.lengste_dager, f.paa_lengste_dager
    FROM arbsok_lasting.aarets_fil AS f
    WHERE f.aargang = p_aargang AND f.i_miniregisteret IS NOT NULL;
    RETURN filer;
END
$$;

COMMENT ON FUNCTION arbsok_lasting.fest_filer(integer) IS
    'Enters the month files of the year being loaded from which a miniregister was made in maanedsfil, and what they gave in maanedsfil_tall; returns how many (spec.md 2).';
