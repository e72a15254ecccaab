-- norsk_tall: a number as Norwegian text has it, for sentences that the database writes.

CREATE OR REPLACE FUNCTION arbsok.norsk_tall(tall numeric) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN translate(rtrim(to_char(tall, 'FM999,999,999,999,990.99'), '.'), ',.', ' ,');

COMMENT ON FUNCTION arbsok.norsk_tall(numeric) IS
    'The number as Norwegian text has it: a space between thousands, at most two decimals after a comma (1 234,5).';
