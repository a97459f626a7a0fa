package dev.evenkeel.conformance;

import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What the small application prints, line by line, computed from the records alone. Whichever
/// client it is written with, it does the same:
///
/// ```
/// imports all records in batches                     counts them
/// reads a block's range of codes                     and the last codes of a block, backwards
/// reads a local index by the beginning of names      and filters a block by a word of the name
/// updates under a condition, and is refused          counts up, three times
/// pages through everything                           gets a batch, one of it missing
/// deletes and gets back what was there               drops the table, and asks for it again
/// ```
final class Story {
  private static final int ALPHA = 0x3B1;
  private static final int EPSILON = 0x3B5;
  private static final int LAST = 3;
  private static final int[] BATCH = {'a', 'z'};

  private Story() {}

  static List<String> of(List<UnicodeName> names) {
    return List.of(
        "imported " + names.size(),
        "range "
            + listed(
                in(names, "GREEK").filter(name -> name.code() >= ALPHA && name.code() <= EPSILON)),
        "last "
            + listed(
                in(names, "CYRILLIC")
                    .sorted(Comparator.comparingInt(UnicodeName::code).reversed())
                    .limit(LAST)),
        "index "
            + listed(
                in(names, "BASIC_LATIN")
                    .filter(name -> name.name().startsWith("DIGIT "))
                    .sorted(Comparator.comparing(UnicodeName::name))),
        "filtered " + in(names, "LATIN_EXTENDED_A").filter(with("CARON")).count(),
        "claimed by ann",
        "refused ConditionalCheckFailedException",
        "counted 3",
        "paged " + names.size() + " codes " + names.stream().mapToInt(UnicodeName::code).sum(),
        "batch " + listed(Stream.of(named(names, BATCH[0]), named(names, BATCH[1]))),
        "deleted " + named(names, 'q').name(),
        "gone ResourceNotFoundException");
  }

  private static Stream<UnicodeName> in(List<UnicodeName> names, String block) {
    return names.stream().filter(name -> name.block().equals(block));
  }

  private static Predicate<UnicodeName> with(String word) {
    return name -> name.words().contains(word);
  }

  private static UnicodeName named(List<UnicodeName> names, int code) {
    return names.stream().filter(name -> name.code() == code).findFirst().orElseThrow();
  }

  private static String listed(Stream<UnicodeName> names) {
    return names.map(UnicodeName::name).collect(Collectors.joining("; "));
  }
}
