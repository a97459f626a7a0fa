package dev.evenkeel.wal;

import java.io.IOException;

/// The log has lost or changed something that it had acknowledged. Its message is one line: which
/// file, where, what, and what the operator can do.
public final class CorruptLogException extends IOException {
  private static final long serialVersionUID = 1L;

  private final String file;
  private final long offset;

  CorruptLogException(String file, long offset, String what) {
    super(
        "the write-ahead log is corrupt: "
            + file
            + " at offset "
            + offset
            + ": "
            + what
            + "; without peers that rebuild the node restore a backup of its whole data directory"
            + " (nothing was changed)");
    this.file = file;
    this.offset = offset;
  }

  public String file() {
    return file;
  }

  public long offset() {
    return offset;
  }
}
