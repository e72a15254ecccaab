-- arbeidssokerstatus: NAV's code list of main group, fine group and activity as of February 2004 (the source's 2.2.2).

WITH regel (as_gr, as_f, hovedarbstat, tiltak, hovedgruppe_tekst, fingruppe_tekst) AS (VALUES
    ('-1', '22', '--', '--', 'Ukjent', 'Ukjent'),
    ('1', '1', 'HL', 'PE', 'Helt ledige', 'Helt ledige permitterte'),
    ('1', '1', 'HL', 'PF', 'Helt ledige', 'Helt ledige permitterte'),
    ('1', '2', 'HL', 'IP', 'Helt ledige', 'Helt ledige ikke permitterte'),
    ('2', '3', 'DS', 'IP', 'Delvis sysselsatte', 'Delvis sysselsatte ikke permitterte'),
    ('2', '4', 'DS', 'PE', 'Delvis sysselsatte', 'Delvis sysselsatte permitterte'),
    ('2', '4', 'DS', 'PF', 'Delvis sysselsatte', 'Delvis sysselsatte permitterte'),
    ('3', '31', 'FS', 'LONNTILS', 'Ordinære tiltaksdeltakere', 'Lønnstilskudd'),
    ('3', '32', 'FS', 'PRAKSORD', 'Ordinære tiltaksdeltakere', 'Arbeidspraksis'),
    ('3', '33', 'FS', 'AMO', 'Ordinære tiltaksdeltakere', 'Opplæring'),
    ('3', '33', 'FS', 'AMOE', 'Ordinære tiltaksdeltakere', 'Opplæring'),
    ('3', '33', 'FS', 'JOBBBONUS', 'Ordinære tiltaksdeltakere', 'Opplæring'),
    ('3', '33', 'FS', 'JOBBK', 'Ordinære tiltaksdeltakere', 'Opplæring'),
    ('3', '33', 'FS', 'JOBBKLUBB', 'Ordinære tiltaksdeltakere', 'Opplæring'),
    ('3', '34', 'FS', 'SYSSLANG', 'Ordinære tiltaksdeltakere', 'Midlertidig sysselsettingstiltak'),
    ('3', '34', 'FS', 'VIKARBLED', 'Ordinære tiltaksdeltakere', 'Midlertidig sysselsettingstiltak'),
    ('3', '35', 'FS', 'KAT', 'Ordinære tiltaksdeltakere', 'Forsøks- og andre tiltak'),
    ('3', '35', 'FS', 'TILRETTEL', 'Ordinære tiltaksdeltakere', 'Forsøks- og andre tiltak'),
    ('3', '35', 'FS', 'VALS', 'Ordinære tiltaksdeltakere', 'Forsøks- og andre tiltak'),
    ('4', '10', 'FS', 'ANDRE', 'Andre arbeidssøkere', 'Andre'),
    ('4', '10', 'FS', 'ETAB', 'Andre arbeidssøkere', 'Andre'),
    ('4', '10', 'FS', 'IT', 'Andre arbeidssøkere', 'Andre'),
    ('4', '10', 'FS', 'JOBBSKAP', 'Andre arbeidssøkere', 'Andre'),
    ('4', '10', 'FS', 'SK', 'Andre arbeidssøkere', 'Andre'),
    ('5', '50', 'YH', 'BIO', 'Yrkeshemmede', 'Yrkeshemmede i kartleggingsfase'),
    ('5', '50', 'YH', 'HF', 'Yrkeshemmede', 'Yrkeshemmede i kartleggingsfase'),
    ('5', '50', 'YH', 'INST_S', 'Yrkeshemmede', 'Yrkeshemmede i kartleggingsfase'),
    ('5', '50', 'YH', 'JOBBSKAP', 'Yrkeshemmede', 'Yrkeshemmede i kartleggingsfase'),
    ('5', '50', 'YH', 'KF', 'Yrkeshemmede', 'Yrkeshemmede i kartleggingsfase'),
    ('5', '51', 'YH', 'VF', 'Yrkeshemmede', 'Yrkeshemmede i ventefase for tiltak'),
    ('5', '52', 'YH', 'ETAB', 'Yrkeshemmede', 'Lønnstilskudd'),
    ('5', '52', 'YH', 'LONNTILS', 'Yrkeshemmede', 'Lønnstilskudd'),
    ('5', '53', 'YH', 'ATG', 'Yrkeshemmede', 'Arbeidspraksis'),
    ('5', '53', 'YH', 'HOSP', 'Yrkeshemmede', 'Arbeidspraksis'),
    ('5', '53', 'YH', 'ITGRTILS', 'Yrkeshemmede', 'Arbeidspraksis'),
    ('5', '53', 'YH', 'PRAKSKJERM', 'Yrkeshemmede', 'Arbeidspraksis'),
    ('5', '53', 'YH', 'PRAKSORD', 'Yrkeshemmede', 'Arbeidspraksis'),
    ('5', '53', 'YH', 'SPA', 'Yrkeshemmede', 'Arbeidspraksis'),
    ('5', '54', 'YH', 'AMO', 'Yrkeshemmede', 'Opplæring'),
    ('5', '54', 'YH', 'AMOE', 'Yrkeshemmede', 'Opplæring'),
    ('5', '54', 'YH', 'JOBBK', 'Yrkeshemmede', 'Opplæring'),
    ('5', '54', 'YH', 'UTDYRK', 'Yrkeshemmede', 'Opplæring'),
    ('5', '55', 'YH', 'SYSSLANG', 'Yrkeshemmede', 'Midlertidig sysselsettingstiltak'),
    ('5', '55', 'YH', 'SYSSOFF', 'Yrkeshemmede', 'Midlertidig sysselsettingstiltak'),
    ('5', '55', 'YH', 'VIKARBLED', 'Yrkeshemmede', 'Midlertidig sysselsettingstiltak'),
    ('5', '55', 'YH', 'YHEMMOFF', 'Yrkeshemmede', 'Midlertidig sysselsettingstiltak'),
    ('5', '56', 'YH', 'ABIST', 'Yrkeshemmede', 'Arbeid med bistand'),
    ('5', '57', 'YH', 'FLEKSJOBB', 'Yrkeshemmede', 'Forsøkstiltak'),
    ('5', '57', 'YH', 'KAT', 'Yrkeshemmede', 'Forsøkstiltak'),
    ('5', '57', 'YH', 'REAKTUFOR', 'Yrkeshemmede', 'Forsøkstiltak'),
    ('5', '57', 'YH', 'TILRETTEL', 'Yrkeshemmede', 'Forsøkstiltak'),
    ('5', '57', 'YH', 'VALS', 'Yrkeshemmede', 'Forsøkstiltak'),
    ('5', '58', 'YH', 'AMBF1', 'Yrkeshemmede', 'AMB, avklarings- og attføringstiltak'),
    ('5', '58', 'YH', 'AMBF2', 'Yrkeshemmede', 'AMB, avklarings- og attføringstiltak'),
    ('5', '59', 'YH', 'AMBF3', 'Yrkeshemmede', 'AMB, varig tilrettelagt arbeid'),
    ('5', '60', 'YH', 'ASV', 'Yrkeshemmede', 'Varig tilrettelagt arbeid'),
    ('5', '60', 'YH', 'PV', 'Yrkeshemmede', 'Varig tilrettelagt arbeid'),
    ('5', '60', 'YH', 'VASV', 'Yrkeshemmede', 'Varig tilrettelagt arbeid'),
    ('5', '60', 'YH', 'VV', 'Yrkeshemmede', 'Varig tilrettelagt arbeid'),
    ('5', '61', 'YH', 'DIVTILT', 'Yrkeshemmede', 'Andre tiltak'),
    ('5', '61', 'YH', 'FT', 'Yrkeshemmede', 'Andre tiltak'),
    ('7', '10', 'AN', 'ANDRE', 'Andre som mottar service', 'Andre'),
    ('7', '10', 'FS', 'IT', 'Andre som mottar service', 'Andre'),
    ('7', '10', 'FS', 'SK', 'Andre som mottar service', 'Andre'),
    ('7', '10', 'FS', 'VI', 'Andre som mottar service', 'Andre')
),

borte AS (
    DELETE FROM trygdfob.arbeidssokerstatus AS a
    WHERE a.fra_fil AND NOT EXISTS (
        SELECT FROM regel AS r
        WHERE r.as_gr = a.as_gr AND r.as_f = a.as_f AND r.hovedarbstat = a.hovedarbstat AND r.tiltak = a.tiltak
    )
)

INSERT INTO trygdfob.arbeidssokerstatus AS a
    (as_gr, as_f, hovedarbstat, tiltak, hovedgruppe_tekst, fingruppe_tekst, fra_fil)
SELECT r.as_gr, r.as_f, r.hovedarbstat, r.tiltak, r.hovedgruppe_tekst, r.fingruppe_tekst, true
FROM regel AS r
ON CONFLICT (as_gr, as_f, hovedarbstat, tiltak) DO UPDATE SET
    hovedgruppe_tekst = excluded.hovedgruppe_tekst,
    fingruppe_tekst = excluded.fingruppe_tekst
WHERE a.fra_fil; -- what a user has added stays
