"""Why a piece of notes is no fact, in words for its author, and what many such pieces are called together."""

from __future__ import annotations

CODE = "code"
COMMENT = "a comment"
DATE = "a date alone"
DRAWER = "a drawer"
FORMULA = "a formula"
FRONT_MATTER = "front matter"
FILLED_IN = "what Org fills in itself"
HTML = "html"
LINK = "a link"
MARKUP = "markup"
NO_WORDS = "no words"
NUMBER = "a bare number"
PAGE = "a page number"
PICTURE = "a picture"
PLANNING = "a date to plan by"
PROPERTY = "a property"
COMMAND = "a command"
REFERENCE = "a reference to another place"
REPEATED = "a repeated line"
RESULTS = "results of code"
RULE = "a rule"
SETTING = "a setting"
SKIPPED = "skipped by the author"
SOUND = "a sound"
TABLE = "a table"
TABLE_HEAD = "the head of a table"
TAGS = "tags"
TODO = "a to-do"

TOGETHER = {
    CODE: "code",
    COMMENT: "comments",
    DATE: "dates alone",
    DRAWER: "drawers",
    FILLED_IN: "what Org fills in itself",
    FORMULA: "formulas",
    FRONT_MATTER: "front matter",
    HTML: "html",
    LINK: "links",
    MARKUP: "markup",
    NO_WORDS: "lines without words",
    NUMBER: "bare numbers",
    PAGE: "page numbers",
    PICTURE: "pictures",
    PLANNING: "dates to plan by",
    PROPERTY: "properties",
    COMMAND: "commands",
    REFERENCE: "references",
    REPEATED: "repeated lines",
    RESULTS: "results of code",
    RULE: "rules",
    SETTING: "settings",
    SKIPPED: "skipped lines",
    SOUND: "sounds",
    TABLE: "tables",
    TABLE_HEAD: "heads of tables",
    TAGS: "lines of tags",
    TODO: "to-dos",
}
