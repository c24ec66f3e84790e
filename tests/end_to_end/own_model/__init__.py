"""An office's money modelled once more, from the words of the rules alone: nothing here asks the program."""
