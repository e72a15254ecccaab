-- tilgang: nobody but the owner, and those the owner names, reads or runs anything here.

REVOKE ALL ON SCHEMA trygdfob FROM PUBLIC;
REVOKE ALL ON ALL TABLES IN SCHEMA trygdfob FROM PUBLIC;
REVOKE ALL ON ALL SEQUENCES IN SCHEMA trygdfob FROM PUBLIC;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA trygdfob FROM PUBLIC;
