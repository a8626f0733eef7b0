"""Every mistake a user can make, with its stable code and its words.

Codes are grouped: 1xx the text, 2xx names and places, 3xx values, 4xx what is incomplete, 5xx evidence, 6xx business
time, 7xx ambiguities and annexes, 8xx acceptance, 9xx logs.
"""

from __future__ import annotations

from sla_dsl.diagnostics.finding import Kind, Severity

E, W = Severity.ERROR, Severity.WARNING

# ---------- 1xx the text ----------
UNEXPECTED = Kind("SLA101", E, "not expected here", "`{found}` cannot stand here", "{advice}")
UNKNOWN_STATEMENT = Kind("SLA102", E, "unknown statement", "no statement begins with `{found}`", "{advice}")
OPEN_STRING = Kind(
    "SLA103",
    E,
    "text without its closing mark",
    'this text has no closing `"`',
    'Close the text with `"` on the same line. A quotation mark inside a text is written twice: `""`.',
)
OPEN_BLOCK = Kind(
    "SLA104",
    E,
    "block without its closing brace",
    "a block is not closed before this place",
    "Write a closing brace on a line of its own after the last statement of the block.",
)
STRAY_BRACE = Kind(
    "SLA105",
    E,
    "closing brace without a block",
    "this closing brace closes nothing",
    "Remove the brace, or open a block before it.",
)
NO_HEADING = Kind(
    "SLA106",
    E,
    "indented lines without a heading",
    "these lines are indented, but no statement opens a block for them",
    "Write the statement that opens the block above them, or move them to the left.",
)
MISPLACED = Kind("SLA107", E, "statement in the wrong place", "`{head}` does not belong in {block}", "{advice}")
RESERVED = Kind(
    "SLA108",
    E,
    "reserved for later",
    "`{head}` is reserved for a later version of the language",
    "Record what the document says as `out of scope` with a reason, or as a `note`.",
)
TOO_DEEP = Kind(
    "SLA109",
    E,
    "nested too deeply",
    "blocks or brackets are nested more than {limit} deep",
    "Give the inner parts names of their own.",
)
HIDDEN_CHARACTER = Kind(
    "SLA110",
    E,
    "hidden character",
    "an invisible control character ({character}) changes how this text is shown",
    "Delete the character; a reader would see something else than the computer.",
)
LOOKALIKE = Kind(
    "SLA111",
    E,
    "look-alike letters",
    "`{found}` contains {character}, which only looks like a plain letter",
    "Type the name again with plain letters a to z.",
)
UNFINISHED = Kind("SLA114", E, "unfinished statement", "this `{head}` statement is not finished", "{advice}")
MISSING_OPENING = Kind(
    "SLA115",
    E,
    "block without its opening brace",
    "this line is indented, but `{head}` above it opens no block",
    "Write an opening brace at the end of the `{head}` line, or move this line to the left.",
)
TOO_LONG = Kind(
    "SLA116",
    E,
    "file too long",
    "the file has more than {limit} words and signs",
    "Put what belongs to one customer into an annex, a file of its own.",
)
TOO_MANY = Kind(
    "SLA117",
    E,
    "too many findings",
    "more is wrong from here on; only the first {limit} findings are listed",
    "Put right what is listed above, then check the file again.",
)
LANGUAGE_VERSION = Kind("SLA112", E, "language version", "{problem}", "Begin the file with `language 1`.")
EMPTY_FILE = Kind(
    "SLA113",
    E,
    "nothing in the file",
    "the file declares no policy and no annex",
    'Write `policy name "Title" {{ … }}`.',
)

SEVERAL_POLICIES = Kind(
    "SLA118",
    E,
    "more than one policy",
    "a file holds one policy, one annex or one log",
    "Move this one to a file of its own.",
)

