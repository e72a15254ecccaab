-- forklar: why each of a person's records exists, step by step in time order.
--
-- The dates shown are those that the rules give, worked out anew from the registrations (forklar_record). avvik says
-- where F_ARBSOK or VRAK_ARBSOK differs. It runs with the caller's rights: whoever may not read the tables gets
-- nothing. No column holds the fnr.
-- DateStyle is set so that dates in the text are ISO dates, whatever the client's style; jit is off, since compiling
-- would take longer than the answer.

CREATE OR REPLACE FUNCTION arbsok_lasting.forklar(p_fnr text, p_dato date DEFAULT NULL)
RETURNS TABLE (
    nr bigint, hva text, aargang integer, dagdato date, fdagdato date, henddato date, verdier text,
    sist_dagdato date, sist_henddato date, sist_verdier text, individ text, individ_hvorfor text,
    henddato_klasse text, henddato_hvorfor text, endret text, status text, statuskode text, status_tekst text,
    handling text, virkning text, kode text, record_verdier text, record_verdier_hvorfor text,
    regdato date, regdato_hvorfor text, tilgdato date, tilgdato_hvorfor text, avgdato date, avgdato_hvorfor text,
    asoktilg date, asoktilg_hvorfor text, asokavg date, asokavg_hvorfor text,
    hovedarbdato date, hovedarbdato_hvorfor text, tiltakdato date, tiltakdato_hvorfor text,
    ytelsedato date, ytelsedato_hvorfor text, tomdato date, tomdato_hvorfor text,
    asoktom date, asoktom_hvorfor text, regtom date, regtom_hvorfor text, avvik text
)
LANGUAGE sql STABLE PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
SET datestyle = 'ISO, YMD'
SET jit = off
BEGIN ATOMIC
SELECT row_number() OVER (ORDER BY u.plass, u.rang, u.kode), u.hva, u.aargang, u.dagdato, u.fdagdato, u.henddato,
    u.verdier, u.sist_dagdato, u.sist_henddato, u.sist_verdier, u.individ, u.individ_hvorfor, u.henddato_klasse,
    u.henddato_hvorfor, u.endret, u.status, u.statuskode, u.status_tekst, u.handling, u.virkning, u.kode,
    u.record_verdier, u.record_verdier_hvorfor, u.regdato, u.regdato_hvorfor, u.tilgdato, u.tilgdato_hvorfor,
    u.avgdato, u.avgdato_hvorfor, u.asoktilg, u.asoktilg_hvorfor, u.asokavg, u.asokavg_hvorfor,
    u.hovedarbdato, u.hovedarbdato_hvorfor, u.tiltakdato, u.tiltakdato_hvorfor, u.ytelsedato, u.ytelsedato_hvorfor,
    u.tomdato, u.tomdato_hvorfor, u.asoktom, u.asoktom_hvorfor, u.regtom, u.regtom_hvorfor, u.avvik
