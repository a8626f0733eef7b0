"""The base of every error that `sla_dsl` raises on purpose."""


class SlaError(Exception):
    """A question that cannot be answered as it was put.

    Every error of the package is a subclass, one for each cause, defined beside what raises it.
    Its text is a plain sentence for the person who asked; its attributes hold the values involved.

    >>> from sla_dsl.worktime import zone
    >>> try:
    ...     zone("Europe/Amsterdm")
    ... except SlaError as error:
    ...     print(error)
    unknown timezone `Europe/Amsterdm`; did you mean `Europe/Amsterdam`?
    """


class MissingExtra(SlaError):
    """A question that needs a package which is installed with an extra only.

    `package` is what is missing, `extra` what to install.
    """

    def __init__(self, package: str, extra: str) -> None:
        super().__init__(package, extra)
        self.package = package
        self.extra = extra

    def __str__(self) -> str:
        return f"this needs `{self.package}`, which is not installed; run `pip install 'sla-dsl[{self.extra}]'`"
