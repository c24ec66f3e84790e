"""The one refusal of everything that reads a file: a code and what its sentence names."""

from __future__ import annotations

import words


class Stopped(Exception):
    """The person who watched the progress stopped the reading."""


class Unreadable(Exception):
    """A file that is no table, can't be opened, or is built to harm. Nothing of it was used.

    Codes are those of `words`, under ``import.file.``.
    """

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(f"{code} {params}" if params else code)
        self.code = code
        self.params = params

    def say(self, lang: str = words.DEFAULT) -> str:
        """The sentence: what is wrong with the file and what to do."""
        params = dict(self.params)
        if "field" in params and words.has(f"import.field.{params['field']}", lang):
            params["field"] = words.say(f"import.field.{params['field']}", lang)
        if isinstance(fields := params.get("fields"), list | tuple):
            params["fields"] = [words.say(f"import.field.{field}", lang) for field in fields]
        return words.say(f"import.file.{self.code}", lang, **params)
