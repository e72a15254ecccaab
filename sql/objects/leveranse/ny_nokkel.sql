-- ny_nokkel: a new key of a project: 256 bits that nobody can guess, made of three random identifiers.

CREATE OR REPLACE FUNCTION leveranse_nokkel.ny_nokkel() RETURNS text
LANGUAGE sql VOLATILE
RETURN encode(
    sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())), 'hex'
);

COMMENT ON FUNCTION leveranse_nokkel.ny_nokkel() IS
    'A new key of a project, 64 hexadecimal digits (spec.md 9, person numbers).';
