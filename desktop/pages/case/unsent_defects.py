"""Lists of defects that were typed and not sent, by case: on the disk, so that a logout loses none."""

from casework.review.corrections import Defect
from desktop.kit.desk import Desk
from desktop.kit.drafts import OwnDrafts, named


class UnsentDefects:
    """Those of the person at the desk."""

    def __init__(self, desk: Desk) -> None:
        self.drafts = OwnDrafts(desk, "corrections")

    def of(self, case: str) -> list[Defect]:
        """The list of a case as it was left."""
        draft = self.drafts.read(named(case))
        said = {} if draft is None else draft.fields
        lines = (said[str(at)].split("\t", 2) for at in range(len(said)) if str(at) in said)
        return [Defect(*line) for line in lines if len(line) == 3]

    def keep(self, case: str, defects: list[Defect]) -> None:
        """Put a list on the disk, or an empty one out of the way."""
        lines = {str(at): f"{one.about}\t{one.target}\t{one.defect}" for at, one in enumerate(defects)}
        self.drafts.put(named(case), lines)

    def sent(self, case: str) -> None:
        """The list of a case has been sent."""
        self.drafts.discard(named(case))
