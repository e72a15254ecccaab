-- arbsok_innstilling_ved_lasting: the settings with which a loaded year was loaded. Some may have been changed since.

CREATE OR REPLACE FUNCTION kontroll.arbsok_innstilling_ved_lasting(p_aargang integer)
RETURNS TABLE (serie_start date, sammensying_dager integer, avslutning_dager integer, testnumre boolean)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT i.serie_start, i.sammensying_dager,
        coalesce((k.innstillinger ->> 'avslutning_dager')::integer, i.avslutning_dager),
        coalesce((k.innstillinger ->> 'testnumre')::boolean, i.testnumre)
    FROM trygdfob.innstilling AS i
    CROSS JOIN (
        SELECT (array_agg(g.innstillinger ORDER BY g.kjoring DESC))[1] AS innstillinger
        FROM trygdfob.kjorelogg AS g
        WHERE g.aargang = p_aargang AND g.handling = 'load'
    ) AS k;
END;

COMMENT ON FUNCTION kontroll.arbsok_innstilling_ved_lasting(integer) IS
    'The settings with which a loaded year was loaded. Those that may change while a year is loaded come from the run log of its load, the others from innstilling.';
