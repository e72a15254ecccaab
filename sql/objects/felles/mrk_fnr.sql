-- mrk_fnr: the control of a fødselsnummer: 0 valid, 1 valid D-number, 2 wrong check digits or date.
-- Original program: sjekkfnr_dub.sas with mrk_fnr3.sas (spec.md 2, fnr control). It runs for every record,
-- and four look-ups in the tables of fnr_kontroll cost a tenth of twenty multiplications.

CREATE OR REPLACE FUNCTION trygdfob.mrk_fnr(
    nummer bigint, sifre integer[], godkjent integer[], datoer integer[]
) RETURNS varchar
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
    WHEN godkjent[sifre[nummer / 100000000 + 1] + sifre[nummer / 100000 % 1000 + 1001]
            + sifre[nummer / 100 % 1000 + 2001] + sifre[nummer % 100 + 3001] + 1] = 1
        THEN CASE datoer[nummer / 10000000 + 1]
            WHEN 1 THEN '0'
            WHEN 2 THEN '1'
            WHEN 3 THEN CASE WHEN nummer / 100000 % 4 = 0 THEN '0' ELSE '2' END
            WHEN 4 THEN CASE WHEN nummer / 100000 % 4 = 0 THEN '1' ELSE '2' END
            ELSE '2'
        END
    ELSE '2'
END;

COMMENT ON FUNCTION trygdfob.mrk_fnr(bigint, integer[], integer[], integer[]) IS
    'The control mark of a fødselsnummer, which is given as a number: 0 valid, 1 valid D-number, 2 wrong check digits or date. The arrays are those of fnr_kontroll (spec.md 2, sjekkfnr_dub).';
