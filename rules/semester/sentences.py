"""Every sentence that can be said of a semester's files, in Latvian and English.

Each says what is wrong and what to do, in a coordinator's words. Where they are said: reading in
`integrations/spreadsheet.py`, sheets and cells here, changes in `rules/semester_changes.py`.
"""

from rules.semester.findings import Sentence

# Files that cannot be read.
NO_SUCH_FILE = Sentence(
    "Nav atrodama mape vai darbgrāmata „{name}”. Pārbaudiet ceļu.",
    "There is no folder or workbook “{name}”. Check the path.",
)
NOT_A_SEMESTER = Sentence(
    "„{name}” nav ne mape ar CSV failiem, ne .xlsx darbgrāmata. Norādiet mapi vai .xlsx failu.",
    "“{name}” is neither a folder of CSV files nor an .xlsx workbook. Give a folder or an .xlsx.",
)
NO_CSV_FILES = Sentence(
    "Mapē „{name}” nav neviena CSV faila. Pārbaudiet, vai norādīta pareizā mape.",
    "The folder “{name}” has no CSV file. Check that it is the right folder.",
)
FILE_TOO_LARGE = Sentence(
    "Fails ir lielāks par {limit} MB; semestrim pietiek ar daudz mazāku. Pārbaudiet, vai tas ir "
    "īstais fails.",
    "The file is larger than {limit} MB; a semester needs far less. Check that it is the right "
    "file.",
)
UNREADABLE_FILE = Sentence(
    "Failu nevar atvērt ({reason}). Pārbaudiet, vai to drīkst lasīt un vai tas nav atvērts citur.",
    "The file cannot be opened ({reason}). Check that it may be read and is not open elsewhere.",
)
WINDOWS_1257 = Sentence(
    "Fails saglabāts kodējumā windows-1257, tāpēc latviešu burti būtu nepareizi. Excel izvēlieties "
    "„Saglabāt kā” un veidu „CSV UTF-8”.",
    "The file is saved in windows-1257, so Latvian letters would come out wrong. In Excel choose "
    "“Save as” and the type “CSV UTF-8”.",
)
NOT_UTF_8 = Sentence(
    "Fails nav saglabāts UTF-8 kodējumā. Excel izvēlieties „Saglabāt kā” un veidu „CSV UTF-8”.",
    "The file is not saved in UTF-8. In Excel choose “Save as” and the type “CSV UTF-8”.",
)
LOST_LETTERS = Sentence(
    "Failā dažu burtu vietā ir zīme „\ufffd”: saglabājot tie pazuduši. Saglabājiet failu no jauna no "
    "sākotnējās tabulas ar veidu „CSV UTF-8”.",
    "Some letters of the file have become “\ufffd”: they were lost when it was saved. Save it again "
    "from the original table with the type “CSV UTF-8”.",
)
BROKEN_CSV = Sentence(
    "CSV failu nevar izlasīt no šīs rindas: pēdiņas nav aizvērtas vai šūna ir pārāk gara. Izlabojiet "
    "rindu un saglabājiet failu no jauna.",
    "The CSV file cannot be read from this row on: a quotation mark is not closed or a cell is too "
    "long. Mend the row and save the file again.",
)
OLD_OR_LOCKED = Sentence(
    "Darbgrāmata ir vecajā .xls formātā vai aizsargāta ar paroli. Saglabājiet to kā .xlsx bez paroles.",
    "The workbook is in the old .xls format or protected by a password. Save it as .xlsx without a "
    "password.",
)
BROKEN_WORKBOOK = Sentence(
    "Fails nav .xlsx darbgrāmata vai ir bojāts. Atveriet to Excel un saglabājiet no jauna kā .xlsx.",
    "The file is not an .xlsx workbook or is damaged. Open it in Excel and save it again as .xlsx.",
)
MACROS = Sentence(
    "Darbgrāmatā ir makro, tādas netiek lasītas. Saglabājiet to kā „Excel darbgrāmata (.xlsx)” bez "
    "makro.",
    "The workbook holds macros; such workbooks are not read. Save it as “Excel Workbook (.xlsx)” "
    "without macros.",
)
WORKBOOK_TOO_LARGE = Sentence(
    "Darbgrāmata izvērstā veidā ir pārāk liela. Pārkopējiet tikai tabulas jaunā darbgrāmatā.",
    "The workbook is too large once unpacked. Copy just the tables into a new workbook.",
)
FORBIDDEN_XML = Sentence(
    "Darbgrāmatā ir dokumenta definīcija (DOCTYPE), kādas Excel neraksta; tā var būt ļaunprātīga. "
    "Neatveriet failu un noskaidrojiet, no kurienes tas nācis.",
    "The workbook holds a document type definition (DOCTYPE), which Excel never writes; it may be "
    "malicious. Do not open it, and find out where it came from.",
)
FAR_CELL = Sentence(
    "Darbgrāmatā ir šūna ārpus pieļaujamā apgabala (aiz 99 999. rindas vai aiz kolonnas ZZ). "
    "Izdzēsiet tukšās rindas un kolonnas aiz tabulas un saglabājiet failu.",
    "The workbook has a cell outside the allowed area (beyond row 99,999 or column ZZ). Delete the "
    "empty rows and columns after the table and save the file.",
)
UNCOUNTED_FORMULA = Sentence(
    "Darbgrāmatā ir formula, kuras vērtība nav aprēķināta, tāpēc šūna izskatītos tukša. Atveriet failu "
    "Excel un saglabājiet to no jauna.",
    "The workbook has a formula whose value has not been worked out, so its cell would look empty. "
    "Open the file in Excel and save it again.",
)
WORKBOOK_REFUSED = Sentence(
    "Darbgrāmatu neizdevās izlasīt atvēlētajā laikā un atmiņā. Pārkopējiet tikai tabulas jaunā "
    "darbgrāmatā.",
    "The workbook could not be read within the time and memory allowed. Copy just the tables into a "
    "new workbook.",
)

