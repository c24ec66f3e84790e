"""Qt's own words in the language of the window: its dialogs, its buttons, the names of keys.

Qt brings its translations along, and they lag behind it: what its dialogs say since a later release has no
Chinese there. Those few stand among our own sentences (``qt.…``) and are asked after Qt's.
"""

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from desktop.kit.language import language, t

KINDS, FILES, PRINTING = "QAbstractFileIconProvider", "QFileDialog", "QPrintSettingsOutput"
LACKED = {
    (FILES, "&Look in:"): "qt.look_in",
    (FILES, "Files of &type:"): "qt.files_of_type",
    (KINDS, "Drive"): "qt.drive",
    (KINDS, "Folder"): "qt.folder",
    (KINDS, "File Folder"): "qt.folder",
    (KINDS, "File"): "qt.file",
    (KINDS, "Shortcut"): "qt.shortcut",
    (KINDS, "Alias"): "qt.shortcut",
    (KINDS, "Unknown"): "qt.unknown",
    (PRINTING, "Page &Set:"): "qt.page_set",
}
"""What Qt's Chinese lacks, by where Qt says it and what it says in English."""


class _Lacked(QTranslator):
    def translate(
        self, context: str, sourceText: str, _disambiguation: str | None = None, n: int = -1
    ) -> str:
        """Our word for it; None where it is not ours to say: an empty text would be taken as said."""
        code = LACKED.get((context, sourceText)) if language() != "en" else None
        return t(code) if code else None  # type: ignore[return-value]

    def isEmpty(self) -> bool:
        """Never, or Qt would not ask."""
        return False


class QtWords:
    """The translators that are installed now."""

    def __init__(self, app: QCoreApplication) -> None:
        self.app = app
        self.installed: list[QTranslator] = []
        self.speak()

    def speak(self) -> None:
        """Say Qt's words in the language of the window from now on."""
        for one in self.app.findChildren(QTranslator):  # also those of a window that is gone
            self.app.removeTranslator(one)
        self.installed = []
        locale = QLocale(QLocale.Language.Chinese if language() == "zh" else QLocale.Language.English)
        QLocale.setDefault(locale)
        own, lacked = QTranslator(self.app), _Lacked(self.app)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        # The one installed last is asked first.
        self.installed = [lacked, own] if own.load(locale, "qtbase", "_", folder) else [lacked]
        for one in self.installed:
            self.app.installTranslator(one)
