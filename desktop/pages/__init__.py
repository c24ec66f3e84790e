"""The pages, a module or a package each: what is shown and asked there. None decides about a case."""
