# R reads CSV by the delivered program, .dta and .sav by haven: each as plain text, for interop.py to hold against the rows.
given <- commandArgs(trailingOnly = TRUE)
folder <- normalizePath(file.path(given[1], "leveranse"))
to <- normalizePath(given[2])
with_haven <- given[3] == "TRUE"

plain <- function(column) {
  text <- if (is.logical(column)) as.character(as.integer(column))
  else if (inherits(column, "Date")) format(column, "%Y-%m-%d")
  else if (is.numeric(column)) {
    stopifnot(all(is.na(column) | column == round(column)))
    format(as.vector(unclass(column)), trim = TRUE, scientific = FALSE, digits = 15)
  } else as.character(as.vector(column))
  text[is.na(column)] <- ""
  text
}

write_plain <- function(data, file) {
  text <- as.data.frame(lapply(data, plain), stringsAsFactors = FALSE)
  names(text) <- names(data)
  write.csv(text, file.path(to, file), row.names = FALSE, quote = seq_along(text), fileEncoding = "UTF-8")
}

setwd(folder)
for (program in list.files(pattern = "[.]R$")) {
  table <- sub("[.]R$", "", program)
  made <- new.env()
  source(program, encoding = "UTF-8", local = made)
  write_plain(made[[table]], paste0(table, ".csv.csv"))
  if (with_haven) {
    write_plain(haven::read_dta(paste0(table, ".dta")), paste0(table, ".dta.csv"))
    write_plain(haven::read_sav(paste0(table, ".sav")), paste0(table, ".sav.csv"))
  }
}
version <- paste0("R ", getRversion())
cat(if (with_haven) paste0(version, " with haven ", packageVersion("haven")) else version, "\n", sep = "")
