"""`python -m cli`, and where a bundle starts: its reading process of workbooks begins here too."""

from papers.reading import child

if __name__ == "__main__":
    child.serve_if_asked()

    from cli.main import main

    main()
