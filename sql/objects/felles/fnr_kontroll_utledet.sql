-- fnr_kontroll_utledet: the rules of a fødselsnummer, worked out for every group of digits that can stand in it.
-- spec.md 2, fnr control: 29 February exists where the two-digit year is divisible by four; a D-number has 40 added to
-- the day; a test person's number 40 or 80 added to the month.

CREATE OR REPLACE VIEW trygdfob.fnr_kontroll_utledet AS
WITH vekt (gruppe, k1, k2) AS (
    -- The weights of both check digits, by digits 1 to 3, 4 to 6, 7 to 9, and 10 to 11
    VALUES (0, ARRAY[3, 7, 6], ARRAY[5, 4, 3]),
        (1, ARRAY[1, 8, 9], ARRAY[2, 7, 6]),
        (2, ARRAY[4, 5, 2], ARRAY[5, 4, 3]),
        (3, ARRAY[0, 1, 0], ARRAY[0, 2, 1])
),

dato AS (
    SELECT t.testnumre, d.ddmm, d.ddmm / 100 % 40 AS dag, d.ddmm / 100 > 40 AS d_nummer, d.ddmm / 100 < 80 AS gyldig,
        CASE WHEN t.testnumre THEN d.ddmm % 100 % 40 ELSE d.ddmm % 100 END AS maaned
    FROM (VALUES (false), (true)) AS t (testnumre), generate_series(0, 9999) AS d (ddmm)
)

SELECT t.testnumre,
    -- The group's share of both sums, modulo 11; that of the second one is multiplied by 64
    (SELECT array_agg((v.k1[1] * (i / 100) + v.k1[2] * (i / 10 % 10) + v.k1[3] * (i % 10)) % 11
            + 64 * ((v.k2[1] * (i / 100) + v.k2[2] * (i / 10 % 10) + v.k2[3] * (i % 10)) % 11) ORDER BY v.gruppe, i)
        FROM vekt AS v, generate_series(0, 999) AS i
        WHERE v.gruppe < 3 OR i < 100) AS sifre,
    -- 1 where both sums are divisible by 11
    (SELECT array_agg(CASE WHEN s % 64 % 11 = 0 AND s / 64 % 11 = 0 THEN 1 ELSE 0 END ORDER BY s)
        FROM generate_series(0, 40 + 64 * 40) AS s) AS godkjent,
    -- By the first four digits: 1 a date, 2 a date with 40 added to its day; 3 and 4 the same for 29 February
    (SELECT array_agg(
            CASE
                WHEN NOT d.gyldig OR d.dag < 1 OR d.maaned NOT BETWEEN 1 AND 12 THEN 0
                WHEN d.dag > CASE WHEN d.maaned IN (4, 6, 9, 11) THEN 30 WHEN d.maaned = 2 THEN 29 ELSE 31 END THEN 0
                ELSE 1 + d.d_nummer::integer + 2 * (d.maaned = 2 AND d.dag = 29)::integer
            END ORDER BY d.ddmm)
        FROM dato AS d
        WHERE d.testnumre = t.testnumre) AS datoer
FROM (VALUES (false), (true)) AS t (testnumre);

COMMENT ON VIEW trygdfob.fnr_kontroll_utledet IS
    'The query that fills fnr_kontroll: the rules of a fødselsnummer, worked out for every group of its digits each time that it is read (spec.md 2, fnr control).';
