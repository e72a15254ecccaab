-- fdtrygd_fnr: a member of fdtrygd_analytiker that may also go from person numbers to fnr, and read the records.

GRANT SELECT ON TABLE trygdfob.f_arbsok, trygdfob.person, trygdfob.vrak_arbsok TO fdtrygd_fnr;
