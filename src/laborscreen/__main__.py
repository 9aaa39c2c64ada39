"""``python -m laborscreen`` is the command line."""

from laborscreen.cli import main

if __name__ == "__main__":
    main()