# ---------- 2xx names and places ----------
UNKNOWN_NAME = Kind("SLA201", E, "unknown name", "there is no {kind} called `{name}`{of}", "{advice}")
DUPLICATE = Kind(
    "SLA202",
    E,
    "declared twice",
    "the {kind} `{name}` is declared twice",
    "Give one of the two another name, or remove it.",
)
UNUSED = Kind(
    "SLA203",
    W,
    "never used",
    "the {kind} `{name}` is declared but nothing uses it",
    "Remove it, use it, or accept this finding with the reason why it is kept.",
)
SAME_NAME = Kind(
    "SLA204",
    E,
    "one name for two things",
    "`{name}` is the name of a {kind} and of {other}",
    "Give one of them another name: in a condition they could not be told apart.",
)
TICKET_KEY = Kind(
    "SLA205",
    E,
    "name of a ticket key",
    "a {kind} cannot be called `{name}`, because tickets have a key of that name",
    "Choose another name.",
)
ATTRIBUTE_OWNER = Kind(
    "SLA206", E, "attribute of whom", "an attribute cannot belong to `{found}`", "Write one of: {known}."
)
ONCE_ONLY = Kind("SLA207", E, "said twice", "`{head}` is said twice in this {block}", "Keep one of the two.")
NOT_DROPPED = Kind(
    "SLA208",
    E,
    "nothing of this kind to drop",
    "`{kind}` is not a kind of declaration that can be dropped",
    "Write one of: {known}.",
)
NOT_AMENDED = Kind(
    "SLA209",
    E,
    "kind that cannot be amended",
    "a {kind} cannot be amended",
    "Declare it anew under its name, as a whole; amended are: {known}.",
)
AMENDS_NOTHING = Kind(
    "SLA210",
    E,
    "amendment that changes nothing",
    "this amendment changes nothing",
    "Write in its block the statements that take the place of the old ones.",
)
WHICH_LEVEL = Kind(
    "SLA211",
    E,
    "level of which scale",
    "`{name}` is a level of {scales}",
    "Name the level by a label that only one of them has, or call one of the two differently.",
)
SAME_LABEL = Kind(
    "SLA212",
    E,
    "label given twice",
    "the label `{name}` belongs to two {kind}s",
    "Give one of them another label: people name things by their labels.",
)
DROPPED_IN_USE = Kind(
    "SLA213",
    E,
    "dropped but used",
    "`{what}` is gone here, but `{by}` names it",
    "Drop that as well, or declare it anew without the name.",
)

