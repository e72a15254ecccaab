-- The opponent of `make bench`: the original's architecture, a loop over L_ARBSOK record by record, as its Oracle
-- PL/SQL package ASOK_NY_AARGANG was built (the source's 5.7, flow chart, and 5.9.3 to 5.9.14). The rules are spec.md
-- 3 and 4; they are written as the IF and ELSIF that PL/SQL would have: nothing is shared with sql/objects.
--
-- What would slow the loop down without need is left out: H_ARBSOK is unlogged (the original: NOLOGGING), F_ARBSOK has
-- its key and no other index, the usual case (still registered, nothing new) is decided first, nothing is logged per
-- record, and the post-processing looks only at records that are still open.
-- So is what the original did not have, and the product does within the time that is compared: numbers for new persons
-- (gi_lopenummer, table person), lopenr in F_ARBSOK and a year's records in its order (here the key begins with fnr, in
-- whose order the loop goes anyway), and the index beside the key, for what holds on a day.
-- tests/benchmarks/test_benchmark_loop.py proves that the rows are the product's, but for lopenr.

DROP SCHEMA IF EXISTS bench_loop CASCADE;
CREATE SCHEMA bench_loop;

CREATE UNLOGGED TABLE bench_loop.l_arbsok (LIKE trygdfob.miniregister);

CREATE TABLE bench_loop.f_arbsok (
    LIKE trygdfob.forlopsdel INCLUDING ALL EXCLUDING INDEXES EXCLUDING STATISTICS,
    PRIMARY KEY (fnr, regdato, kode)
);
ALTER TABLE bench_loop.f_arbsok DROP COLUMN lopenr, DROP COLUMN lasting;

CREATE TABLE bench_loop.vrak_arbsok (
    LIKE trygdfob.vrak_arbsok INCLUDING ALL EXCLUDING INDEXES,
    PRIMARY KEY (fnr, dagdato)
);

-- A person's last record in F_ARBSOK, with what the last registration said (spec.md 3, T10); kode 0: closed.
CREATE UNLOGGED TABLE bench_loop.h_arbsok (
    LIKE bench_loop.f_arbsok,
    PRIMARY KEY (fnr)
);


-- last_l_arbsok: L_ARBSOK emptied and filled; p_siffer takes only the persons with that tenth digit in their fnr.
CREATE FUNCTION bench_loop.last_l_arbsok(p_aargang integer, p_siffer text DEFAULT NULL) RETURNS bigint
LANGUAGE plpgsql
AS $$
DECLARE
    antall bigint;
BEGIN
    TRUNCATE bench_loop.l_arbsok;
    INSERT INTO bench_loop.l_arbsok
    SELECT m.*
    FROM trygdfob.miniregister AS m
    WHERE m.aargang = p_aargang
        AND m.mnddato >= (SELECT date_trunc('month', i.serie_start) FROM trygdfob.innstilling AS i)
        AND (p_siffer IS NULL OR substr(m.fnr, 10, 1) = p_siffer);
    GET DIAGNOSTICS antall = ROW_COUNT;
    ANALYZE bench_loop.l_arbsok;
    RETURN antall;
END
$$;


-- asok_insert_forlop and asok_insert_vrak: one record.
CREATE FUNCTION bench_loop.asok_insert_forlop(f bench_loop.f_arbsok) RETURNS void
LANGUAGE plpgsql
AS $$
BEGIN
    INSERT INTO bench_loop.f_arbsok (fnr, kode, hoved, regdato, tilgdato, avgdato, asoktilg, asokavg,
        hovedarbstat, hovedarbdato, tiltak, tiltakdato, ytelse, ytelsedato,
        dagdato, fdagdato, henddato, mrk_sys, mrk_fnr, as_f, as_gr, status, aargang)
    VALUES (f.fnr, f.kode, f.hoved, f.regdato, f.tilgdato, f.avgdato, f.asoktilg, f.asokavg,
        f.hovedarbstat, f.hovedarbdato, f.tiltak, f.tiltakdato, f.ytelse, f.ytelsedato,
        f.dagdato, f.fdagdato, f.henddato, f.mrk_sys, f.mrk_fnr, f.as_f, f.as_gr, f.status, f.aargang);
