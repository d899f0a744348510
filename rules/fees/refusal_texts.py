"""The words of refusals, Latvian and English side by side; those of quotes are in `texts.py`."""

from collections.abc import Mapping
from types import MappingProxyType

REFUSALS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "unknown_row": (
            "Cenrādī nav punkta {row}",
            "There is no row {row} on the price list",
        ),
        "heading_row": (
            "{row}. punkts ir virsraksts bez cenas; jāizvēlas kāds no apakšpunktiem ({children})",
            "Row {row} is a heading without a price; choose one of its rows ({children})",
        ),
        "missing_input": (
            "{row}. punktam trūkst: {names}",
            "Row {row} needs: {names}",
        ),
        "missing_in_request": ("Pieprasījumā trūkst: {names}", "The request needs: {names}"),
        "unknown_input": (
            "{row}. punkts nepazīst lauku {name}",
            "Row {row} does not know the input {name}",
        ),
        "unknown_in_request": (
            "Pieprasījumā ir nezināms lauks {name}",
            "The request does not know the field {name}",
        ),
        "bad_value": (
            "{name}: sagaidāmā vērtība – {expected}; dotā – {given}",
            "{name} must be {expected}, not {given}",
        ),
        "unfit_value": (
            "{name} neatbilst {row}. punktam",
            "{name} does not fit row {row}",
        ),
        "disagreeing": (
            "{first} un {second} nesakrīt",
            "{first} and {second} do not agree",
        ),
        "out_of_order": (
            "{later} nedrīkst būt pirms {earlier}",
            "{later} must not be before {earlier}",
        ),
        "no_items": (
            "Pieprasījumā nav neviena pakalpojuma",
            "The request has no items",
        ),
        "one_only": (
            "{row}. punktā skaitu nosaka {name}; quantity var būt tikai 1",
            "Row {row} is counted by {name}; quantity can only be 1",
        ),
        "too_late_study": (
            "{late}, bet {row}. punkts pieļauj ne vairāk kā {limit}; par lietišķo pētījumu ārpus termiņa sk. 6.4. punktu",
            "{late}, but row {row} allows at most {limit}; for an applied study outside the deadline see row 6.4",
        ),
        "too_late": (
            "{late}, bet {row}. punkts pieļauj ne vairāk kā {limit}; tālāk lemj atbildīgā persona",
            "{late}, but row {row} allows at most {limit}; beyond that a person decides",
        ),
        "too_many_pieces": (
            "{pieces}: cenrādī cena ir noteikta tikai līdz {limit}",
            "{pieces}: the list has prices only up to {limit}",
        ),
        "no_amount": (
            "{row}. punktam nav norādītas cenas; par maksu lemj atbildīgā persona",
            "Row {row} has no printed price; a person decides what is charged",
        ),
        "too_large": (
            "{area} m² liels stends: cenrādī cena ir noteikta tikai līdz {limit} m²",
            "A stand of {area} m²: the list has a price only up to {limit} m²",
        ),
        "no_degree": (
            "{row}. punkts nav pieejams: kvalifikācijai bez grāda dublikātu uz spēkā esošās veidlapas nevar izsniegt (Ministru kabineta noteikumi Nr. 202)",
            "Row {row} is not available: for a qualification without a degree no duplicate can be issued on the form now in force (Cabinet Regulations No 202)",
        ),
        "no_vacancy": (
            "Grupas maiņa nav iespējama: izvēlētajā grupā nav vakantas studiju vietas",
            "The change of group is not possible: the chosen group has no vacant place",
        ),
        "group_late": (
            "Grupas maiņa nav iespējama: iesniegums nav iesniegts noteiktajā termiņā",
            "The change of group is not possible: the application was not submitted in time",
        ),
        "later_than_year": (
            "Kopš eksmatrikulācijas {left} līdz {resumed} ir pagājis vairāk nekā gads: piemērojams {other}. punkts",
            "More than a year passed from exmatriculation on {left} to {resumed}: row {other} applies",
        ),
        "within_a_year": (
            "Kopš eksmatrikulācijas {left} līdz {resumed} nav pagājis vairāk nekā gads: piemērojams {other}. punkts",
            "No more than a year passed from exmatriculation on {left} to {resumed}: row {other} applies",
        ),
    }
)