# ---------- 3xx values ----------
UNKNOWN_TYPE = Kind("SLA301", E, "unknown type", "`{name}` is not a type", "Write one of: {known}.")
WRONG_VALUE = Kind("SLA302", E, "value of the wrong kind", "`{value}` is not {type}", "Write a value that is {type}.")
NO_SUCH_DATE = Kind(
    "SLA303", E, "no such date", "there is no date {date}", "Write year-month-day, for example `2026-02-28`."
)
BACKWARDS = Kind("SLA304", E, "runs backwards", "{first} to {last} runs backwards", "Write the earlier one first.")
BAD_TIME = Kind(
    "SLA305", E, "no such time", "there is no time {time}", "Write hours from 00:00 to 24:00; `24:00` only as an end."
)
MIXED_UNITS = Kind(
    "SLA306",
    E,
    "units that do not mix",
    "days, weeks and months do not add to hours and minutes, nor to each other",
    "Use one kind of unit, or combine two limits with `earlier of … and …`.",
)
BROKEN_NUMBER = Kind(
    "SLA307",
    E,
    "not a whole number",
    "this number of {unit}s cannot be taken exactly",
    "Write a whole number; hours and minutes may be decimal down to a microsecond.",
)
NO_DAYS = Kind(
    "SLA308", E, "less than one", "a number of {unit}s is at least 1", "Write at least 1, or hours and minutes."
)
RANGE_ORDER = Kind(
    "SLA309", E, "range in the wrong order", "{low} to {high} is not a range", "Write the smaller number first."
)
DAYS_OF_WHAT = Kind(
    "SLA310",
    E,
    "days of what",
    "`{found}` does not say which days count",
    "Write `days of CALENDAR` for days with opening hours, or `calendar days`.",
)
DAYS_NOT_COUNTED = Kind(
    "SLA311",
    E,
    "days counted how",
    "`{found}` does not say how the days are counted",
    "Add `same time`, or one of `by close`, `by end of day`, `by HH:MM` with `after the start date` or "
    "`from the day after`.",
)
DAYS_NOT_ANCHORED = Kind(
    "SLA312",
    E,
    "days counted from where",
    "the days end on a date, but it is not said where the count begins",
    "Add `after the start date`, `from the start date`, `after the day after` or `from the day after`.",
)
SAME_TIME_ANCHORED = Kind(
    "SLA313",
    E,
    "same time has no anchor",
    "`same time` counts from the start itself",
    "Leave out `from …` or `after …`, or end the days `by close`.",
)
HOURS_COUNTED_AS_DAYS = Kind(
    "SLA314",
    E,
    "hours are not days",
    "`{found}` belongs to days, not to hours and minutes",
    "Leave it out, or give the limit in days.",
)
PERIOD_COUNTED = Kind(
    "SLA315",
    E,
    "calendar periods",
    "`{found}` does not go with calendar days, weeks or months",
    "They end `by end of day` or `same time`, and may be `rolled to` a calendar.",
)
NO_LIMIT = Kind(
    "SLA316",
    E,
    "promise without a limit",
    "`{modality}` needs a limit here",
    'Add `within …` or `in less than …`, or write the words: `words "…"`.',
)
UNKNOWN_ZONE = Kind(
    "SLA317", E, "unknown zone", "{problem}", "Write a zone such as `Europe/Amsterdam`, `UTC`, or `UTC-05:00`."
)
WRONG_PARAMETER = Kind(
    "SLA318",
    E,
    "parameter of the wrong type",
    "`{name}` is {type} and not {wanted}",
    "Name {wanted}, or change the type of the parameter.",
)
NOT_A_CALENDAR = Kind(
    "SLA319",
    E,
    "not a calendar",
    "`{name}` is {type} and not a calendar",
    "Name a calendar, or a parameter that is a calendar.",
)
NOT_AN_EVENT = Kind(
    "SLA320",
    E,
    "not an event",
    "`{found}` is not something that happens at an instant",
    "After `when` name events or write `status is …`; put conditions after `if`.",
)
NOT_YES_OR_NO = Kind(
    "SLA321",
    E,
    "not a yes/no fact",
    "`{name}` is {type} and cannot stand alone as a condition",
    "Compare it: `{name} is …`, `{name} at least …`.",
)
UNKNOWN_STATE = Kind("SLA322", E, "no such state", "{what} is never `{found}`", "{advice}")
WRONG_COMPARISON = Kind(
    "SLA323",
    E,
    "compared with the wrong kind",
    "`{name}` is {type} and cannot be compared with {value}",
    "Compare it with a value of its own type.",
)
NOT_A_DATE = Kind(
    "SLA324",
    E,
    "not a date",
    "`{name}` is {type} and has no place in time",
    "Name an event, or a fact that is a date or an instant.",
)
MONTHS_APART = Kind(
    "SLA325", E, "months have no fixed length", "a distance in months cannot be measured", "Write days or weeks."
)
UNKNOWN_WAY = Kind("SLA326", E, "unknown way", "`{found}` is not a way for a clock to go on", "Write one of: {known}.")
WARNING_UNIT = Kind(
    "SLA327",
    E,
    "warning in days",
    "a warning comes some hours or minutes before due, or at a share",
    "Write `warn 2 hours before due` or `warn at 75 %`.",
)
UNKNOWN_PERIOD = Kind("SLA328", E, "unknown period", "`{found}` is not a period", "Write one of: {known}.")
NOT_A_PROMISE = Kind(
    "SLA329",
    E,
    "not a promise",
    "`{found}` is not a promise",
    'Write `target within …`, `shall within …`, `best effort`, `words "…"`, `to be determined`, `no promise`, '
    "or leave the cell empty.",
)
NEVER_HOLDS = Kind(
    "SLA330",
    W,
    "condition that never holds",
    "`{condition}` holds for no ticket",
    "Change the condition, or remove what depends on it.",
)
ALWAYS_HOLDS = Kind(
    "SLA331",
    W,
    "condition that always holds",
    "`{condition}` holds for every ticket",
    "Change the condition, or leave it out.",
)
NUMBER_TOO_LONG = Kind(
    "SLA332",
    E,
    "number too long",
    "this number has more than {limit} digits",
    "Write a larger unit, or fewer digits.",
)
NO_ORDER = Kind(
    "SLA333",
    E,
    "levels without an order",
    "`{name}` has no order: none of its values is higher than another",
    "Name those that are meant: `{name} is one of (A, B)`; numbers are compared with `at least`.",
)

