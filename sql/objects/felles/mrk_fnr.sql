-- mrk_fnr: the control of a fødselsnummer: 0 valid, 1 valid D-number, 2 wrong check digits or date.
-- Original program: sjekkfnr_dub.sas with mrk_fnr3.sas (spec.md 2, fnr control). It runs for every record,
-- and four look-ups in the tables of fnr_kontroll cost a tenth of twenty multiplications.

CREATE OR REPLACE FUNCTION trygdfob.mrk_fnr(
    nummer bigint, sifre integer[], godkjent integer[], datoer integer[]
) RETURNS varchar
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
    godkjent[datoer[nummer / 10000000 + 1] + sifre[nummer / 1000 % 10000 + 1] + sifre[nummer % 1000 + 10001] + 1]
    WHEN 0 THEN '0'
    WHEN 1 THEN '1'
    ELSE '2'
END;

COMMENT ON FUNCTION trygdfob.mrk_fnr(bigint, integer[], integer[], integer[]) IS
    'The control mark of a fødselsnummer, which is given as a number: 0 valid, 1 valid D-number, 2 wrong check digits or date. The arrays are those of fnr_kontroll (spec.md 2, sjekkfnr_dub).';
