-- sjekkfnr_dub: sets aside records that identify nobody, and duplicates, with the reason (T1, T2).
-- Original program: sjekkfnr_dub.sas (spec.md 2, fnr control and duplicates). Duplicates have the same fnr and month.
-- Of identical ones one stays as well, and which one does not depend on the order of the file.
-- Few months have any. So the index that becomes the month's key (nokkel_miniregister) is made first, and only where
-- that fails is it asked who is there more than once.

CREATE OR REPLACE FUNCTION arbsok_lasting.sjekkfnr_dub(p_aargang integer, p_maaned integer) RETURNS bigint
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    tabell text := arbsok_lasting.miniregister_maaned(p_aargang, p_maaned);
    unik text := format('CREATE UNIQUE INDEX %s_pkey ON %s (fnr, mnddato, aargang)', split_part(tabell, '.', 2), tabell);
    testnumre boolean := arbsok_lasting.testnumre_godtas();
    flere text [];
    i_tabellen bigint;
    ugyldige bigint := 0;
    dubletter bigint := 0;
BEGIN
    BEGIN
        EXECUTE unik;
    EXCEPTION WHEN unique_violation THEN
        EXECUTE format('SELECT array_agg(d.fnr) FROM (SELECT fnr FROM %s GROUP BY fnr HAVING count(*) > 1) AS d', tabell)
        INTO flere;
    END;
    EXECUTE format('SELECT count(*) FROM %s', tabell) INTO i_tabellen;

    IF i_tabellen < (SELECT f.antall FROM arbsok_lasting.aarets_fil AS f WHERE f.maaned = p_maaned) THEN
        INSERT INTO arbsok_lasting.aarets_lagt_til_side
            (aargang, mnddato, linje, grunn, fnr, as_stat, dagdato, ant_d_as, as_gr, as_f, mnd)
        SELECT p_aargang, make_date(p_aargang, p_maaned, 1), r.linje, 'ugyldig_fnr', nullif(r.fnr, ''),
            nullif(r.as_stat, ''), nullif(r.dagdato, ''), nullif(r.ant_d_as, ''), nullif(r.as_gr, ''),
            nullif(r.as_f, ''), nullif(r.mnd, '')
        FROM arbsok_lasting.raa AS r
        WHERE r.maaned = p_maaned
            AND NOT trygdfob.identifiserer(r.fnr)
            AND NOT trygdfob.identifiserer(btrim(r.fnr, trygdfob.blanke()));
        GET DIAGNOSTICS ugyldige = ROW_COUNT;
    END IF;

    IF flere IS NOT NULL THEN
        INSERT INTO arbsok_lasting.aarets_lagt_til_side
            (aargang, mnddato, linje, grunn, fnr, as_stat, dagdato, ant_d_as, as_gr, as_f, mnd)
        SELECT d.aargang, d.mnddato, d.linje, 'dublett', nullif(d.fnr, ''), nullif(d.as_stat, ''),
            nullif(d.dagdato, ''), nullif(d.ant_d_as, ''), nullif(d.as_gr, ''), nullif(d.as_f, ''), nullif(d.mnd, '')
        FROM (
            SELECT a.aargang, a.mnddato, r.*,
                row_number() OVER (
                    PARTITION BY a.fnr
                    -- The order of T2, and among records that are equal in it the text as it was read
                    ORDER BY a.ant_d_as_n NULLS LAST, a.as_stat DESC NULLS LAST, a.mrk_dl NULLS FIRST,
                        a.as_gr COLLATE "C" DESC NULLS LAST, a.as_f COLLATE "C" DESC NULLS LAST,
                        r.fnr, r.as_stat, r.dagdato, r.ant_d_as, r.as_gr, r.as_f, r.mnd, r.linje
                ) AS nummer
            FROM arbsok_lasting.aarsfil(p_maaned, testnumre, flere) AS a
            JOIN arbsok_lasting.raa AS r ON r.maaned = p_maaned AND r.linje = a.linje
        ) AS d
        WHERE d.nummer > 1;
        GET DIAGNOSTICS dubletter = ROW_COUNT;

        EXECUTE format('DELETE FROM %s WHERE fnr = ANY($1)', tabell) USING flere;
        EXECUTE format($sql$
            INSERT INTO %s (fnr, hoved, hovedarbstat, tiltak, ytelse, dagdato, fdagdato, mnddato,
                mrk_sys, mrk_fnr, mrk_dl, ant_d_as_n, henddato, as_f, as_gr, aargang)
            SELECT a.fnr, a.hoved, a.hovedarbstat, a.tiltak, a.ytelse, a.dagdato, a.fdagdato, a.mnddato,
                a.mrk_sys, a.mrk_fnr, a.mrk_dl, a.ant_d_as_n, a.henddato, a.as_f, a.as_gr, a.aargang
            FROM arbsok_lasting.aarsfil(%s, %L, $1) AS a
            WHERE NOT EXISTS (
                SELECT FROM arbsok_lasting.aarets_lagt_til_side AS s WHERE s.mnddato = a.mnddato AND s.linje = a.linje
            )
            $sql$, tabell, p_maaned, testnumre) USING flere;
        EXECUTE unik;
    END IF;
    UPDATE arbsok_lasting.aarets_fil SET ugyldig_fnr = ugyldige, dublett = dubletter WHERE maaned = p_maaned;
    RETURN ugyldige + dubletter;
END
$$;

COMMENT ON FUNCTION arbsok_lasting.sjekkfnr_dub(integer, integer) IS
    'Sets aside a month''s records whose fnr is not 11 digits (T1), and all but one of those that share an fnr (T2), takes the latter out of its miniregister, and makes the index by which no fnr is there twice; returns how many (original sjekkfnr_dub.sas).';