CALENDAR_NOT_COUNTED = Kind("SLA334", E, "calendar that does not count", "{what}, not in `{calendar}`", "{advice}")

# ---------- 4xx what is incomplete ----------
CLOCK_INCOMPLETE = Kind("SLA401", E, "incomplete clock", "the clock `{name}` does not say {what}", "{advice}")
CLOCK_CHANGE = Kind(
    "SLA402",
    W,
    "change not said",
    "the clock `{name}` does not say what a change of {of} does to it",
    "Add `on change of {of} rebase`, `carry`, `restart` or `keep`.",
)
CLOCK_REOPENING = Kind(
    "SLA403",
    W,
    "reopening not said",
    "the clock `{name}` does not say what reopening does to it",
    "Add `on reopening continue`, `continue, gap counts`, `new cycle` or `stay closed`.",
)
CLOCK_PAUSES = Kind(
    "SLA404",
    E,
    "pauses and days",
    "the clock `{name}` can pause and has targets in days, but does not say whether pauses move the due time",
    "Add `pauses move the due time` or `pauses do not move the due time`.",
)
NO_HEADER = Kind(
    "SLA405",
    E,
    "table without a header",
    "the table has no header row that names the levels of `{scale}`",
    "Begin with a row whose first cell is empty: `|  | a | b |`.",
)
ROW_LENGTH = Kind(
    "SLA406",
    E,
    "row of the wrong length",
    "this row has {found} cells after its name; the table has {wanted} columns",
    "Add or remove cells; a blank cell is written as an empty one.",
)
EMPTY_MATRIX_CELL = Kind(
    "SLA407",
    E,
    "empty cell in a matrix",
    "a cell of a matrix cannot be empty",
    "Write the level it gives, or `none` where the document gives none.",
)
MATRIX_GAP = Kind(
    "SLA408",
    E,
    "incomplete matrix",
    "the matrix for `{gives}` has no cell for {pairs}",
    "Add the row or column, with `none` where the document gives none.",
)
TARGET_GAP = Kind(
    "SLA409",
    E,
    "level without a target",
    "{clocks} {have} no target for {levels}",
    "Add it; where the document says nothing write `{example}`.",
)
CHOICE_GAP = Kind(
    "SLA410",
    W,
    "choice with a gap",
    "no case applies when {example}",
    "Add `otherwise …`, or a case for it.",
)
DEAD_BRANCH = Kind(
    "SLA411",
    W,
    "case that never applies",
    "the case `{case}` never applies: an earlier one always does",
    "Remove it, or put it before the case that hides it.",
)
LEVELS_OVERLAP = Kind(
    "SLA412",
    E,
    "levels overlap",
    "both `{first}` and `{second}` apply when {example}",
    "Change one of the conditions, or declare the scale `highest first, highest wins`.",
)
DUPLICATE_TARGET = Kind(
    "SLA413",
    E,
    "two targets for one cell",
    "`{id}` has two targets",
    "Keep one; a second statement about the same cell is written `also …`.",
)
CALENDAR_ROW = Kind(
    "SLA414",
    E,
    "row of a calendar choice",
    "a row here has two cells: levels, and the calendar for them",
    "Write `| level | calendar |`.",
)
CALENDAR_CHOICE_GAP = Kind(
    "SLA415",
    E,
    "calendar choice with a gap",
    "no calendar is chosen for {levels} of `{scale}`",
    "Add a row for each level.",
)
CALENDAR_MIXED = Kind(
    "SLA416",
    E,
    "two kinds of calendar",
    "`{found}` does not go with a calendar that is made of others",
    "Remove it, or declare the hours as a calendar of their own and name it.",
)
DUTY_INCOMPLETE = Kind(
    "SLA417",
    E,
    "incomplete duty",
    "the duty `{name}` does not say who owes it, and how bindingly",
    "Add `owed by PARTY` (or `owed by PARTY to PARTY`) and `due shall`, `due should within …` or the like.",
)
NOTHING_SAID = Kind("SLA418", E, "empty declaration", "`{what}` says nothing", "{advice}")
NO_CREATED = Kind(
    "SLA419", E, "creation not said", "the policy does not say which event creates a ticket", "Add `created is EVENT`."
)
OVERLAPPING_TARGETS = Kind(
    "SLA420",
    W,
    "target that is never reached",
    "`{id}` is never reached: `{other}` always comes before it",
    "Remove one of the two, or give the first one a condition.",
)
TABLE_TOO_LARGE = Kind(
    "SLA421",
    E,
    "table too large",
    "this table has {found} cells; at most {limit} are read",
    "Write a table for each clock.",
)

