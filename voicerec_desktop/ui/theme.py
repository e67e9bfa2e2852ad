"""How the window looks: colours, spacing and type in one place, light and dark.

Own palettes on the Fusion style: `setColorScheme` does nothing where the platform has no theme
(ENGINEERING.md 7), and one look everywhere can be checked.
"""

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory

from voicerec_desktop.paths import resources

SPACE = 8  # px: every distance is a multiple
RADIUS = 8  # px, of panels and buttons
SMALL, BODY, TITLE = -1.5, 0.0, 5.0  # pt beside the system's font size


@dataclass(frozen=True, slots=True)
class Colours:
    """All colours of one theme, as #rrggbb.

    Attributes:
        window: behind everything.
        surface: panels and lists.
        raised: cards, hovered rows.
        border: hairlines.
        text, muted: what is read, what is glanced at.
        accent, on_accent: the one primary action, selection, focus.
        selected: behind a selected row.
        marked: behind search hits.
        good, warning, bad: states; always with an icon or a word as well.
        speakers: told apart by colour-blind readers, 4.5:1 on `surface` (after Okabe and Ito).
    """

    dark: bool
    window: str
    surface: str
    raised: str
    border: str
    text: str
    muted: str
    accent: str
    on_accent: str
    selected: str
    marked: str
    good: str
    warning: str
    bad: str
    speakers: tuple[str, ...]


LIGHT = Colours(
    dark=False,
    window="#f5f5f7",
    surface="#ffffff",
    raised="#eeeff2",
    border="#dcdde2",
    text="#1c1d21",
    muted="#62646d",
    accent="#2458c5",
    on_accent="#ffffff",
    selected="#e3eafb",
    marked="#ffe28a",
    good="#1a7f4b",
    warning="#8f5a00",
    bad="#b3261e",
    speakers=(
        "#0b5cad", "#a34700", "#00705a", "#8a2e6b", "#6b5300", "#3d4c9f", "#9b2226", "#33691e",
    ),
)  # fmt: skip
DARK = Colours(
    dark=True,
    window="#17181b",
    surface="#1f2024",
    raised="#2a2c31",
    border="#393b42",
    text="#ececf0",
    muted="#a3a6b0",
    accent="#86a8ff",
    on_accent="#10182c",
    selected="#2b3754",
    marked="#6b5600",
    good="#6fd39b",
    warning="#f0b95a",
    bad="#ff8f85",
    speakers=(
        "#7ab8ff", "#ffb27a", "#5fd3b3", "#f0a6d8", "#e3c85b", "#a9b4ff", "#ff9a9a", "#a8d977",
    ),
)  # fmt: skip
_colours = LIGHT


def colours() -> Colours:
    """The colours in use."""
    return _colours


def speaker_colour(index: int) -> QColor:
    """The colour of a speaker by `Speaker.colour`."""
    return QColor(_colours.speakers[index % len(_colours.speakers)])


def apply_theme(theme: str) -> None:
    """Dress the application: "light", "dark" or "system".

    Every widget gets a PaletteChange event.
    """
    global _colours
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    hints = QGuiApplication.styleHints()
    dark = theme == "dark" or (theme == "system" and hints.colorScheme() == Qt.ColorScheme.Dark)
    _colours = DARK if dark else LIGHT
    app.setStyle(QStyleFactory.create("Fusion"))
    app.setPalette(_palette(_colours))
    app.setStyleSheet(_style_sheet(_colours))


def _palette(c: Colours) -> QPalette:
    palette = QPalette()
    roles = QPalette.ColorRole
    for role, colour in (
        (roles.Window, c.window), (roles.WindowText, c.text), (roles.Base, c.surface),
        (roles.AlternateBase, c.raised), (roles.Text, c.text), (roles.Button, c.surface),
        (roles.ButtonText, c.text), (roles.Highlight, c.accent),
        (roles.HighlightedText, c.on_accent), (roles.ToolTipBase, c.raised),
        (roles.ToolTipText, c.text), (roles.PlaceholderText, c.muted), (roles.Link, c.accent),
        (roles.Mid, c.border), (roles.Dark, c.border), (roles.Light, c.raised),
        (roles.Accent, c.accent),
    ):  # fmt: skip
        palette.setColor(role, QColor(colour))
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(c.muted))
    return palette


def _tick(c: Colours) -> str:
    """A picture of a tick: style sheets take no other, and draw it in its own colour."""
    return (resources() / "icons" / f"tick-{'dark' if c.dark else 'light'}.svg").as_posix()