# Sheets and columns.
MISSING_SHEET = Sentence(
    "Trūkst lapas „{latvian}” ({english}). Pievienojiet to; ja datu nav, pietiek ar virsrakstu rindu.",
    "The sheet “{english}” ({latvian}) is missing. Add it; without data its header row is enough.",
)
SHEET_TWICE = Sentence(
    "Šī lapa ir tas pats, kas „{other}”. Atstājiet tikai vienu no tām.",
    "This sheet is the same as “{other}”. Keep only one of them.",
)
MISSING_COLUMN = Sentence(
    "Trūkst kolonnas „{latvian}” ({english}). Pievienojiet to virsrakstu rindā.",
    "The column “{english}” ({latvian}) is missing. Add it to the header row.",
)
MISSPELT_COLUMN = Sentence(
    "Kolonna „{written}” nav pazīstama. Ja domāta „{latvian}” ({english}), izlabojiet virsrakstu.",
    "The column “{written}” is unknown. If “{english}” ({latvian}) is meant, mend the header.",
)
COLUMN_TWICE = Sentence(
    "Šī kolonna ir divreiz. Atstājiet tikai vienu.",
    "This column is there twice. Keep only one.",
)
TOO_MANY_CELLS = Sentence(
    "Rindā ir vairāk šūnu nekā virsrakstu. Ja šūnā ir saraksts vai teksts ar atdalītāju, lieciet to "
    "pēdiņās.",
    "The row has more cells than the header. Put a list, or text with a separator in it, into "
    "quotation marks.",
)

# Single cells.
EMPTY = Sentence("Šūna ir tukša. Aizpildiet to.", "The cell is empty. Fill it in.")
BAD_DATE = Sentence(
    "„{value}” nav saprotams datums. Rakstiet, piemēram, 05.12.2026. vai 2026-12-05.",
    "“{value}” is not a date that can be read. Write, for example, 05.12.2026. or 2026-12-05.",
)
BAD_TIME = Sentence(
    "„{value}” nav saprotams laiks. Rakstiet, piemēram, 9:00.",
    "“{value}” is not a time that can be read. Write, for example, 9:00.",
)
BAD_COUNT = Sentence(
    "„{value}” nav vesels skaitlis, kas lielāks par nulli. Rakstiet tikai ciparus, piemēram, 1.",
    "“{value}” is not a whole number above zero. Write figures only, for example 1.",
)
BAD_EMAIL = Sentence(
    "„{value}” nav derīga e-pasta adrese. Pārbaudiet to; garumzīmju un atstarpju adresē nav.",
    "“{value}” is not a valid e-mail address. Check it; it has no diacritics and no spaces.",
)
BAD_CHOICE = Sentence(
    "„{value}” šeit nav pazīstams. Rakstiet vienu no šiem: {choices}.",
    "“{value}” is not known here. Write one of these: {choices}.",
)
NO_TIME = Sentence(
    "Nav zināms nodarbības laiks. Ierakstiet sākumu un beigas vai nodarbības numuru (1 vai 2).",
    "The time of the class is unknown. Write its start and end, or its slot (1 or 2).",
)
UNKNOWN_SLOT = Sentence(
    "{value}. nodarbībai nav noteikta laika. Ierakstiet sākumu un beigas.",
    "Slot {value} has no fixed time. Write the start and the end.",
)
SLOT_AND_TIME = Sentence(
    "Laiks {time} nav {value}. nodarbības laikā ({slot}). Izlabojiet laiku vai nodarbības numuru.",
    "The time {time} is not within slot {value} ({slot}). Mend the time or the slot.",
)
ENDS_BEFORE_START = Sentence(
    "Beigas {ends} nav pēc sākuma {starts}. Izlabojiet laiku.",
    "The end {ends} is not after the start {starts}. Mend the time.",
)

