package dev.evenkeel.bench;

import java.util.Locale;

/// What keeps a run from starting or finishing, in one line for a person.
public final class BenchFailure extends Exception {
  private static final long serialVersionUID = 1L;

  /// A failure that the format and its values explain in full.
  @SuppressWarnings("AnnotateFormatMethod")
  public BenchFailure(String format, Object... values) {
    super(String.format(Locale.ROOT, format, values), null, false, false);
  }
}
