-- asok_avslutt: a spell is closed at the year's end where the person was last registered too long before the year's
-- last dagdato. Original program: asok_avslutt.pls (spec.md 4, T7; the source's 5.9.11). The exit record is made with
-- the others (asok_record); its status is that of the spell's last record, with X for its second character.

CREATE OR REPLACE FUNCTION arbsok_lasting.asok_avslutt(dagdato date, siste_dagdato date, avslutning_dager integer)
RETURNS date
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN dagdato < siste_dagdato - avslutning_dager THEN dagdato END;

COMMENT ON FUNCTION arbsok_lasting.asok_avslutt(date, date, integer) IS
    'The date on which a running spell is closed at the year''s end: its last registered dagdato where that is more than avslutning_dager (13 weeks) before the year''s last dagdato; else missing, and the spell runs on (original asok_avslutt.pls; spec.md 4, T7).';
