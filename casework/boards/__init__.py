"""What pages read: a case told, lists, queues, search, charts.

Reading only; nothing here decides or changes.
"""