def _style_sheet(c: Colours) -> str:
    return f"""
    QToolTip {{ background: {c.raised}; color: {c.text}; border: 1px solid {c.border};
        padding: 4px 6px; }}
    QPushButton, QComboBox, QSpinBox, QLineEdit, QPlainTextEdit, QTextEdit {{
        border: 1px solid {c.border}; border-radius: 6px; padding: 5px 10px;
        background: {c.surface}; color: {c.text}; min-height: 20px; }}
    QLineEdit, QPlainTextEdit, QTextEdit {{ padding: 5px 8px; selection-background-color:
        {c.accent}; selection-color: {c.on_accent}; }}
    QPushButton:hover, QToolButton:hover {{ background: {c.raised}; }}
    QPushButton:pressed, QToolButton:pressed {{ background: {c.border}; }}
    QPushButton:disabled, QToolButton:disabled, QComboBox:disabled {{ color: {c.muted}; }}
    QPushButton[primary="true"] {{ background: {c.accent}; color: {c.on_accent};
        border-color: {c.accent}; font-weight: 600; }}
    QPushButton[primary="true"]:hover {{ border-color: {c.text}; }}
    QPushButton[primary="true"]:disabled {{ background: {c.raised}; color: {c.muted};
        border-color: {c.border}; }}
    QPushButton[danger="true"] {{ color: {c.bad}; }}
    QToolButton {{ border: 1px solid transparent; border-radius: 6px; padding: 5px;
        background: transparent; color: {c.text}; }}
    QToolButton:checked {{ background: {c.selected}; }}
    QToolButton::menu-indicator {{ image: none; }}
    QCheckBox {{ spacing: 8px; border: 1px solid transparent; border-radius: 4px; padding: 2px; }}
    QCheckBox:focus {{ border-color: {c.accent}; }}
    QCheckBox:disabled {{ color: {c.muted}; }}
    QCheckBox::indicator {{ width: 14px; height: 14px; border: 1px solid {c.muted};
        border-radius: 4px; background: {c.surface}; }}
    QCheckBox::indicator:checked {{ background: {c.accent}; border-color: {c.accent};
        image: url("{_tick(c)}"); }}
    QCheckBox::indicator:disabled {{ background: {c.raised}; border-color: {c.border}; }}
    QCheckBox::indicator:checked:disabled {{ background: {c.muted}; border-color: {c.muted}; }}
    QPushButton:focus, QToolButton:focus, QLineEdit:focus, QComboBox:focus, QSpinBox:focus,
    QPlainTextEdit:focus, QTextEdit:focus, QAbstractItemView:focus {{
        border: 1px solid {c.accent}; }}
    QAbstractItemView {{ background: {c.surface}; border: 1px solid transparent; outline: none; }}
    QFrame[card="true"] {{ background: {c.surface}; border: 1px solid {c.border};
        border-radius: {RADIUS}px; }}
    QWidget[panel="true"] {{ background: {c.surface}; }}
    #record-bar {{ background: {c.surface}; border-bottom: 1px solid {c.border}; }}
    QLabel[muted="true"], QLabel[role="small"] {{ color: {c.muted}; }}
    QLabel[state="bad"] {{ color: {c.bad}; }}
    QLabel[state="warning"] {{ color: {c.warning}; }}
    QLabel[state="good"] {{ color: {c.good}; }}
    QMenu {{ background: {c.surface}; border: 1px solid {c.border}; padding: 4px; }}
    QMenu::item {{ padding: 6px 24px 6px 12px; border-radius: 4px; }}
    QMenu::item:selected {{ background: {c.selected}; color: {c.text}; }}
    QMenu::item:disabled {{ color: {c.muted}; }}
    QMenu::separator {{ height: 1px; background: {c.border}; margin: 4px 8px; }}
    QMenuBar {{ background: {c.window}; }}
    QMenuBar::item:selected {{ background: {c.selected}; color: {c.text}; border-radius: 4px; }}
    QProgressBar {{ border: none; border-radius: 3px; background: {c.raised};
        max-height: 6px; min-height: 6px; }}
    QProgressBar::chunk {{ background: {c.accent}; border-radius: 3px; }}
    QSplitter::handle {{ background: {c.border}; }}
    QScrollBar:vertical {{ background: transparent; width: 12px; margin: 0; }}
    QScrollBar::handle:vertical {{ background: {c.border}; border-radius: 4px; min-height: 32px;
        margin: 2px; }}
    QScrollBar::handle:vertical:hover {{ background: {c.muted}; }}
    QScrollBar:horizontal {{ background: transparent; height: 12px; margin: 0; }}
    QScrollBar::handle:horizontal {{ background: {c.border}; border-radius: 4px;
        min-width: 32px; margin: 2px; }}
    QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
    QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
    QTabBar::tab {{ padding: 8px 8px; border: none; border-bottom: 2px solid transparent;
        color: {c.muted}; background: transparent; }}
    QTabBar::tab:selected {{ color: {c.text}; border-bottom-color: {c.accent}; }}
    QTabBar::tab:focus {{ color: {c.accent}; }}
    QTabWidget::pane {{ border: none; }}
    QHeaderView::section {{ background: {c.surface}; color: {c.muted}; border: none;
        border-bottom: 1px solid {c.border}; padding: 6px 8px; }}
    """
