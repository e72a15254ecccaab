-- hovedgruppe: the name of each main group, for tables that people read.

CREATE OR REPLACE VIEW arbsok.hovedgruppe AS
SELECT CASE a.as_gr WHEN '-1' THEN '9' ELSE a.as_gr END AS hoved, min(a.hovedgruppe_tekst) AS gruppe
FROM trygdfob.arbeidssokerstatus AS a
GROUP BY 1;

COMMENT ON VIEW arbsok.hovedgruppe IS
    'The name of each main group in the code list arbeidssokerstatus. What is -1 in as_gr is 9 in hoved (spec.md 2). Of several names that the list has for a group, this is the first in alphabetical order.';
COMMENT ON COLUMN arbsok.hovedgruppe.gruppe IS 'Name of the main group, in Norwegian.';
