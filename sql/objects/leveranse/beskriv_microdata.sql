-- beskriv_microdata: all that the datasets for microdata.no are, but for their rows: what their metadata says, their
-- codes, how many rows they have. What microdata.no would not take is refused here, before there is a file.
-- microdata.no takes only codes that a list has, and does not look at the day. So a code that no list has, or not for
-- the days on which it stands, comes into the list of its dataset as an unknown one.

CREATE OR REPLACE FUNCTION leveranse.beskriv_microdata(p_utlevering integer) RETURNS jsonb
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
SET datestyle = 'ISO, YMD'
AS $$
DECLARE
    v_til date := leveranse.min_microdata(p_utlevering);
    v_start date := (SELECT e.serie_start FROM arbsok.endelighet AS e);
    v_syntetisk boolean := coalesce((SELECT bool_or(l.syntetisk) FROM trygdfob.lastet_aargang AS l), false);
    alle jsonb;
    feil text;
BEGIN
    -- The combinations of values are few: so the records are gone through once
    WITH kombinasjon AS MATERIALIZED (
        SELECT f.hoved, f.hovedarbstat, f.tiltak, f.ytelse,
            count(*) FILTER (WHERE f.hoved_ny) AS hoved_ny,
            count(*) FILTER (WHERE f.hovedarbstat_ny) AS hovedarbstat_ny,
            count(*) FILTER (WHERE f.tiltak_ny) AS tiltak_ny,
            count(*) FILTER (WHERE f.ytelse_ny) AS ytelse_ny,
            -- A group spell that runs has one row that does, in each dataset
            count(*) FILTER (WHERE f.hoved_ny AND f.asoktom IS NULL) AS apne,
            sum(coalesce(f.regtom, v_til) - f.regdato + 1) AS dager,
            min(f.regdato) AS fra,
            max(coalesce(f.regtom, v_til)) AS til
        FROM leveranse.microdata_hendelser(v_til) AS f
        GROUP BY f.hoved, f.hovedarbstat, f.tiltak, f.ytelse
    ), verdi AS MATERIALIZED (
        SELECT v.variabel, v.verdi, sum(v.rader)::bigint AS rader, sum(k.apne)::bigint AS apne,
            sum(k.dager)::bigint AS dager, min(k.fra) AS fra, max(k.til) AS til
        FROM kombinasjon AS k
        CROSS JOIN LATERAL (VALUES
            ('hoved', k.hoved, k.hoved_ny), ('hovedarbstat', k.hovedarbstat, k.hovedarbstat_ny),
            ('tiltak', k.tiltak, k.tiltak_ny), ('ytelse', k.ytelse, k.ytelse_ny)
        ) AS v (variabel, verdi, rader)
        GROUP BY v.variabel, v.verdi
    ), listet AS (
        SELECT m.datasett, k.kode, k.rekkefolge, k.tekst, coalesce(k.gyldig_fra, v_start) AS gyldig_fra, k.gyldig_til
        FROM leveranse.microdata AS m
        JOIN leveranse.variabel AS a ON a.variabel = m.variabel
        JOIN leveranse.kode_en_gang AS k ON k.kodeliste = a.kodeliste
    ), ukjent AS (
        SELECT m.datasett, v.verdi AS kode, v.rader, u.fra AS gyldig_fra, u.til AS gyldig_til
        FROM leveranse.microdata AS m
        JOIN verdi AS v ON v.variabel = m.variabel
        LEFT JOIN listet AS l ON l.datasett = m.datasett AND l.kode = v.verdi
        CROSS JOIN LATERAL (VALUES
            (l.kode IS NULL, v_start, NULL),
            (v.fra < l.gyldig_fra, v_start, l.gyldig_fra - 1),
            (v.til > l.gyldig_til, l.gyldig_til + 1, NULL)
        ) AS u (er, fra, til)
        WHERE u.er AND v.verdi IS NOT NULL
    )
    SELECT jsonb_agg(jsonb_build_object(
        'datasett', m.datasett, 'navn', m.navn, 'tekst', m.tekst, 'sensitivitet', m.sensitivitet,
        'populasjon', m.populasjon, 'emner', m.emner,
        'utgave', format(m.utgave, v_start, v_til)
            || CASE WHEN v_syntetisk THEN ' Syntetiske data: ingen av personene finnes.' ELSE '' END,
        'uoppgitt', m.uoppgitt, 'uoppgitt_tekst', m.uoppgitt_tekst,
        'rader', s.rader, 'apne', s.apne, 'dager', s.dager,
        'koder', (
            SELECT jsonb_agg(jsonb_build_object('kode', k.kode, 'tekst', k.tekst, 'gyldig_fra', k.gyldig_fra,
                'gyldig_til', k.gyldig_til) ORDER BY k.rekkefolge, k.kode COLLATE "C", k.gyldig_fra)
            FROM (
                SELECT l.rekkefolge, l.kode, l.tekst, l.gyldig_fra, l.gyldig_til FROM listet AS l
                WHERE l.datasett = m.datasett
                UNION ALL
                SELECT NULL, k.kode, m.ukjent_tekst, k.gyldig_fra, k.gyldig_til FROM ukjent AS k
                WHERE k.datasett = m.datasett
            ) AS k
        ),
        'ukjente', (
            SELECT coalesce(jsonb_object_agg(k.kode, k.rader), '{}') FROM ukjent AS k WHERE k.datasett = m.datasett
        ),
        'feil', CASE
            WHEN s.rader = s.apne THEN format('no row of it has an end by %s, and microdata.no takes no dataset '
                'without ends: name a later day', v_til)
            WHEN EXISTS (SELECT FROM verdi AS v WHERE v.variabel = m.variabel AND v.verdi = m.uoppgitt)
                THEN format('%s, which stands for a missing value, is a code in the register', m.uoppgitt)
        END
    ) ORDER BY m.rekkefolge) INTO alle
    FROM leveranse.microdata AS m
    CROSS JOIN LATERAL (
        SELECT coalesce(sum(v.rader), 0)::bigint AS rader, coalesce(sum(v.apne), 0)::bigint AS apne,
            coalesce(sum(v.dager), 0)::bigint AS dager
        FROM verdi AS v
        WHERE v.variabel = m.variabel
    ) AS s;
    SELECT string_agg(format('%s: %s.', d.sett ->> 'datasett', d.sett ->> 'feil'), E'\n' ORDER BY d.nr) INTO feil
    FROM jsonb_array_elements(alle) WITH ORDINALITY AS d (sett, nr)
    WHERE d.sett ->> 'feil' IS NOT NULL;
    IF feil IS NOT NULL THEN
        RAISE EXCEPTION '%', feil USING ERRCODE = 'FD007', HINT = 'Nothing is delivered.';
    END IF;
    RETURN jsonb_build_object(
        'personer', (
            SELECT count(*)
            FROM (SELECT DISTINCT f.lopenr FROM leveranse.microdata_hendelser(v_til) AS f WHERE f.hoved_ny) AS p
        ),
        'datasett', alle
    );
END
$$;

COMMENT ON FUNCTION leveranse.beskriv_microdata(integer) IS
    'What the datasets for microdata.no that the caller has begun are, as JSON: the texts of their metadata, their codes with those that no list has, and counts of rows, of those without an end (apne), and of days. Error FD007: microdata.no would not take one of them (spec.md 9, microdata.no).';
