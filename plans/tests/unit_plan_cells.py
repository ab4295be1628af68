"""State × move × person for unit plans, every cell by hand from the working rules of the "Unit plan".

One block a state; a row a move, with the state it leads to; a cell a person:
  x  may      .  may not (refused: 403)      -  the move does not exist from that state (the page is out of date)

The people, first for a unit's plan, then for the Office's own:
  ed  editor of the unit           hd  its head                 dl  who stands in for the head (delegation)
  oe  another unit's editor        oh  another unit's head      os  office staff          ch  chief of office
  di  Director                     vt  clerk                    in  inspector             ad  administrator
  mb  office staff who are also editors of the unit             fm  head until yesterday  ds  a disabled head
For the Office's plan "the unit" is the Office; os and ch hold no post in it.
"""

WHO = ("ed", "hd", "dl", "oe", "oh", "os", "ch", "di", "vt", "in", "ad", "mb", "fm", "ds")

#                          ed hd dl  oe oh  os ch di  vt in ad  mb fm ds
UNIT = """
not_started
  start        drafting    x  x  x   .  .   .  .  .   .  .  .   x  .  .
  send_to_head -           -  -  -   -  -   -  -  -   -  -  -   -  -  -
  submit       -           -  -  -   -  -   -  -  -   -  -  -   -  -  -
  submit_paper submitted   .  .  .   .  .   x  .  .   .  .  .   .  .  .
  pull_back    -           -  -  -   -  -   -  -  -   -  -  -   -  -  -
  withdraw     -           -  -  -   -  -   -  -  -   -  -  -   -  -  -
  take_up      -           -  -  -   -  -   -  -  -   -  -  -   -  -  -
  accept       -           -  -  -   -  -   -  -  -   -  -  -   -  -  -
  send_back    -           -  -  -   -  -   -  -  -   -  -  -   -  -  -
  amend        -           -  -  -   -  -   -  -  -   -  -  -   -  -  -
  exempt       exempt      .  .  .   .  .   .  x  .   .  .  .   .  .  .
  lapse        exempt      .  .  .   .  .   .  .  .   .  .  .   .  .  .
  transfer     transferred .  .  .   .  .   .  x  .   .  .  .   .  .  .
drafting
  start        -           -  -  -   -  -   -  -  -   -  -  -   -  -  -
  send_to_head head_review x  .  x   .  .   .  .  .   .  .  .   x  .  .
  submit       submitted   .  x  x   .  .   .  .  .   .  .  .   .  .  .
  submit_paper submitted   .  .  .   .  .   x  .  .   .  .  .   .  .  .
  pull_back    -           -  -  -   -  -   -  -  -   -  -  -   -  -  -
  withdraw     -           -  -  -   -  -   -  -  -   -  -  -   -  -  -
  take_up      -           -  -  -   -  -   -  -  -   -  -  -   -  -  -
  accept       -           -  -  -   -  -   -  -  -   -  -  -   -  -  -
  send_back    -           -  -  -   -  -   -  -  -   -  -  -   -  -  -
  amend        -           -  -  -   -  -   -  -  -   -  -  -   -  -  -
  exempt       exempt      .  .  .   .  .   .  x  .   .  .  .   .  .  .
  lapse        exempt      .  .  .   .  .   .  .  .   .  .  .   .  .  .
  transfer     transferred .  .  .   .  .   .  x  .   .  .  .   .  .  .
head_review
  start        -           -  -  -   -  -   -  -  -   -  -  -   -  -  -
  send_to_head -           -  -  -   -  -   -  -  -   -  -  -   -  -  -
  submit       submitted   .  x  x   .  .   .  .  .   .  .  .   .  .  .
  submit_paper submitted   .  .  .   .  .   x  .  .   .  .  .   .  .  .
  pull_back    drafting    x  x  x   .  .   .  .  .   .  .  .   x  .  .
  withdraw     -           -  -  -   -  -   -  -  -   -  -  -   -  -  -
  take_up      -           -  -  -   -  -   -  -  -   -  -  -   -  -  -
  accept       -           -  -  -   -  -   -  -  -   -  -  -   -  -  -
  send_back    -           -  -  -   -  -   -  -  -   -  -  -   -  -  -
  amend        -           -  -  -   -  -   -  -  -   -  -  -   -  -  -
  exempt       -           -  -  -   -  -   -  -  -   -  -  -   -  -  -
  lapse        exempt      .  .  .   .  .   .  .  .   .  .  .   .  .  .
  transfer     transferred .  .  .   .  .   .  x  .   .  .  .   .  .  .
submitted
  start        -           -  -  -   -  -   -  -  -   -  -  -   -  -  -
  send_to_head -           -  -  -   -  -   -  -  -   -  -  -   -  -  -
  submit       -           -  -  -   -  -   -  -  -   -  -  -   -  -  -
  submit_paper -           -  -  -   -  -   -  -  -   -  -  -   -  -  -
  pull_back    -           -  -  -   -  -   -  -  -   -  -  -   -  -  -
  withdraw     drafting    .  x  x   .  .   .  .  .   .  .  .   .  .  .
  take_up      in_review   .  .  .   .  .   x  x  .   .  .  .   .  .  .
  accept       accepted    .  .  .   .  .   x  x  .   .  .  .   .  .  .
  send_back    returned    .  .  .   .  .   x  x  .   .  .  .   .  .  .
  amend        -           -  -  -   -  -   -  -  -   -  -  -   -  -  -
  exempt       -           -  -  -   -  -   -  -  -   -  -  -   -  -  -
  lapse        -           -  -  -   -  -   -  -  -   -  -  -   -  -  -
  transfer     -           -  -  -   -  -   -  -  -   -  -  -   -  -  -
in_review
  start        -           -  -  -   -  -   -  -  -   -  -  -   -  -  -
  send_to_head -           -  -  -   -  -   -  -  -   -  -  -   -  -  -
  submit       -           -  -  -   -  -   -  -  -   -  -  -   -  -  -
  submit_paper -           -  -  -   -  -   -  -  -   -  -  -   -  -  -
  pull_back    -           -  -  -   -  -   -  -  -   -  -  -   -  -  -
  withdraw     -           -  -  -   -  -   -  -  -   -  -  -   -  -  -
  take_up      -           -  -  -   -  -   -  -  -   -  -  -   -  -  -
  accept       accepted    .  .  .   .  .   x  x  .   .  .  .   .  .  .
  send_back    returned    .  .  .   .  .   x  x  .   .  .  .   .  .  .
  amend        -           -  -  -   -  -   -  -  -   -  -  -   -  -  -
  exempt       -           -  -  -   -  -   -  -  -   -  -  -   -  -  -
  lapse        -           -  -  -   -  -   -  -  -   -  -  -   -  -  -
  transfer     -           -  -  -   -  -   -  -  -   -  -  -   -  -  -
returned
  start        -           -  -  -   -  -   -  -  -   -  -  -   -  -  -
  send_to_head head_review x  .  x   .  .   .  .  .   .  .  .   x  .  .
  submit       submitted   .  x  x   .  .   .  .  .   .  .  .   .  .  .
  submit_paper submitted   .  .  .   .  .   x  .  .   .  .  .   .  .  .
  pull_back    -           -  -  -   -  -   -  -  -   -  -  -   -  -  -
  withdraw     -           -  -  -   -  -   -  -  -   -  -  -   -  -  -
  take_up      -           -  -  -   -  -   -  -  -   -  -  -   -  -  -
  accept       -           -  -  -   -  -   -  -  -   -  -  -   -  -  -
  send_back    -           -  -  -   -  -   -  -  -   -  -  -   -  -  -
  amend        -           -  -  -   -  -   -  -  -   -  -  -   -  -  -
  exempt       -           -  -  -   -  -   -  -  -   -  -  -   -  -  -
  lapse        -           -  -  -   -  -   -  -  -   -  -  -   -  -  -
  transfer     -           -  -  -   -  -   -  -  -   -  -  -   -  -  -
accepted
  start        -           -  -  -   -  -   -  -  -   -  -  -   -  -  -
  send_to_head -           -  -  -   -  -   -  -  -   -  -  -   -  -  -
  submit       -           -  -  -   -  -   -  -  -   -  -  -   -  -  -
  submit_paper -           -  -  -   -  -   -  -  -   -  -  -   -  -  -
  pull_back    -           -  -  -   -  -   -  -  -   -  -  -   -  -  -
  withdraw     -           -  -  -   -  -   -  -  -   -  -  -   -  -  -
  take_up      -           -  -  -   -  -   -  -  -   -  -  -   -  -  -
  accept       -           -  -  -   -  -   -  -  -   -  -  -   -  -  -
  send_back    -           -  -  -   -  -   -  -  -   -  -  -   -  -  -
  amend        amending    .  x  x   .  .   .  .  .   .  .  .   .  .  .
  exempt       -           -  -  -   -  -   -  -  -   -  -  -   -  -  -
  lapse        -           -  -  -   -  -   -  -  -   -  -  -   -  -  -
  transfer     -           -  -  -   -  -   -  -  -   -  -  -   -  -  -
amending
  start        -           -  -  -   -  -   -  -  -   -  -  -   -  -  -
  send_to_head -           -  -  -   -  -   -  -  -   -  -  -   -  -  -
  submit       submitted   .  x  x   .  .   .  .  .   .  .  .   .  .  .
  submit_paper -           -  -  -   -  -   -  -  -   -  -  -   -  -  -
  pull_back    -           -  -  -   -  -   -  -  -   -  -  -   -  -  -
  withdraw     -           -  -  -   -  -   -  -  -   -  -  -   -  -  -
  take_up      -           -  -  -   -  -   -  -  -   -  -  -   -  -  -
  accept       -           -  -  -   -  -   -  -  -   -  -  -   -  -  -
  send_back    -           -  -  -   -  -   -  -  -   -  -  -   -  -  -
  amend        -           -  -  -   -  -   -  -  -   -  -  -   -  -  -
  exempt       -           -  -  -   -  -   -  -  -   -  -  -   -  -  -
  lapse        -           -  -  -   -  -   -  -  -   -  -  -   -  -  -
  transfer     -           -  -  -   -  -   -  -  -   -  -  -   -  -  -
exempt
  start        -           -  -  -   -  -   -  -  -   -  -  -   -  -  -
  send_to_head -           -  -  -   -  -   -  -  -   -  -  -   -  -  -
  submit       -           -  -  -   -  -   -  -  -   -  -  -   -  -  -
  submit_paper -           -  -  -   -  -   -  -  -   -  -  -   -  -  -
  pull_back    -           -  -  -   -  -   -  -  -   -  -  -   -  -  -
  withdraw     -           -  -  -   -  -   -  -  -   -  -  -   -  -  -
  take_up      -           -  -  -   -  -   -  -  -   -  -  -   -  -  -
  accept       -           -  -  -   -  -   -  -  -   -  -  -   -  -  -
  send_back    -           -  -  -   -  -   -  -  -   -  -  -   -  -  -
  amend        -           -  -  -   -  -   -  -  -   -  -  -   -  -  -
  exempt       -           -  -  -   -  -   -  -  -   -  -  -   -  -  -
  lapse        -           -  -  -   -  -   -  -  -   -  -  -   -  -  -
  transfer     -           -  -  -   -  -   -  -  -   -  -  -   -  -  -
transferred
  start        -           -  -  -   -  -   -  -  -   -  -  -   -  -  -
  send_to_head -           -  -  -   -  -   -  -  -   -  -  -   -  -  -
  submit       -           -  -  -   -  -   -  -  -   -  -  -   -  -  -
  submit_paper -           -  -  -   -  -   -  -  -   -  -  -   -  -  -
  pull_back    -           -  -  -   -  -   -  -  -   -  -  -   -  -  -
  withdraw     -           -  -  -   -  -   -  -  -   -  -  -   -  -  -
  take_up      -           -  -  -   -  -   -  -  -   -  -  -   -  -  -
  accept       -           -  -  -   -  -   -  -  -   -  -  -   -  -  -
  send_back    -           -  -  -   -  -   -  -  -   -  -  -   -  -  -
  amend        -           -  -  -   -  -   -  -  -   -  -  -   -  -  -
  exempt       -           -  -  -   -  -   -  -  -   -  -  -   -  -  -
  lapse        -           -  -  -   -  -   -  -  -   -  -  -   -  -  -
  transfer     -           -  -  -   -  -   -  -  -   -  -  -   -  -  -
"""

