"""What can be wrong with an office's place or file, as codes that `words` makes sentences of."""


class OfficeFault(Exception):
    """The office can't be made or opened. `code` (`office.not_found`) and `params` make its sentence."""

    def __init__(self, code: str, **params: str | int | tuple[str, ...]) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params
