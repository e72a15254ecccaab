-- ta_inn_liste: the list of persons that the same transaction has copied into liste_inn becomes that of an order, or of
-- a project (version 0). What is no fødselsnummer cannot be looked for; who is not in the register may be in it later.
-- It returns counts alone: no number of the list ever comes back. What another transaction has left in liste_inn is
-- nobody's list, and goes.

CREATE OR REPLACE FUNCTION leveranse_nokkel.ta_inn_liste(
    p_prosjekt text, p_bestilling text, p_versjon integer
) RETURNS jsonb
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    tall jsonb;
BEGIN
    SELECT jsonb_build_object('linjer', count(*),
        'ikke_elleve_sifre', count(*) FILTER (WHERE NOT trygdfob.identifiserer(l.fnr)),
        'feil_kontroll', count(*) FILTER (WHERE trygdfob.identifiserer(l.fnr)
            AND trygdfob.mrk_fnr(l.nummer, k.sifre, k.godkjent, k.datoer) = '2'),
        'flere_ganger', count(*) FILTER (WHERE trygdfob.identifiserer(l.fnr))
            - count(DISTINCT l.fnr) FILTER (WHERE trygdfob.identifiserer(l.fnr)),
        'personer', count(DISTINCT l.fnr) FILTER (WHERE trygdfob.identifiserer(l.fnr)),
        'sha256', encode(sha256(convert_to(coalesce(string_agg(DISTINCT l.fnr, ' ' ORDER BY l.fnr)
            FILTER (WHERE trygdfob.identifiserer(l.fnr)), ''), 'UTF8')), 'hex'))
    INTO tall
    FROM (
        SELECT a.fnr, CASE WHEN trygdfob.identifiserer(a.fnr) THEN a.fnr::bigint END AS nummer
        FROM (
            SELECT btrim(i.linje, trygdfob.blanke()) COLLATE "C" AS fnr
            FROM leveranse_nokkel.liste_inn AS i
            WHERE i.transaksjon = pg_current_xact_id()
        ) AS a
        WHERE a.fnr <> ''
    ) AS l
    LEFT JOIN trygdfob.fnr_kontroll AS k ON k.testnumre = (SELECT i.testnumre FROM trygdfob.innstilling AS i);
    INSERT INTO leveranse_nokkel.person_i_liste (prosjekt, bestilling, versjon, fnr)
    SELECT DISTINCT p_prosjekt, p_bestilling, p_versjon, btrim(i.linje, trygdfob.blanke())
    FROM leveranse_nokkel.liste_inn AS i
    WHERE i.transaksjon = pg_current_xact_id() AND trygdfob.identifiserer(btrim(i.linje, trygdfob.blanke()))
    ON CONFLICT DO NOTHING;
    DELETE FROM leveranse_nokkel.liste_inn;
    RETURN tall;
END
$$;

COMMENT ON FUNCTION leveranse_nokkel.ta_inn_liste(text, text, integer) IS
    'Takes the list that the same transaction has copied into liste_inn in as that of an order (of a project: order '''', version 0), and returns its counts: lines, those that are not 11 digits, those that fail the control, those that stand there again, persons, and the checksum of the persons (spec.md 9, populations).';
