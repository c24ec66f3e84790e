"""Lists of defects that were typed and not sent, by case: on the disk, so that a logout loses none."""

from casework.review.corrections import Defect
from desktop.kit.desk import Desk
from desktop.kit.drafts import Draft, Drafts
from desktop.pages.case.facts import draft_name


class UnsentDefects:
    """Those of the person at the desk."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.drafts = Drafts(f"{desk.office.row.uid} corrections", desk.person)

    def of(self, case: str) -> list[Defect]:
        """The list of a case as it was left."""
        draft = self.drafts.read(draft_name(case))
        said = {} if draft is None else draft.fields
        lines = (said[str(at)].split("\t", 2) for at in range(len(said)) if str(at) in said)
        return [Defect(*line) for line in lines if len(line) == 3]

    def keep(self, case: str, defects: list[Defect]) -> None:
        """Put a list on the disk, or an empty one out of the way; where that fails, it is said."""
        if not defects:
            self.sent(case)
            return
        lines = {str(at): f"{one.about}\t{one.target}\t{one.defect}" for at, one in enumerate(defects)}
        try:
            self.drafts.keep(Draft(draft_name(case), "", self.desk.office.now(), lines))
        except OSError as error:
            self.desk.not_written("entry.draft_fault", error)

    def sent(self, case: str) -> None:
        """The list of a case has been sent."""
        self.drafts.discard(draft_name(case))