END
$$;

CREATE FUNCTION bench_loop.asok_insert_vrak(l bench_loop.l_arbsok, p_status text) RETURNS void
LANGUAGE plpgsql
AS $$
BEGIN
    INSERT INTO bench_loop.vrak_arbsok (fnr, hoved, hovedarbstat, tiltak, ytelse, dagdato, fdagdato, mnddato,
        mrk_sys, mrk_fnr, mrk_dl, ant_d_as_n, henddato, as_f, as_gr, aargang, status)
    VALUES (l.fnr, l.hoved, l.hovedarbstat, l.tiltak, l.ytelse, l.dagdato, l.fdagdato, l.mnddato,
        l.mrk_sys, l.mrk_fnr, l.mrk_dl, l.ant_d_as_n, l.henddato, l.as_f, l.as_gr, l.aargang, p_status);
END
$$;


-- registrert: H with what this registration says.
CREATE FUNCTION bench_loop.registrert(l bench_loop.l_arbsok, h bench_loop.f_arbsok) RETURNS bench_loop.f_arbsok
LANGUAGE plpgsql
AS $$
BEGIN
    h.fnr := l.fnr;
    h.hoved := l.hoved;
    h.hovedarbstat := l.hovedarbstat;
    h.tiltak := l.tiltak;
    h.ytelse := l.ytelse;
    h.dagdato := l.dagdato;
    h.fdagdato := l.fdagdato;
    h.henddato := l.henddato;
    h.mrk_sys := l.mrk_sys;
    h.mrk_fnr := l.mrk_fnr;
    h.as_f := l.as_f;
    h.as_gr := l.as_gr;
    h.aargang := l.aargang;
    RETURN h;
END
$$;