# ---------- 5xx evidence ----------
NO_SOURCE = Kind(
    "SLA501", E, "no source", "the policy names no source document", 'Add `source "document.txt" sha256 "…"`.'
)
SOURCE_UNREADABLE = Kind(
    "SLA502", E, "unreadable source", "{problem}", "Put the document beside the policy, as UTF-8 text."
)
SOURCE_OUTSIDE = Kind(
    "SLA503",
    E,
    "source outside of the folder",
    "`{name}` lies outside of the policy's folder",
    "Copy the document into the folder of the policy, and name it without `..` and links.",
)
SOURCE_CHANGED = Kind(
    "SLA504",
    E,
    "source has changed",
    "`{name}` is not the document this policy was written from",
    'Compare it with the policy, then pin it anew: `sha256 "{sha256}"`.',
)
SOURCE_NOT_PINNED = Kind(
    "SLA505", W, "source not pinned", "`{name}` is not pinned by its SHA-256", 'Add `sha256 "{sha256}"` behind it.'
)
NOT_QUOTED = Kind("SLA506", E, "not in the source", "“{quote}” does not stand in {source}", "{advice}")
QUOTED_TWICE = Kind(
    "SLA507",
    E,
    "quotation is not unique",
    "“{quote}” stands in {source} {count} times, on {lines}",
    'Quote more words, or add `before "…"`, `after "…"`, or `row "…" column "…"`.',
)
UNCITED = Kind(
    "SLA508",
    E,
    "no evidence",
    "`{clause}` rests on no sentence of a source",
    'Add `cite "…"` with the words of the document, or `assume "…"` with the reason.',
)
NUMBER_NOT_CITED = Kind(
    "SLA509",
    E,
    "number is not in the citation",
    "the number {number} of `{clause}` stands in none of its citations",
    'Quote the words that give the number, or explain it with `assume "…"`.',
)
NOT_COVERED = Kind(
    "SLA510",
    W,
    "sentences not accounted for",
    "{count} of {total} units of {source} are not accounted for; the first is “{first}”",
    "Cite each in a rule, or mark it `informative` or `out of scope`. `sla coverage` lists them all.",
)
UNKNOWN_CELL = Kind(
    "SLA511",
    E,
    "evidence for no cell",
    "`{name}` is no row, column or level here",
    "Name a row, or a row and a column, as they are named here; without a name the evidence supports everything.",
)
CUT_WORD = Kind(
    "SLA512",
    E,
    "quotation cuts a word",
    "“{quote}” stands in {source} only as a part of “{whole}”",
    "Quote whole words.",
)
QUOTED_ELSEWHERE = Kind(
    "SLA513",
    E,
    "quotation stands elsewhere",
    "“{quote}” stands in {source} on {lines}, but not where `before`, `after`, `row` or `column` say",
    "Change what tells the place, or leave it out.",
)
NO_SUCH_CELL = Kind(
    "SLA514",
    E,
    "no such cell",
    "no table of {source} has a cell in {cell}",
    "Name the row by the words in its first cell, the column by those in its head.",
)

