package dev.evenkeel.conformance;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/// One of the records of the small application: a character of Unicode, as every JDK knows it.
///
/// @param block where it stands, as `GREEK`
/// @param code its number
/// @param name as `GREEK SMALL LETTER ALPHA`
record UnicodeName(String block, int code, String name) {
  /// The alphabets of Europe and the Near East, of India and of Georgia: some 4,500.
  private static final int CODES_END = 0x1400;

  /// All characters that have a name, by code.
  static List<UnicodeName> all() {
    return IntStream.range(0, CODES_END)
        .filter(Character::isDefined)
        .mapToObj(code ->
            new UnicodeName(
                Character.UnicodeBlock.of(code).toString(), code, Character.getName(code)))
        .toList();
  }

  /// The words of the name.
  Set<String> words() {
    return new TreeSet<>(List.of(name.split(" ", -1)));
  }
}