# Rows beside each other, and sheets beside each other.
SAME_ROW = Sentence(
    "Rinda ir tāda pati kā {other}. rinda. Izdzēsiet vienu no tām.",
    "The row is the same as row {other}. Delete one of them.",
)
SAME_KEY = Sentence(
    "„{value}” jau ir {other}. rindā. Šajā kolonnā katra vērtība drīkst būt tikai vienreiz.",
    "“{value}” is already in row {other}. In this column each value may be there only once.",
)
SAME_EMAIL = Sentence(
    "Adrese „{value}” jau ir {other}. rindā. Katram cilvēkam vajag savu adresi.",
    "The address “{value}” is already in row {other}. Each person needs an address of their own.",
)
SAME_CLASS = Sentence(
    "Šī nodarbība (tas pats datums, kurss, sākums un grupas) jau ir {other}. rindā. Atstājiet vienu "
    "rindu; vairākus mācībspēkus rakstiet vienā šūnā, atdalot ar semikolu.",
    "This class (same date, course, start and groups) is already in row {other}. Keep one row; "
    "write several lecturers into one cell, separated by a semicolon.",
)
UNKNOWN_KEY = Sentence(
    "„{value}” nav lapā „{sheet}”. Pievienojiet to tur vai izlabojiet šeit; vairākus atdaliet ar "
    "semikolu.",
    "“{value}” is not in the sheet “{sheet}”. Add it there or mend it here; separate several by a "
    "semicolon.",
)
MISSPELT_KEY = Sentence(
    "„{value}” nav lapā „{sheet}”. Vai domāts „{close}”? Izlabojiet šeit vai pievienojiet tur.",
    "“{value}” is not in the sheet “{sheet}”. Is “{close}” meant? Mend it here or add it there.",
)
TWO_SPELLINGS = Sentence(
    "Grupa „{value}” citur rakstīta „{other}”. Rakstiet to visur vienādi.",
    "The group “{value}” is written “{other}” elsewhere. Write it the same way everywhere.",
)
TWO_NAMES = Sentence(
    "Kurss {code} šeit saucas „{value}”, bet lapā „{sheet}” – „{other}”. Izlabojiet nosaukumu vai kodu.",
    "The course {code} is called “{value}” here but “{other}” in the sheet “{sheet}”. Mend the name "
    "or the code.",
)
LECTURER_BUSY = Sentence(
    "Mācībspēkam {value} tajā pašā laikā ir nodarbība {other}. rindā ({time}). Mainiet laiku vai "
    "mācībspēku; kopīgu nodarbību rakstiet vienā rindā ar visām grupām.",
    "The lecturer {value} has the class of row {other} at the same time ({time}). Change the time or "
    "the lecturer; write a joint class as one row with all its groups.",
)
GROUP_BUSY = Sentence(
    "Grupai {value} tajā pašā laikā ir nodarbība {other}. rindā ({time}). Mainiet laiku vai grupas.",
    "The group {value} has the class of row {other} at the same time ({time}). Change the time or "
    "the groups.",
)
NOT_A_COORDINATOR = Sentence(
    "{name} nav SAC koordinators, bet studiju dienā dežurē koordinatori. Norādiet koordinatoru.",
    "{name} is not a SAC coordinator, and coordinators look after a study day. Name a coordinator.",
)
DUTY_TWICE = Sentence(
    "{name} šajā laikā jau dežurē {other}. rindā. Apvienojiet rindas vai mainiet laiku.",
    "{name} is already on duty at that time in row {other}. Join the rows or change the time.",
)

# A new timetable against the classes that exist.
NEW_IN_PAST = Sentence(
    "Nodarbība ir jauna, bet tās diena ({day}) jau pagājusi. Izdzēsiet rindu vai izlabojiet datumu.",
    "The class is new, but its day ({day}) is over. Delete the row or mend the date.",
)
CHANGED_IN_PAST = Sentence(
    "Nodarbība ir mainīta, bet tās diena ({day}) jau pagājusi. Atstājiet rindu, kā bija.",
    "The class is changed, but its day ({day}) is over. Leave the row as it was.",
)
REMOVALS = Sentence(
    "Failā nodarbību, kas ir jau sagatavotās studiju dienās ({days}), vairs nav, vai tās ir citā "
    "dienā; to skaits: {count}. Ja fails nav pilns vai ir vecs, izmantojiet jaunāko; ja nodarbības "
    "tiešām jāizņem vai jāpārceļ, atkārtojiet importu ar --accept-removals {count}.",
    "Classes of study days that are already prepared ({days}) are no longer in the file, or on "
    "another day; their number: {count}. If the file is partial or old, use the newest; if the "
    "classes shall really go, repeat the import with --accept-removals {count}.",
)
