"""What tests of the kit borrow: a window on a case, for the pane that shows its papers."""

from tests.desktop.case.conftest import open_case as open_case
from tests.desktop.case.conftest import prepared as prepared
