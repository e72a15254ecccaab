-- stoy: the noise that a key gives to a text, from 0 up to 1: the first 52 bits of a hash. By it small counts are drawn
-- so that the same rows give the same choice, and nobody without the key can make it again (spec.md 10, R3).

CREATE OR REPLACE FUNCTION statistikk.stoy(p_nokkel text, p_hva text) RETURNS double precision
LANGUAGE sql STABLE STRICT PARALLEL SAFE
RETURN ('x' || left(encode(sha256(convert_to(p_nokkel || '|' || p_hva, 'UTF8')), 'hex'), 13))::bit(52)::bigint
    / 4503599627370496::double precision;

COMMENT ON FUNCTION statistikk.stoy(text, text) IS
    'The noise that a key (table avrundingsnokkel) gives to a text, from 0 up to 1 (spec.md 10, R3).';
