"""What the office does: each change is an act by one person.

The rooms inside stand from the ground up: core, people, rulebook, cases, money, intake, review, award,
issuing, audit, boards, outgoing, without_office, founding. Each says in its first lines what lives there and
what does not.
"""
