"""``pullquote`` and ``python -m bot``: the command line, which Ctrl-C ends at any moment."""

import os
import signal


def main() -> None:
    """Load the command line and run it; whoever stops it meanwhile gets 130 and no traceback."""
    ours = signal.getsignal(signal.SIGINT) is signal.default_int_handler  # else it is ignored
    if ours:  # raised in the midst of an import it may come out as another error
        signal.signal(signal.SIGINT, lambda *_: os._exit(130))
    from bot.cli import main as run

    try:
        if ours:
            signal.signal(signal.SIGINT, signal.default_int_handler)
        run()
    except KeyboardInterrupt:
        raise SystemExit(130) from None


if __name__ == "__main__":
    main()
