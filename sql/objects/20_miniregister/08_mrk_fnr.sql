-- mrk_fnr: the control of a fødselsnummer: 0 valid, 1 valid D-number, 2 wrong check digits or date.
-- Original program: sjekkfnr_dub.sas with mrk_fnr3.sas (SPEC.md 2, fnr control). 29 February exists where the two-digit
-- year is divisible by four; a D-number has 40 added to the day; a test person's number 40 or 80 added to the month.
-- One expression over a number, without a subquery, so that the planner can inline it: it runs for every record.

CREATE OR REPLACE FUNCTION trygdfob.mrk_fnr(nummer bigint, testnumre boolean) RETURNS varchar
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
    WHEN (3 * (nummer / 10000000000) + 7 * (nummer / 1000000000 % 10) + 6 * (nummer / 100000000 % 10)
            + (nummer / 10000000 % 10) + 8 * (nummer / 1000000 % 10) + 9 * (nummer / 100000 % 10)
            + 4 * (nummer / 10000 % 10) + 5 * (nummer / 1000 % 10) + 2 * (nummer / 100 % 10)
            + (nummer / 10 % 10)) % 11 = 0
        AND (5 * (nummer / 10000000000) + 4 * (nummer / 1000000000 % 10) + 3 * (nummer / 100000000 % 10)
            + 2 * (nummer / 10000000 % 10) + 7 * (nummer / 1000000 % 10) + 6 * (nummer / 100000 % 10)
            + 5 * (nummer / 10000 % 10) + 4 * (nummer / 1000 % 10) + 3 * (nummer / 100 % 10)
            + 2 * (nummer / 10 % 10) + nummer % 10) % 11 = 0
        AND nummer / 1000000000 < 80
        AND nummer / 1000000000 % 40 BETWEEN 1 AND
            CASE nummer / 10000000 % 100 % CASE WHEN testnumre THEN 40 ELSE 100 END
                WHEN 2 THEN CASE WHEN nummer / 100000 % 4 = 0 THEN 29 ELSE 28 END
                WHEN 4 THEN 30
                WHEN 6 THEN 30
                WHEN 9 THEN 30
                WHEN 11 THEN 30
                ELSE 31
            END
        AND nummer / 10000000 % 100 % CASE WHEN testnumre THEN 40 ELSE 100 END BETWEEN 1 AND 12
        THEN CASE WHEN nummer / 1000000000 > 40 THEN '1' ELSE '0' END
    ELSE '2'
END;

COMMENT ON FUNCTION trygdfob.mrk_fnr(bigint, boolean) IS
    'The control mark of a fødselsnummer given as a number: 0 valid, 1 valid D-number, 2 wrong check digits or date; the second argument says whether test persons'' numbers (40 or 80 added to the month) are accepted (SPEC.md 2, sjekkfnr_dub).';