-- asok_record: the record that the registration gives, written to F_ARBSOK and returned. lag_tilgang is also
-- lag_venstresensur (kode 3 and 9) and lag_gruppetilgang (p_tilgdato is the main spell's), lag_avgang also
-- lag_gruppeavgang (not p_hele).
CREATE FUNCTION bench_loop.lag_tilgang(
    l bench_loop.l_arbsok, p_kode text, p_regdato date, p_tilgdato date, p_status text
) RETURNS bench_loop.f_arbsok
LANGUAGE plpgsql
AS $$
DECLARE
    f bench_loop.f_arbsok;
BEGIN
    f := bench_loop.registrert(l, f);
    f.kode := p_kode;
    f.regdato := p_regdato;
    f.tilgdato := p_tilgdato;
    f.asoktilg := p_regdato;
    f.hovedarbdato := p_regdato;
    f.tiltakdato := p_regdato;
    f.ytelsedato := p_regdato;
    f.status := p_status;
    PERFORM bench_loop.asok_insert_forlop(f);
    RETURN f;
END
$$;

CREATE FUNCTION bench_loop.lag_avgang(
    h bench_loop.f_arbsok, p_regdato date, p_hele boolean, p_status text, p_aargang integer
) RETURNS bench_loop.f_arbsok
LANGUAGE plpgsql
AS $$
BEGIN
    h.kode := '0';
    h.regdato := p_regdato;
    h.asokavg := p_regdato;
    IF p_hele THEN
        h.avgdato := p_regdato;
    END IF;
    h.status := p_status;
    h.aargang := p_aargang;
    PERFORM bench_loop.asok_insert_forlop(h);
    RETURN h;
END
$$;

CREATE FUNCTION bench_loop.lag_endring(
    l bench_loop.l_arbsok, h bench_loop.f_arbsok, p_regdato date, p_status text
) RETURNS bench_loop.f_arbsok
LANGUAGE plpgsql
AS $$
DECLARE
    f bench_loop.f_arbsok := bench_loop.registrert(l, h);
BEGIN
    f.kode := '2';
    f.regdato := p_regdato;
    IF l.hovedarbstat IS DISTINCT FROM h.hovedarbstat THEN
        f.hovedarbdato := p_regdato;
    END IF;
    IF l.tiltak IS DISTINCT FROM h.tiltak THEN
        f.tiltakdato := p_regdato;
    END IF;
    IF l.ytelse IS DISTINCT FROM h.ytelse THEN
        f.ytelsedato := p_regdato;
    END IF;
    f.status := p_status;
    PERFORM bench_loop.asok_insert_forlop(f);
    RETURN f;
END
$$;


-- asok_bestem_status: the status of a record of L_ARBSOK against the person's H_ARBSOK (spec.md 3).
CREATE FUNCTION bench_loop.asok_bestem_status(
    l bench_loop.l_arbsok, h bench_loop.f_arbsok, i trygdfob.innstilling
) RETURNS text
LANGUAGE plpgsql
AS $$
DECLARE
    effektiv_henddato date;
    individ text;
    klasse text;
    hoved_endret text;
    arbstat_sum integer;
    merker text;
BEGIN
    IF h.fnr IS NULL OR h.kode = '0' THEN
        IF l.henddato <= l.dagdato THEN
            effektiv_henddato := l.henddato;
        ELSE
            effektiv_henddato := l.dagdato;
        END IF;
        IF h.kode = '0' THEN
            IF effektiv_henddato > l.fdagdato THEN
                RETURN 'NK070';
            END IF;
            RETURN 'NI080';
        ELSIF l.mnddato = date_trunc('month', i.serie_start) THEN
            IF effektiv_henddato > i.serie_start THEN
                RETURN 'FK020';
            END IF;
            RETURN 'FK030';
        ELSIF l.hoved = '5' AND l.mnddato <= date_trunc('month', i.serie_start) + interval '2 months' THEN
            IF effektiv_henddato > l.fdagdato THEN
                RETURN 'FK040';
            ELSIF effektiv_henddato > i.serie_start THEN
                RETURN 'FK050';
            END IF;
            RETURN 'FK060';
        ELSIF effektiv_henddato > l.fdagdato THEN
            RETURN 'FK070';
        END IF;
        RETURN 'FI080';
    END IF;

    IF h.dagdato >= l.fdagdato THEN
        individ := 'U';
    ELSIF (h.hoved = '5' OR l.hoved = '5') AND l.dagdato - h.dagdato <= i.sammensying_dager THEN
        individ := 'Y';
    ELSE
        individ := 'O';
    END IF;

    IF l.henddato - h.henddato BETWEEN -1 AND 1 THEN
        klasse := '0';
    ELSIF l.henddato IS NULL OR l.henddato > l.dagdato THEN
        klasse := '9';
    ELSIF l.henddato <= l.fdagdato THEN
        klasse := '3';
    ELSE
        klasse := '1';
    END IF;

    arbstat_sum := 0;
    IF l.ytelse IS DISTINCT FROM h.ytelse THEN
        arbstat_sum := 1;
    END IF;
    IF l.tiltak IS DISTINCT FROM h.tiltak THEN
        arbstat_sum := arbstat_sum + 2;
    END IF;
    IF l.hovedarbstat IS DISTINCT FROM h.hovedarbstat THEN
        arbstat_sum := arbstat_sum + 4;
    END IF;

    IF l.hoved <> h.hoved THEN
        hoved_endret := '1';
    ELSIF arbstat_sum > 0 THEN
        hoved_endret := '0';
    ELSIF individ = 'U' AND klasse = '0' THEN
        RETURN 'UK000';
    ELSIF individ = 'U' AND klasse = '1' AND l.henddato = l.fdagdato + 1 THEN
        RETURN 'UI100';
    ELSE
        hoved_endret := '0';
    END IF;

    IF individ = 'O' AND klasse = '3' THEN
        klasse := '2';
    END IF;
    merker := klasse || hoved_endret || CASE WHEN arbstat_sum > 0 THEN '1' ELSE '0' END;
    IF merker IN ('100', '101', '111', '900', '901', '911') OR (individ = 'Y' AND merker = '000') THEN
        merker := 'K' || merker;
    ELSE
        merker := 'I' || merker;
    END IF;
    IF individ = 'Y' THEN
        RETURN 'Y' || merker || chr(64 + (l.dagdato - h.dagdato + 6) / 7);
    ELSIF merker = 'I001' THEN
        RETURN individ || 'I001' || arbstat_sum;
    END IF;
    RETURN individ || merker;
END
$$;


-- asok_kod_kjennemerker: what the status leads to, with its dates, is written; returned is the person's new H_ARBSOK
-- (spec.md 4).
CREATE FUNCTION bench_loop.asok_kod_kjennemerker(
    l bench_loop.l_arbsok, h bench_loop.f_arbsok, p_status text, p_serie_start date
) RETURNS bench_loop.f_arbsok
LANGUAGE plpgsql
AS $$
DECLARE
    individ text := substr(p_status, 1, 1);
    klasse text := substr(p_status, 3, 1);
    merker text := substr(p_status, 3, 3);
    tilgang date;
BEGIN
    IF individ IN ('U', 'Y') THEN
        IF individ = 'Y' AND merker IN ('000', '100', '900') THEN
            RETURN bench_loop.registrert(l, h);
        ELSIF merker = '300' OR p_status = 'UI100' THEN
            PERFORM bench_loop.asok_insert_vrak(l, p_status);
            RETURN bench_loop.registrert(l, h);
        END IF;
    END IF;

    -- The date of what begins
    IF p_status IN ('FK030', 'FK060') THEN
        tilgang := p_serie_start;
    ELSIF p_status IN ('FI080', 'NI080') OR klasse IN ('2', '3') OR (klasse = '0' AND individ = 'O')
        OR merker = '001' THEN
        tilgang := l.fdagdato + 1;
    ELSIF individ IN ('U', 'Y') AND klasse = '0' THEN
        tilgang := l.dagdato;
    ELSIF l.henddato <= l.dagdato THEN
        tilgang := l.henddato;
    ELSE
        tilgang := l.dagdato;
    END IF;

    IF p_status IN ('FK020', 'FK040', 'FK050') THEN
        RETURN bench_loop.lag_tilgang(l, '9', tilgang, tilgang, p_status);
    ELSIF p_status IN ('FK030', 'FK060') THEN
        RETURN bench_loop.lag_tilgang(l, '3', tilgang, tilgang, p_status);
    ELSIF individ IN ('F', 'N') THEN
        RETURN bench_loop.lag_tilgang(l, '1', tilgang, tilgang, p_status);
    ELSIF individ = 'O' OR merker IN ('100', '900') THEN
        PERFORM bench_loop.lag_avgang(h, h.dagdato, true, p_status, l.aargang);
        RETURN bench_loop.lag_tilgang(l, '1', tilgang, tilgang, p_status);
    ELSIF substr(merker, 2, 1) = '1' THEN
        PERFORM bench_loop.lag_avgang(h, tilgang - 1, false, p_status, l.aargang);
        RETURN bench_loop.lag_tilgang(l, '1', tilgang, h.tilgdato, p_status);
    END IF;
    RETURN bench_loop.lag_endring(l, h, tilgang, p_status);
END
$$;


-- oppdater_h_arbsok: the person's row; registrer_h_arbsok: only what an unchanged registration can change in it.
CREATE FUNCTION bench_loop.oppdater_h_arbsok(h bench_loop.f_arbsok) RETURNS void
LANGUAGE plpgsql
AS $$
BEGIN
    UPDATE bench_loop.h_arbsok AS g
    SET kode = h.kode, hoved = h.hoved, regdato = h.regdato, tilgdato = h.tilgdato, avgdato = h.avgdato,
        asoktilg = h.asoktilg, asokavg = h.asokavg, hovedarbstat = h.hovedarbstat, hovedarbdato = h.hovedarbdato,
        tiltak = h.tiltak, tiltakdato = h.tiltakdato, ytelse = h.ytelse, ytelsedato = h.ytelsedato,
        dagdato = h.dagdato, fdagdato = h.fdagdato, henddato = h.henddato, mrk_sys = h.mrk_sys, mrk_fnr = h.mrk_fnr,
        as_f = h.as_f, as_gr = h.as_gr, status = h.status, aargang = h.aargang
    WHERE g.fnr = h.fnr;
    IF NOT FOUND THEN
        INSERT INTO bench_loop.h_arbsok VALUES (h.*);
    END IF;
END
$$;

CREATE FUNCTION bench_loop.registrer_h_arbsok(l bench_loop.l_arbsok) RETURNS void
LANGUAGE plpgsql
AS $$
BEGIN
    UPDATE bench_loop.h_arbsok AS g
    SET dagdato = l.dagdato, fdagdato = l.fdagdato, henddato = l.henddato, mrk_sys = l.mrk_sys, mrk_fnr = l.mrk_fnr,
        as_f = l.as_f, as_gr = l.as_gr, aargang = l.aargang
    WHERE g.fnr = l.fnr;
END
$$;


-- asok_oppdater: the main loop, record by record in the order of fnr and dagdato; returns the number of records.
-- H_ARBSOK is looked up and updated for each record, as in the original; with p_per_person only where the person
-- changes, which is the most that can be spared in a loop.
CREATE FUNCTION bench_loop.asok_oppdater(
    p_aargang integer, p_fra_fnr text DEFAULT '00000000000', p_til_fnr text DEFAULT '99999999999',
    p_per_person boolean DEFAULT false
) RETURNS bigint
LANGUAGE plpgsql
AS $$
DECLARE
    i trygdfob.innstilling;
    l bench_loop.l_arbsok;
    h bench_loop.f_arbsok;
    status text;
    antall bigint := 0;
BEGIN
    SELECT * INTO STRICT i FROM trygdfob.innstilling;
    FOR l IN
        SELECT *
        FROM bench_loop.l_arbsok
        WHERE aargang = p_aargang AND fnr BETWEEN p_fra_fnr AND p_til_fnr
        ORDER BY fnr, dagdato
    LOOP
        IF NOT p_per_person THEN
            SELECT * INTO h FROM bench_loop.h_arbsok WHERE fnr = l.fnr;
        ELSIF l.fnr IS DISTINCT FROM h.fnr THEN
            IF h.fnr IS NOT NULL THEN
                PERFORM bench_loop.oppdater_h_arbsok(h);
            END IF;
            SELECT * INTO h FROM bench_loop.h_arbsok WHERE fnr = l.fnr;
        END IF;
        status := bench_loop.asok_bestem_status(l, h, i);
        IF status = 'UK000' AND NOT p_per_person THEN
            PERFORM bench_loop.registrer_h_arbsok(l);
        ELSIF status = 'UK000' THEN
            h := bench_loop.registrert(l, h);
        ELSE
            h := bench_loop.asok_kod_kjennemerker(l, h, status, i.serie_start);
            IF NOT p_per_person THEN
                PERFORM bench_loop.oppdater_h_arbsok(h);
            END IF;
        END IF;
        antall := antall + 1;
    END LOOP;
    IF p_per_person AND h.fnr IS NOT NULL THEN
        PERFORM bench_loop.oppdater_h_arbsok(h);
    END IF;
    RETURN antall;
END
$$;


-- asok_avslutt: every running spell, one by one; what has lain fallow too long is closed (spec.md 4, T7).
CREATE FUNCTION bench_loop.asok_avslutt(
    p_aargang integer, p_fra_fnr text DEFAULT '00000000000', p_til_fnr text DEFAULT '99999999999'
) RETURNS bigint
LANGUAGE plpgsql
AS $$
DECLARE
    grense date;
    h bench_loop.f_arbsok;
    antall bigint := 0;
BEGIN
    SELECT max(m.dagdato) - min(i.avslutning_dager) INTO grense
    FROM trygdfob.maanedsfil AS m
    CROSS JOIN trygdfob.innstilling AS i
    WHERE m.aargang = p_aargang;
    FOR h IN
        SELECT *
        FROM bench_loop.h_arbsok
        WHERE kode <> '0' AND fnr BETWEEN p_fra_fnr AND p_til_fnr
    LOOP
        IF h.dagdato < grense THEN
            h := bench_loop.lag_avgang(h, h.dagdato, true, overlay(h.status PLACING 'X' FROM 2 FOR 1), p_aargang);
            PERFORM bench_loop.oppdater_h_arbsok(h);
            antall := antall + 1;
        END IF;
    END LOOP;
    RETURN antall;
END
$$;


-- lag_tomdato, lag_asoktom, lag_regtom: plain SQL after the loops, in this order (regtom needs asoktom).
CREATE FUNCTION bench_loop.lag_tomdato() RETURNS void
LANGUAGE sql
AS $$
UPDATE bench_loop.f_arbsok AS f
SET tomdato = a.avgdato
FROM bench_loop.f_arbsok AS a
WHERE f.tomdato IS NULL
    AND a.avgdato IS NOT NULL AND a.tomdato IS NULL
    AND a.fnr = f.fnr AND a.tilgdato = f.tilgdato;
$$;

CREATE FUNCTION bench_loop.lag_asoktom() RETURNS void
LANGUAGE sql
AS $$
UPDATE bench_loop.f_arbsok AS f
SET asoktom = a.asokavg
FROM bench_loop.f_arbsok AS a
WHERE f.asoktom IS NULL
    AND a.kode = '0' AND a.asoktom IS NULL
    AND a.fnr = f.fnr AND a.asoktilg = f.asoktilg;
$$;

-- What follows an open record in its group spell is open too, so the closed ones can stay out of the window.
CREATE FUNCTION bench_loop.lag_regtom() RETURNS void
LANGUAGE sql
AS $$
UPDATE bench_loop.f_arbsok AS f
SET regtom = n.regtom
FROM (
    SELECT fnr, regdato, kode,
        CASE
            WHEN kode = '0' THEN regdato
            WHEN lead(kode) OVER gruppetilfelle = '2' THEN lead(regdato) OVER gruppetilfelle - 1
            ELSE asoktom
        END AS regtom
    FROM bench_loop.f_arbsok
    WHERE regtom IS NULL
    WINDOW gruppetilfelle AS (PARTITION BY fnr, asoktilg ORDER BY regdato, kode = '0')
) AS n
WHERE n.regtom IS NOT NULL
    AND f.fnr = n.fnr AND f.regdato = n.regdato AND f.kode = n.kode;
$$;


-- overta_tilstand: F_ARBSOK, VRAK_ARBSOK and H_ARBSOK as they were before p_aargang, from the product's tables, however
-- many later years those hold: the records of earlier years are the same, their end dates are worked out anew.
CREATE FUNCTION bench_loop.overta_tilstand(p_aargang integer, p_siffer text DEFAULT NULL) RETURNS bigint
LANGUAGE plpgsql
AS $$
DECLARE
    antall bigint;
BEGIN
    TRUNCATE bench_loop.l_arbsok, bench_loop.f_arbsok, bench_loop.vrak_arbsok, bench_loop.h_arbsok;
    INSERT INTO bench_loop.f_arbsok (fnr, kode, hoved, regdato, tilgdato, avgdato, asoktilg, asokavg,
        hovedarbstat, hovedarbdato, tiltak, tiltakdato, ytelse, ytelsedato,
        dagdato, fdagdato, henddato, mrk_sys, mrk_fnr, as_f, as_gr, status, aargang, tomdato, asoktom, regtom)
    SELECT f.fnr, f.kode, f.hoved, f.regdato, f.tilgdato, f.avgdato, f.asoktilg, f.asokavg,
        f.hovedarbstat, f.hovedarbdato, f.tiltak, f.tiltakdato, f.ytelse, f.ytelsedato,
        f.dagdato, f.fdagdato, f.henddato, f.mrk_sys, f.mrk_fnr, f.as_f, f.as_gr, f.status, f.aargang,
        max(f.avgdato) OVER (PARTITION BY f.fnr, f.tilgdato),
        max(f.asokavg) OVER (PARTITION BY f.fnr, f.asoktilg),
        CASE
            WHEN f.kode = '0' THEN f.regdato
            WHEN lead(f.kode) OVER gruppetilfelle = '2' THEN lead(f.regdato) OVER gruppetilfelle - 1
            ELSE max(f.asokavg) OVER (PARTITION BY f.fnr, f.asoktilg)
        END
    FROM trygdfob.f_arbsok AS f
    WHERE f.aargang < p_aargang AND (p_siffer IS NULL OR substr(f.fnr, 10, 1) = p_siffer)
    WINDOW gruppetilfelle AS (PARTITION BY f.fnr, f.asoktilg ORDER BY f.regdato, f.kode = '0');
    GET DIAGNOSTICS antall = ROW_COUNT;

    INSERT INTO bench_loop.vrak_arbsok
    SELECT v.*
    FROM trygdfob.vrak_arbsok AS v
    WHERE v.aargang < p_aargang AND (p_siffer IS NULL OR substr(v.fnr, 10, 1) = p_siffer);

    INSERT INTO bench_loop.h_arbsok (fnr, kode, hoved, regdato, tilgdato, avgdato, asoktilg, asokavg,
        hovedarbstat, hovedarbdato, tiltak, tiltakdato, ytelse, ytelsedato,
        dagdato, fdagdato, henddato, mrk_sys, mrk_fnr, as_f, as_gr, status, aargang)
    SELECT f.fnr, f.kode, r.hoved, f.regdato, f.tilgdato, f.avgdato, f.asoktilg, f.asokavg,
        r.hovedarbstat, f.hovedarbdato, r.tiltak, f.tiltakdato, r.ytelse, f.ytelsedato,
        r.dagdato, r.fdagdato, r.henddato, r.mrk_sys, r.mrk_fnr, r.as_f, r.as_gr, f.status, r.aargang
    FROM (
        SELECT DISTINCT ON (m.fnr) m.*
        FROM trygdfob.miniregister AS m
        WHERE m.aargang < p_aargang
            AND m.mnddato >= (SELECT date_trunc('month', i.serie_start) FROM trygdfob.innstilling AS i)
            AND (p_siffer IS NULL OR substr(m.fnr, 10, 1) = p_siffer)
        ORDER BY m.fnr, m.mnddato DESC
    ) AS r
    JOIN (
        SELECT DISTINCT ON (a.fnr) a.*
        FROM bench_loop.f_arbsok AS a
        ORDER BY a.fnr, a.regdato DESC, a.kode = '0' DESC
    ) AS f ON f.fnr = r.fnr;

    -- Never where they are empty: a plan that counts on no rows would read all of them for every record later
    IF antall > 0 THEN
        ANALYZE bench_loop.f_arbsok, bench_loop.h_arbsok;
    END IF;
    RETURN antall;
END
$$;
