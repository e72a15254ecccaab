-- fnr_kontroll_utledet: the rules of a fødselsnummer, worked out for every group of digits that can stand in it.
-- spec.md 2, fnr control: 29 February exists where the two-digit year is divisible by four; a D-number has 40 added to
-- the day; a test person's number 40 or 80 added to the month.
-- A group of digits gets a number: its share of the first check sum, modulo 11; that of the second one, times 32, since
-- three shares are 30 at most; of the first group, what date it is, times 1024; of the second, 8192 in a leap year. So
-- the three numbers of a fødselsnummer, added up, say all that its mark depends on.

CREATE OR REPLACE VIEW trygdfob.fnr_kontroll_utledet AS
WITH vekt (gruppe, k1, k2) AS (
    -- The weights of both check digits, by digits 1 to 4, 5 to 8, and 9 to 11
    VALUES (0, ARRAY[3, 7, 6, 1], ARRAY[5, 4, 3, 2]),
        (1, ARRAY[8, 9, 4, 5], ARRAY[7, 6, 5, 4]),
        (2, ARRAY[0, 2, 1, 0], ARRAY[0, 3, 2, 1])
),

andel AS (
    SELECT v.gruppe, i AS siffer,
        (v.k1[1] * (i / 1000) + v.k1[2] * (i / 100 % 10) + v.k1[3] * (i / 10 % 10) + v.k1[4] * (i % 10)) % 11
        + 32 * ((v.k2[1] * (i / 1000) + v.k2[2] * (i / 100 % 10) + v.k2[3] * (i / 10 % 10) + v.k2[4] * (i % 10)) % 11)
            AS andel
    FROM vekt AS v, generate_series(0, 9999) AS i
    WHERE v.gruppe < 2 OR i < 1000
),

dato AS (
    SELECT t.testnumre, d.ddmm, d.ddmm / 100 % 40 AS dag, d.ddmm / 100 > 40 AS d_nummer, d.ddmm / 100 < 80 AS gyldig,
        CASE WHEN t.testnumre THEN d.ddmm % 100 % 40 ELSE d.ddmm % 100 END AS maaned
    FROM (VALUES (false), (true)) AS t (testnumre), generate_series(0, 9999) AS d (ddmm)
)

SELECT t.testnumre,
    -- The second group and, behind it, the third
    (SELECT array_agg(a.andel + CASE WHEN a.gruppe = 1 AND a.siffer / 100 % 4 = 0 THEN 8192 ELSE 0 END
            ORDER BY a.gruppe, a.siffer)
        FROM andel AS a
        WHERE a.gruppe > 0) AS sifre,
    -- By the sum of the three: 0 valid, 1 valid D-number, 2 neither
    (SELECT array_agg(
            CASE
                WHEN s % 32 % 11 <> 0 OR s / 32 % 32 % 11 <> 0 THEN 2
                WHEN s / 1024 % 8 IN (1, 2) OR s / 1024 % 8 IN (3, 4) AND s >= 8192 THEN (s / 1024 % 8 - 1) % 2
                ELSE 2
            END ORDER BY s)
        FROM generate_series(0, 16383) AS s) AS godkjent,
    -- The first group: 1 a date, 2 a date with 40 added to its day; 3 and 4 the same for 29 February
    (SELECT array_agg(a.andel
            + CASE
                WHEN NOT d.gyldig OR d.dag < 1 OR d.maaned NOT BETWEEN 1 AND 12 THEN 0
                WHEN d.dag > CASE WHEN d.maaned IN (4, 6, 9, 11) THEN 30 WHEN d.maaned = 2 THEN 29 ELSE 31 END THEN 0
                ELSE 1024 * (1 + d.d_nummer::integer + 2 * (d.maaned = 2 AND d.dag = 29)::integer)
            END ORDER BY d.ddmm)
        FROM dato AS d
        JOIN andel AS a ON a.gruppe = 0 AND a.siffer = d.ddmm
        WHERE d.testnumre = t.testnumre) AS datoer
FROM (VALUES (false), (true)) AS t (testnumre);

COMMENT ON VIEW trygdfob.fnr_kontroll_utledet IS
    'The query that fills fnr_kontroll: the rules of a fødselsnummer, worked out for every group of its digits each time that it is read (spec.md 2, fnr control).';