# ---------- 6xx business time ----------
CALENDAR_BROKEN = Kind(
    "SLA601", E, "calendar that cannot be", "the calendar `{name}` cannot be built: {problem}", "{advice}"
)
CALENDAR_NEVER_OPEN = Kind(
    "SLA602",
    E,
    "calendar without open time",
    "the calendar `{name}` is never open",
    "Add `open …`, or remove what closes it.",
)
CALENDAR_ZONE = Kind(
    "SLA603",
    E,
    "calendar without a zone",
    "the calendar `{name}` has no zone",
    "Add `timezone ZONE` to the calendar or to the policy.",
)
CALENDAR_CIRCLE = Kind(
    "SLA604",
    E,
    "calendars in a circle",
    "the calendar `{name}` is made of itself: {circle}",
    "Remove one of the steps.",
)
EMPTY_WINDOW = Kind(
    "SLA605",
    E,
    "window without time",
    "a window from {time} to {time} is empty",
    "For a whole day write `00:00 to 24:00`.",
)
STRETCH_ALONE = Kind(
    "SLA606",
    E,
    "stretch over several days",
    "hours that end on another day are written for one day and alone",
    "Write one line: `open sun 14:00 to fri 17:00`.",
)
HOLIDAYS_CHANGED = Kind(
    "SLA607",
    W,
    "holiday data has changed",
    "today's holiday data gives other dates than the compiled policy: {what}",
    "Compile the policy again, or keep it as it is pinned.",
)
YEARS_NOT_SAID = Kind(
    "SLA608",
    W,
    "years not said",
    "the calendar `{name}` does not say which years it covers; {first} to {last} are taken",
    "Add `years {first} to {last}`.",
)
BAD_YEARS = Kind(
    "SLA609",
    E,
    "years that cannot be",
    "{problem}",
    "Write the first year before the last, for example `2020 to 2035`.",
)
BAD_RECURRENCE = Kind(
    "SLA610",
    E,
    "rule for dates that cannot be read",
    "{problem}",
    'Write a rule of RFC 5545, for example `closed every "FREQ=MONTHLY;BYDAY=1SU"`.',
)
UNKNOWN_HOLIDAYS = Kind("SLA611", E, "unknown holidays", "{problem}", "{advice}")
HOLIDAYS_DOUBTFUL = Kind(
    "SLA612",
    W,
    "doubtful holiday data",
    "the holidays of {rule} are not known for sure from {first} to {last}: {why}",
    "Cover fewer years, give the dates of these years yourself, or accept this finding.",
)

# ---------- 7xx ambiguities and annexes ----------
NOT_CHOSEN = Kind(
    "SLA701", E, "no reading chosen", "the ambiguity `{name}` chooses no reading", 'Add `choose READING because "…"`.'
)
ONE_READING = Kind(
    "SLA702",
    E,
    "only one reading",
    "the ambiguity `{name}` has fewer than two readings",
    "Add the other defensible reading, or make it a `note`.",
)
EMPTY_READINGS = Kind(
    "SLA703",
    E,
    "readings that change nothing",
    "no reading of `{name}` changes anything",
    'Give each reading the declarations it replaces, or say `not computed "why"`.',
)
OVERLAP = Kind(
    "SLA704",
    E,
    "ambiguities that overlap",
    "`{first}` and `{second}` both replace {what}",
    'Say which goes before the other: `overrides {first} because "…"` in `{second}`.',
)
NOTHING_EXPECTED = Kind(
    "SLA705", E, "example without an expectation", "the example expects nothing", "Add `expect … `."
)
WRONG_BASE = Kind(
    "SLA706",
    E,
    "annex to another policy",
    "this annex is for `{wanted}`, not for `{found}`",
    "Use it with the policy it was written for.",
)
BASE_MISSING = Kind(
    "SLA707",
    E,
    "policy of the annex not found",
    "the policy `{name}` of this annex was not found",
    "Put `{name}.sla` beside the annex, or name a shipped policy.",
)
REPLACES_NOTHING = Kind(
    "SLA708",
    W,
    "replaces nothing",
    "the reading declares {clause}, which the policy does not have",
    "Declare it under the name of what it replaces; accept this finding if it is meant to be new.",
)
OVERRIDES_CIRCLE = Kind(
    "SLA709",
    E,
    "ambiguities in a circle",
    "each of these ambiguities goes before the next: {circle}",
    "Remove one of the `overrides` statements.",
)
WHICH_READING = Kind(
    "SLA711",
    E,
    "reading of which ambiguity",
    "`{name}` is a reading of {ambiguities}",
    'Name the ambiguity too: `choose {first} is {name} because "…"`.',
)
ANNEX_CLASH = Kind(
    "SLA710",
    E,
    "annexes that clash",
    "`{clause}` is changed by this annex and by `{other}`",
    "Let one annex change it, and leave it out of the other.",
)

