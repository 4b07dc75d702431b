"""From a result file to an answer: read, compare, print, draw. Everything here starts from the file alone."""