# The Office's own: nobody enters it from paper, the Director receives it. Rows not named here are as above.
#                          ed hd dl  oe oh  os ch di  vt in ad  mb fm ds
OFFICE = """
not_started
  submit_paper submitted   .  .  .   .  .   .  .  .   .  .  .   .  .  .
drafting
  submit_paper submitted   .  .  .   .  .   .  .  .   .  .  .   .  .  .
head_review
  submit_paper submitted   .  .  .   .  .   .  .  .   .  .  .   .  .  .
returned
  submit_paper submitted   .  .  .   .  .   .  .  .   .  .  .   .  .  .
submitted
  take_up      in_review   .  .  .   .  .   .  .  x   .  .  .   .  .  .
  accept       accepted    .  .  .   .  .   .  .  x   .  .  .   .  .  .
  send_back    returned    .  .  .   .  .   .  .  x   .  .  .   .  .  .
in_review
  accept       accepted    .  .  .   .  .   .  .  x   .  .  .   .  .  .
  send_back    returned    .  .  .   .  .   .  .  x   .  .  .   .  .  .
"""


def read(table: str) -> dict[tuple[str, str], tuple[str, dict[str, str]]]:
    """(state, move) → (where it leads, "-" for nowhere; person → cell)."""
    cells, state = {}, ""
    for line in filter(None, map(str.rstrip, table.splitlines())):
        if not line.startswith(" "):
            state = line
            continue
        move, target, *marks = line.split()
        assert len(marks) == len(WHO), (state, move)
        cells[state, move] = (target, dict(zip(WHO, marks, strict=True)))
    return cells


OF_A_UNIT = read(UNIT)
OF_THE_OFFICE = OF_A_UNIT | read(OFFICE)