# ---------- 8xx acceptance ----------
ACCEPTED_NOTHING = Kind(
    "SLA801",
    E,
    "acceptance without a finding",
    "there is no finding {code} to accept",
    "Remove the `accept` statement: its reason no longer applies.",
)
CANNOT_ACCEPT = Kind(
    "SLA802",
    E,
    "errors are not accepted",
    "{code} is an error and cannot be accepted",
    "Mend it; only warnings can be accepted.",
)
UNKNOWN_CODE = Kind(
    "SLA803",
    E,
    "unknown code",
    "`{code}` is not the code of a finding",
    "Codes look like `SLA203`; the findings are listed in the documentation.",
)

# ---------- 9xx logs ----------
LOG_POLICY_MISSING = Kind(
    "SLA901",
    E,
    "policy of the log not found",
    "the policy `{name}` of this log was not found",
    "Put `{name}.sla` beside the log's file, name a shipped policy, or leave `for {name}` out.",
)
ROWS_NOT_SAID = Kind(
    "SLA902",
    E,
    "rows of what",
    "{problem}",
    "Add `one row per entry`, or `one row per ticket` where each has a single row.",
)
NO_TICKET_COLUMN = Kind(
    "SLA903",
    E,
    "no column of tickets",
    "the log does not say which column tells the tickets apart",
    'Add `ticket from "column"`.',
)
NO_TIME_COLUMN = Kind(
    "SLA904",
    E,
    "no column of times",
    "the log does not say which column holds the time {of}",
    'Add `{head} from "column"`.',
)
NOT_PER_TICKET = Kind(
    "SLA905",
    E,
    "not with one row per ticket",
    "`{head}` says something of an entry, and here a row is a whole ticket",
    "{advice}",
)
BAD_PATTERN = Kind(
    "SLA906",
    E,
    "not a pattern of times",
    "{problem}",
    "Write a time as `%d/%m/%Y %H:%M` for 31/12/2026 08:30, with the signs of `strptime`.",
)
LOG_ZONE = Kind(
    "SLA907",
    E,
    "times without a zone",
    "times written as `{pattern}` do not say their zone, and the log says none",
    'Add it: `times as "{pattern}" in Europe/Amsterdam`, or `times in Europe/Amsterdam`.',
)
NAMED_TWICE = Kind(
    "SLA908",
    E,
    "named twice",
    "“{value}” is named twice{where}",
    "Keep one of the two; of values, case and spacing do not matter.",
)
BAD_MEANING = Kind(
    "SLA909",
    E,
    "not what a value can mean",
    "a value of this column cannot be read as `{found}`",
    "Write `as NAME`; in a column of events also `as status NAME`, in one of statuses `as event NAME`.",
)
BAD_FILE = Kind(
    "SLA910",
    E,
    "no such form of a file",
    "{problem}",
    'Write for example `file csv delimited by ";" encoded in "latin-1"`; there are csv, json, parquet and xes.',
)
NOTHING_AGREED = Kind(
    "SLA911",
    E,
    "due time that nobody agrees on",
    "no clock of `{policy}` has a due time that is agreed with an event",
    "Remove the line, or add `agreed when EVENT` to the clock.",
)
NOT_GIVEN = Kind(
    "SLA912",
    W,
    "never given by the log",
    "nothing in this log gives {what}",
    "Read a value or a column as it, or accept this finding with the reason why the log does not have it.",
)

ALL: tuple[Kind, ...] = tuple(kind for kind in list(globals().values()) if isinstance(kind, Kind))
"""Every kind of finding, in the order of this file."""
