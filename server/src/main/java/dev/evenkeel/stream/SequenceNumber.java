package dev.evenkeel.stream;

import dev.evenkeel.replica.ChangePosition;
import org.jspecify.annotations.Nullable;

/// Positions of a partition's log as the API writes them. Format: see the package.
public final class SequenceNumber {
  private static final int SLOT_DIGITS = 19;
  private static final int NUMBER_DIGITS = 10;
  private static final int DIGITS = 1 + SLOT_DIGITS + NUMBER_DIGITS;

  private SequenceNumber() {}

  public static String of(ChangePosition position) {
    StringBuilder text = new StringBuilder(DIGITS).append('1');
    digits(position.slot(), SLOT_DIGITS, text);
    digits(position.number(), NUMBER_DIGITS, text);
    return text.toString();
  }

  /// The position; null where the text is no sequence number of ours.
  static @Nullable ChangePosition parse(String text) {
    if (text.length() != DIGITS
        || text.charAt(0) != '1'
        || !text.chars().allMatch(at -> at >= '0' && at <= '9')) {
      return null;
    }
    try {
      return new ChangePosition(
          Long.parseLong(text, 1, 1 + SLOT_DIGITS, 10),
          Integer.parseInt(text, 1 + SLOT_DIGITS, DIGITS, 10));
    } catch (NumberFormatException _) {
      return null;
    }
  }

  static void digits(long value, int count, StringBuilder out) {
    String digits = Long.toString(value);
    out.repeat('0', count - digits.length()).append(digits);
  }
}
