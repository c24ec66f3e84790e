"""The program as it runs: started, office chosen, someone signed in, bugs shown. No page and no rail here."""
