-- datoret: a number YYMMDD as a date, and as the date it can be repaired to.
-- Original programs: datoret1.sas, datoret2.sas (spec.md 2, dates; the source's 2.2.4). 19YY for YY ≥ 70, else 20YY.

CREATE OR REPLACE FUNCTION arbsok_lasting.datoret(tekst text, OUT dato date, OUT reparert date)
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    tall integer := substring(tekst FROM '^0*([0-9]{1,6})(?:[.,]0*)?$');
    maaned integer := tall / 100 % 100;
    dag integer := tall % 100;
    foerste date;
    siste_dag integer;
BEGIN
    IF maaned BETWEEN 1 AND 12 AND dag >= 1 THEN
        foerste := make_date(CASE WHEN tall >= 700000 THEN 1900 ELSE 2000 END + tall / 10000, maaned, 1);
        siste_dag := extract(day FROM foerste + interval '1 month - 1 day');
        reparert := foerste + least(dag, siste_dag) - 1;
        IF dag <= siste_dag THEN
            dato := reparert;
        END IF;
    END IF;
END
$$;

COMMENT ON FUNCTION arbsok_lasting.datoret(text) IS
    'A number YYMMDD as a date (leading zeros may be missing; 10531.0 and 10531,0 are 10531). dato is the date where the calendar has it. reparert is the same, or the last day of the month where the day is past its end. Missing where it is no date (original datoret1/2).';