FROM (
    SELECT coalesce(r.dagdato, r.sist_dagdato, f.dagdato) AS plass,
        CASE WHEN r.handling = 'avslutning' THEN 2 WHEN r.fnr IS NULL THEN 4 ELSE 1 END AS rang,
        CASE WHEN r.fnr IS NULL THEN 'ukjent_record' WHEN r.handling = 'avslutning' THEN 'avslutning'
            ELSE 'registrering' END AS hva,
        coalesce(r.aargang, f.aargang) AS aargang, r.dagdato, r.fdagdato, r.henddato,
        arbsok_lasting.forklar_verdier(r.hoved, r.hovedarbstat, r.tiltak, r.ytelse) AS verdier,
        CASE WHEN r.fra_start THEN r.sist_dagdato END AS sist_dagdato,
        CASE WHEN r.fra_start THEN r.sist_henddato END AS sist_henddato,
        CASE WHEN r.fra_start
            THEN arbsok_lasting.forklar_verdier(r.sist_hoved, r.sist_hovedarbstat, r.sist_tiltak, r.sist_ytelse)
        END AS sist_verdier,
        CASE WHEN r.fra_start THEN r.individ END AS individ,
        CASE WHEN r.fra_start AND r.individ IS NOT NULL THEN CASE r.individ
            WHEN 'ny' THEN 'The person has no record in F_ARBSOK from before.'
            WHEN 'avsluttet' THEN format('The last spell was closed on %s, at a year''s end.', r.forrige_avslutning)
            WHEN 'uten_opphold' THEN format(
                'A spell runs, and the last registration, %s, is not before fdagdato, the previous extraction, %s.',
                r.sist_dagdato, r.fdagdato)
            ELSE format(
                'A spell runs, and the last registration, %s, is before fdagdato, the previous extraction, %s. Between '
                'the two registrations lie %s days, %s %s (innstilling.sammensying_dager); hoved is 5 in %s.',
                r.sist_dagdato, r.fdagdato, r.dagdato - r.sist_dagdato,
                CASE WHEN r.dagdato - r.sist_dagdato <= i.sammensying_dager THEN 'not more than' ELSE 'more than' END,
                i.sammensying_dager,
                CASE WHEN r.sist_hoved = '5' AND r.hoved = '5' THEN 'both' WHEN r.sist_hoved = '5' THEN 'the last one'
                    WHEN r.hoved = '5' THEN 'this one' ELSE 'neither' END)
        END END AS individ_hvorfor,
        CASE WHEN r.fra_start AND r.individ IN ('ny', 'avsluttet') THEN s.henddato_klasse
            WHEN r.fra_start THEN r.henddato_klasse END AS henddato_klasse,
        CASE WHEN r.fra_start AND r.dagdato IS NOT NULL THEN concat_ws(' ',
            CASE WHEN r.individ IN ('ny', 'avsluttet') THEN
                CASE
                    WHEN r.henddato IS NULL THEN format('henddato is missing; dagdato, %s, counts (T5):', r.dagdato)
                    WHEN r.henddato > r.dagdato
                        THEN format('henddato, %s, is after dagdato; dagdato, %s, counts (T5):', r.henddato, r.dagdato)
                    ELSE format('henddato, %s:', r.henddato)
                END || CASE s.henddato_klasse
                    WHEN 'etter_start' THEN format(' after the start of the series, %s', i.serie_start)
                    WHEN 'ikke_etter_start' THEN format(' not after the start of the series, %s', i.serie_start)
                    WHEN 'etter_fdagdato' THEN format(' after fdagdato, %s', r.fdagdato)
                    ELSE format(' not after fdagdato, %s', r.fdagdato)
                END || CASE WHEN s.seriemaaned IS NULL THEN '.'
                    ELSE format('; month %s of the series.', arbsok_lasting.seriemaaned(r.mnddato, i.serie_start)) END
            ELSE CASE r.henddato_klasse
                WHEN 'uendret' THEN format('henddato, %s, is within one day of the last registration''s, %s.',
                    r.henddato, r.sist_henddato)
                WHEN 'uoppgitt_eller_etter_dagdato' THEN
                    CASE WHEN r.henddato IS NULL THEN 'henddato is missing.'
                        ELSE format('henddato, %s, is after dagdato, %s.', r.henddato, r.dagdato) END
                ELSE format('henddato, %s, is more than a day from the last registration''s, %s, and %s fdagdato, %s.',
                    r.henddato, coalesce(r.sist_henddato::text, 'which is missing'),
                    CASE r.henddato_klasse WHEN 'ikke_etter_fdagdato' THEN 'not after' WHEN 'endret' THEN 'after'
                        ELSE 'the day after' END,
                    r.fdagdato)
            END END,
            'henddato is dagdato less ant_d_as_n, ' || r.ant_d_as_n || '.',
            CASE WHEN r.mrk_dl = 32
                THEN 'dagdato is the month''s right one; the record as delivered had another or none (mrk_dl 32).'
            END
        ) END AS henddato_hvorfor,
        CASE WHEN r.fra_start AND r.individ NOT IN ('ny', 'avsluttet') THEN
            coalesce(nullif(concat_ws(', ',
                CASE WHEN r.hoved_endret THEN format('hoved %s -> %s', r.sist_hoved, r.hoved) END,
                CASE WHEN r.hovedarbstat_endret THEN format('hovedarbstat %s -> %s',
                    coalesce(r.sist_hovedarbstat, '(none)'), coalesce(r.hovedarbstat, '(none)')) END,
                CASE WHEN r.tiltak_endret THEN format('tiltak %s -> %s',
                    coalesce(r.sist_tiltak, '(none)'), coalesce(r.tiltak, '(none)')) END,
                CASE WHEN r.ytelse_endret THEN format('ytelse %s -> %s',
                    coalesce(r.sist_ytelse, '(none)'), coalesce(r.ytelse, '(none)')) END
            ), ''), 'nothing')
        END AS endret,
        r.status, r.statuskode::text,
        CASE
            WHEN r.handling = 'avslutning' THEN format(
                'Avsluttet av avslutningsprosedyren: statuskoden til siste record, %s, med X som andre tegn. %s',
                r.statuskode, s.tekst)
            ELSE s.tekst || CASE WHEN r.statuskode <> r.status THEN format(
                ' Siste bokstav, %s: påbegynte uker mellom de to registreringene, %s.', right(r.status, 1),
                ascii(right(r.status, 1)) - 64) ELSE '' END
        END AS status_tekst,
        r.handling::text,
        CASE
            WHEN r.fnr IS NULL THEN
                'The record stands in F_ARBSOK, and the rules as they are now do not give it from what is loaded.'
            WHEN NOT r.fra_start
                THEN format('No record: the month is before that of the start of the series, %s.', i.serie_start)
            ELSE CASE r.handling
                WHEN 'venstresensur' THEN 'One record: a left-censored entry. ' || CASE r.kode
                    WHEN '3' THEN 'kode 3: the status is older than the series.'
                    ELSE 'kode 9: met in the series'' first months; whether the spell ran before is not known.' END
                WHEN 'tilgang' THEN 'One record: an entry, kode 1, to the register.'
                WHEN 'ingen' THEN 'No record: the running spell goes on unchanged.'
                WHEN 'endring' THEN 'One record: a change, kode 2, in the running spell.'
                WHEN 'gruppeovergang' THEN 'Two records: the exit, kode 0, from the main group, and the entry, kode 1, '
                    'to the other one; the main spell goes on.'
                WHEN 'avgang_tilgang' THEN 'Two records: the exit, kode 0, of the running spell, and the entry, kode '
                    '1, of a new one.'
                WHEN 'vrak' THEN 'No record: the registration is rejected and stands in VRAK_ARBSOK. The spell runs '
                    'on; the next registration is compared with this one.'
                ELSE format('One record: the exit, kode 0. The last registration, %s, is %s days before the last '
                    'extraction of %s, %s: more than %s (innstilling.avslutning_dager).', r.sist_dagdato,
                    r.siste_dagdato - r.sist_dagdato, r.aargang, r.siste_dagdato, r.avslutning_dager)
            END
        END AS virkning,
        coalesce(r.kode, f.kode) AS kode,
        CASE WHEN r.kode = '0'
            THEN arbsok_lasting.forklar_verdier(r.sist_hoved, r.sist_hovedarbstat, r.sist_tiltak, r.sist_ytelse)
            WHEN r.kode IS NOT NULL THEN arbsok_lasting.forklar_verdier(r.hoved, r.hovedarbstat, r.tiltak, r.ytelse)
        END AS record_verdier,
        CASE WHEN r.kode IS NOT NULL THEN format(
            'As the %s registration, of %s, has them; so also dagdato, fdagdato and henddato.',
            CASE r.kode WHEN '0' THEN 'last' ELSE 'present' END,
            CASE r.kode WHEN '0' THEN r.sist_dagdato ELSE r.dagdato END
        ) END AS record_verdier_hvorfor,
        coalesce(r.regdato, f.regdato) AS regdato,
        CASE
            WHEN r.kode IS NULL THEN NULL
            WHEN r.handling = 'avslutning' THEN 'dagdato of the last registration: the last day the person was seen.'
            ELSE format('%s: %s of %s.', arbsok_lasting.forklar_regeldato(x.regel, r.dagdato, r.fdagdato, r.henddato,
                r.sist_dagdato), CASE r.kode WHEN '0' THEN 'avgang_dato' ELSE 'tilgang_dato' END, r.statuskode)
        END AS regdato_hvorfor,
        r.tilgdato,
        CASE WHEN x.ny_tilfelle THEN 'regdato: the record opens the main spell.'
            WHEN r.kode IS NOT NULL THEN format('Carried from the record that opened the main spell, %s.',
                r.tilgdato_fra) END AS tilgdato_hvorfor,
        r.avgdato,
        CASE WHEN r.avgdato IS NOT NULL THEN 'regdato: the record closes the main spell.'
            WHEN r.kode = '0' THEN 'Empty: the main spell goes on in another main group.'
            WHEN r.kode IS NOT NULL THEN 'Empty: the record is no exit.' END AS avgdato_hvorfor,
        r.asoktilg,
        CASE WHEN x.ny_gruppe THEN 'regdato: the record opens the group spell.'
            WHEN r.kode IS NOT NULL THEN format('Carried from the record that opened the group spell, %s.',
                r.asoktilg_fra) END AS asoktilg_hvorfor,
        r.asokavg,
        CASE WHEN r.kode = '0' THEN 'regdato: the record closes the group spell.'
            WHEN r.kode IS NOT NULL THEN 'Empty: the record is no exit.' END AS asokavg_hvorfor,
        r.hovedarbdato,
        CASE WHEN x.ny_gruppe THEN x.nye
            WHEN r.kode <> '0' AND r.hovedarbstat_endret THEN 'regdato: hovedarbstat changed.'
            WHEN r.kode IS NOT NULL THEN x.baaret || r.hovedarbdato_fra || '.' END AS hovedarbdato_hvorfor,
        r.tiltakdato,
        CASE WHEN x.ny_gruppe THEN x.nye
            WHEN r.kode <> '0' AND r.tiltak_endret THEN 'regdato: tiltak changed.'
            WHEN r.kode IS NOT NULL THEN x.baaret || r.tiltakdato_fra || '.' END AS tiltakdato_hvorfor,
        r.ytelsedato,
        CASE WHEN x.ny_gruppe THEN x.nye
            WHEN r.kode <> '0' AND r.ytelse_endret THEN 'regdato: ytelse changed.'
            WHEN r.kode IS NOT NULL THEN x.baaret || r.ytelsedato_fra || '.' END AS ytelsedato_hvorfor,
        r.tomdato,
        CASE WHEN r.avgdato IS NOT NULL THEN 'avgdato: the record closes the main spell.'
            WHEN r.tomdato IS NOT NULL THEN format('avgdato of the exit that closes the main spell, %s.', r.tomdato_av)
            WHEN r.kode IS NOT NULL THEN 'Empty: the main spell runs.' END AS tomdato_hvorfor,
        r.asoktom,
        CASE WHEN r.kode = '0' THEN 'asokavg: the record closes the group spell.'
            WHEN r.asoktom IS NOT NULL THEN format('asokavg of the exit that closes the group spell, %s.', r.asoktom_av)
            WHEN r.kode IS NOT NULL THEN 'Empty: the group spell runs.' END AS asoktom_hvorfor,
        r.regtom,
        CASE WHEN r.kode = '0' THEN 'regdato: an exit.'
            WHEN r.regtom_handling = 'endring' THEN format('The day before the next change, %s.', r.regtom_av)
            WHEN r.regtom IS NOT NULL THEN format('asoktom: the values held until the exit, %s.', r.regtom_av)
            WHEN r.kode IS NOT NULL THEN 'Empty: the values hold still.' END AS regtom_hvorfor,
        CASE
            WHEN r.kode IS NOT NULL AND f.fnr IS NULL THEN 'F_ARBSOK does not have this record.'
            WHEN r.kode IS NULL AND h.vrakes AND v.status IS NULL THEN 'VRAK_ARBSOK does not have it.'
            WHEN r.kode IS NULL AND v.status IS DISTINCT FROM CASE WHEN h.vrakes THEN r.status END
                THEN format('VRAK_ARBSOK has it, with status %s.', v.status)
            WHEN r.kode IS NOT NULL THEN (
                SELECT 'F_ARBSOK has ' || string_agg(d.felt || ' ' || coalesce(d.tabell, '(none)'), ', ') || '.'
                FROM (VALUES
                    ('status', r.status, f.status::text),
                    ('values', CASE r.kode
                        WHEN '0' THEN arbsok_lasting.forklar_verdier(r.sist_hoved, r.sist_hovedarbstat, r.sist_tiltak,
                            r.sist_ytelse)
                        ELSE arbsok_lasting.forklar_verdier(r.hoved, r.hovedarbstat, r.tiltak, r.ytelse)
                    END, arbsok_lasting.forklar_verdier(f.hoved, f.hovedarbstat, f.tiltak, f.ytelse)),
                    ('dagdato', CASE r.kode WHEN '0' THEN r.sist_dagdato ELSE r.dagdato END::text, f.dagdato::text),
                    ('henddato', CASE r.kode WHEN '0' THEN r.sist_henddato ELSE r.henddato END::text,
                        f.henddato::text),
                    ('tilgdato', r.tilgdato::text, f.tilgdato::text),
                    ('avgdato', r.avgdato::text, f.avgdato::text),
                    ('asoktilg', r.asoktilg::text, f.asoktilg::text),
                    ('asokavg', r.asokavg::text, f.asokavg::text),
                    ('hovedarbdato', r.hovedarbdato::text, f.hovedarbdato::text),
                    ('tiltakdato', r.tiltakdato::text, f.tiltakdato::text),
                    ('ytelsedato', r.ytelsedato::text, f.ytelsedato::text),
                    ('tomdato', r.tomdato::text, f.tomdato::text),
                    ('asoktom', r.asoktom::text, f.asoktom::text),
                    ('regtom', r.regtom::text, f.regtom::text)
                ) AS d (felt, regel, tabell)
                WHERE d.regel IS DISTINCT FROM d.tabell
            )
        END AS avvik
    FROM (SELECT * FROM arbsok_lasting.forklar_record(p_fnr)) AS r
    FULL JOIN (
        SELECT a.*
        FROM trygdfob.person AS p
        JOIN trygdfob.f_arbsok AS a ON a.lopenr = p.lopenr
        WHERE p.fnr = p_fnr AND a.fnr = p_fnr
    ) AS f ON f.fnr = r.fnr AND f.regdato = r.regdato AND f.kode = r.kode
    LEFT JOIN trygdfob.vrak_arbsok AS v ON v.fnr = r.fnr AND v.dagdato = r.dagdato
    LEFT JOIN trygdfob.statuskode AS s ON s.status = r.statuskode
    LEFT JOIN trygdfob.handling AS h ON h.handling = r.handling
    CROSS JOIN trygdfob.innstilling AS i
    CROSS JOIN LATERAL (
        SELECT CASE r.kode WHEN '0' THEN s.avgang_dato ELSE s.tilgang_dato END AS regel,
            r.kode <> '0' AND h.ny_gruppe AS ny_gruppe,
            r.kode <> '0' AND h.nytt_tilfelle AS ny_tilfelle,
            'regdato: an entry dates all three anew'
            || CASE r.handling WHEN 'gruppeovergang' THEN ', also what did not change.' ELSE '.' END AS nye,
            CASE r.kode WHEN '0' THEN 'Carried from the spell that is closed: ' ELSE 'Unchanged; carried from ' END
            AS baaret
    ) AS x
    UNION ALL
    -- Records that were set aside; their fnr is as delivered and may have blanks around it
    SELECT m.dagdato, 3, 'lagt_til_side', b.aargang, m.dagdato, m.fdagdato, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
        NULL, NULL, NULL, NULL, NULL, NULL, NULL,
        format('No record: line %s of %s (as_stat %s, dagdato %s, ant_d_as %s, as_gr %s) was set aside. %s', b.linje,
            m.fil, coalesce(b.as_stat, '(none)'), coalesce(b.dagdato, '(none)'), coalesce(b.ant_d_as, '(none)'),
            coalesce(b.as_gr, '(none)'), CASE b.grunn
                WHEN 'dublett' THEN 'dublett: another record of the person in the month was kept (T2).'
                WHEN 'tall_i_as_stat' THEN 'tall_i_as_stat: its as_stat has six or more digits in a row (T13).'
                ELSE 'ugyldig_fnr: its fnr is not 11 digits (T1).' END),
        NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
        NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL
    FROM trygdfob.lagt_til_side AS b
    JOIN trygdfob.maanedsfil AS m ON m.mnddato = b.mnddato
    WHERE btrim(b.fnr, trygdfob.blanke()) = p_fnr
) AS u
WHERE p_dato IS NULL OR p_dato BETWEEN u.regdato AND coalesce(u.regtom, 'infinity')
ORDER BY u.plass, u.rang, u.kode;
END;

COMMENT ON FUNCTION arbsok_lasting.forklar(text, date) IS
    'Why each record of a person exists, in time order: a row for each registration and each record that it gave, for each closing at a year''s end, and for each record that was set aside. The columns ..._hvorfor have the reasons in words; avvik says where the tables differ from what the rules give. With p_dato you get only the rows whose record holds on that day (regdato to regtom, both inclusive; an exit holds on its own day), each with the two registrations that made it. In psql, use \x.';
