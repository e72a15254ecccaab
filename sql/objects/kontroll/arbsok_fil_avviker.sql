-- arbsok_fil_avviker: the month files of a loaded year that are no longer what was loaded, as a later load-year saw
-- them, each with the values that its sentence in the catalogue takes (spec.md 6; docs/controls.md).

CREATE OR REPLACE FUNCTION kontroll.arbsok_fil_avviker(p_aargang integer)
RETURNS TABLE (kontroll text, noekkel text, detalj text, verdier text[])
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    -- Values: the file that was seen, when, the file that was loaded, the years to be taken back, the first of these
    SELECT k.kontroll, to_char(m.mnddato, 'YYYY-MM'),
        format(concat_ws(' ', k.setning, k.vei_tilbake), VARIADIC v.verdier), v.verdier
    FROM trygdfob.avvikende_fil AS a
    JOIN trygdfob.maanedsfil AS m ON m.mnddato = a.mnddato
    JOIN kontroll.kontroll AS k ON k.kontroll = 'fil_endret'
    CROSS JOIN LATERAL (
        SELECT ARRAY[a.fil, to_char(a.sett, 'YYYY-MM-DD'), m.fil,
            string_agg(l.aargang::text, ', ' ORDER BY l.aargang DESC), max(l.aargang)::text] AS verdier
        FROM trygdfob.lastet_aargang AS l
        WHERE l.aargang >= p_aargang
    ) AS v
    WHERE m.aargang = p_aargang;
END;

COMMENT ON FUNCTION kontroll.arbsok_fil_avviker(integer) IS
    'The findings of the control fil_endret: the month files of a loaded year that are no longer what was loaded, as a later load-year saw them (table avvikende_fil). detalj is the sentence in English, verdier are the values in it (spec.md 6).';
