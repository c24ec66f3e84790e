"""What is stored: the office's tables. Importing this package knows all of them."""

from models.books import Appropriation, AppropriationProposal, Budget, CapEntry, CapUse, LedgerEntry, Period
from models.cases import (
    Application,
    ApplicationVersion,
    ColumnMap,
    Contract,
    Correction,
    CorrectionItem,
    Finding,
    Intake,
    Invoice,
    Round,
)
from models.decisions import Approval, Decision, Objection, Publicity, PublicityItem, Refusal
from models.documents import Content, Letter, NumberSeries, Paper
from models.log import LogEntry, LogHead, OfficeRow
from models.parties import Admission, Applicant, ApplicantName, BankAccount, Contact, Provider
from models.people import Person, PersonRole, Recusal, Request, UnknownName
from models.policies import Pack, Policy, Supplement
from models.settings import Delivery, LetterSubject, OfficeSetting
from models.table import Table, add_column_checks
from models.vouchers import Voucher

metadata = Table.metadata
add_column_checks(metadata)

__all__ = [
    "Admission",
    "Applicant",
    "ApplicantName",
    "Application",
    "ApplicationVersion",
    "Appropriation",
    "AppropriationProposal",
    "Approval",
    "BankAccount",
    "Budget",
    "CapEntry",
    "CapUse",
    "ColumnMap",
    "Contact",
    "Content",
    "Contract",
    "Correction",
    "CorrectionItem",
    "Decision",
    "Delivery",
    "Finding",
    "Intake",
    "Invoice",
    "LedgerEntry",
    "Letter",
    "LetterSubject",
    "LogEntry",
    "LogHead",
    "NumberSeries",
    "Objection",
    "OfficeRow",
    "OfficeSetting",
    "Pack",
    "Paper",
    "Period",
    "Person",
    "PersonRole",
    "Policy",
    "Provider",
    "Publicity",
    "PublicityItem",
    "Recusal",
    "Refusal",
    "Request",
    "Round",
    "Supplement",
    "UnknownName",
    "Voucher",
    "metadata",
]
