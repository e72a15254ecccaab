-- tallets_personer: the persons in a month's figure: what they are in kjennemerke, the record of the miniregister, and
-- the month's file (spec.md 10, lineage). The file's line is not kept. It needs both roles, which is asked of the login
-- and not of the role that it has taken on, since this runs with the owner's rights.

CREATE OR REPLACE FUNCTION statistikk.tallets_personer(
    p_tabell text, p_periode text, p_koder text[], p_nummer integer DEFAULT NULL
) RETURNS TABLE (
    celle integer, fnr varchar, kjonn varchar, alder smallint, kommune varchar, bosted_grunn varchar, hoved varchar,
    dagdato date, uker integer, fil text, sha256 text
)
LANGUAGE plpgsql STABLE
SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
SET enable_nestloop = 'off' -- as when a version is made
AS $$
DECLARE
    v record;
BEGIN
    IF NOT (
        pg_has_role(session_user, 'fdtrygd_statistiker', 'USAGE') AND pg_has_role(session_user, 'fdtrygd_fnr', 'USAGE')
    ) THEN
        RAISE EXCEPTION 'The persons behind a figure are shown to members of both fdtrygd_statistiker and fdtrygd_fnr, '
            'and % is not.', session_user
            USING ERRCODE = 'FD009', HINT = 'forklar_tall goes as far as the base.';
    END IF;
    SELECT x.versjon, x.mal, x.mnddato, x.dagdato, s.sett INTO v
    FROM statistikk.versjon AS x
    LEFT JOIN befolkning.kjennemerkesett AS s
        ON s.mnddato = x.mnddato AND s.folkeregisterversjon = x.folkeregisterversjon
    WHERE x.versjon = statistikk.finn_tall(p_tabell, p_periode, p_koder, p_nummer);
    IF v.sett IS NULL THEN
        RAISE EXCEPTION '% has no persons to show: %.', p_periode,
            CASE WHEN v.mnddato IS NULL THEN 'averages are of months' ELSE 'the month is not loaded any more as it was' END
            USING ERRCODE = 'FD009', HINT = 'forklar_tall goes as far as the base.';
    END IF;
    RETURN QUERY
    SELECT g.celle, c.fnr, k.kjonn, k.alder, k.kommune, k.bosted_grunn, c.hoved, v.dagdato, c.egne_uker, f.fil, f.sha256
    FROM statistikk.tallets_grunnceller(v.versjon, p_tabell, p_koder) AS t
    JOIN statistikk.grunnlag AS g ON g.versjon = v.versjon AND g.celle = t.celle
    JOIN statistikk.personenes_celler(v.mal, v.mnddato, v.dagdato, v.sett) AS c
        ON statistikk.cellekode(c.lag, c.hoved, c.fylke, c.kommune, c.kjonn, c.alder, c.uker, c.bosatt)
        = statistikk.cellekode(g.lag, g.hoved, g.fylke, g.kommune, g.kjonn, g.alder, g.uker, g.bosatt)
    JOIN befolkning.kjennemerke AS k ON k.fnr = c.fnr AND k.mnddato = v.mnddato AND k.sett = v.sett
    JOIN trygdfob.maanedsfil AS f ON f.mnddato = v.mnddato
    WHERE c.telles
    ORDER BY g.celle, c.fnr;
END
$$;

COMMENT ON FUNCTION statistikk.tallets_personer(text, text, text[], integer) IS
    'The persons in a figure of a month, one row each: base cell, fødselsnummer, kjennemerke, main group, weeks of the main spell, and the month''s file. Parameters as those of forklar_tall. Error FD009: the login is not a member of both fdtrygd_statistiker and fdtrygd_fnr, or the month is not loaded (spec.md 10, lineage).';
