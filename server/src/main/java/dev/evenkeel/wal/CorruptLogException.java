package dev.evenkeel.wal;

import java.io.IOException;

/// The log holds what no crash can explain. Whoever catches it must not use the log: say what the
/// message says, and stop.
public final class CorruptLogException extends IOException {
  private static final long serialVersionUID = 1L;

  CorruptLogException(String file, long offset, String what) {
    super(
        "log file "
            + file
            + " is damaged at offset "
            + offset
            + ": "
            + what
            + "; nothing was changed. Restore this node's data directory from a backup or from its"
            + " peers, or keep a copy of the file and ask for help before removing anything");
  }
}
