package dev.evenkeel.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Attribute values, as JSON.
final class Values {
  static final List<String> ATTRIBUTES =
      List.of("p", "s", "x", "y", "a", "b", "list", "map", "set", "ttl", "é", "with space", "size");

  private static final List<String> STRINGS =
      List.of("a", "b", "", "key-1", "key-2", "é", "\uD83D\uDE00", "\u0000", "10", "0".repeat(300));
  private static final List<String> NUMBERS =
      List.of(
          "0",
          "1",
          "-1",
          "2.5",
          "1e3",
          "-0",
          "007",
          "1700000000",
          "99999999999999999999999999999999999999",
          "1e125",
          "9.9999999999999999999999999999999999999E+125",
          "1e-130",
          "-1e-130",
          "0.1",
          "1E+2");
  private static final List<String> WRONG_NUMBERS =
      List.of(
          "",
          "abc",
          "1e126",
          "1e-131",
          "1e999999999",
          "NaN",
          "Infinity",
          "1_0",
          " 1",
          "--1",
          "1234567890123456789012345678901234567890",
          "0x10",
          "1e",
          ".");
  private static final List<String> TYPES =
      List.of("S", "N", "B", "BOOL", "NULL", "L", "M", "SS", "NS", "BS");
  private static final int DEPTH_MAX = 4;

  private Values() {}

  static Map<String, Object> any(Choices choices) {
    return any(choices, 0);
  }

  private static Map<String, Object> any(Choices choices, int depth) {
    int kinds = depth < DEPTH_MAX ? TYPES.size() : 5;
    return of(TYPES.get(choices.below(kinds)), choices, depth);
  }

  static Map<String, Object> of(String type, Choices choices) {
    return of(type, choices, 0);
  }

  private static Map<String, Object> of(String type, Choices choices, int depth) {
    Object value =
        switch (type) {
          case "S" -> string(choices);
          case "N" -> number(choices);
          case "B" -> binary(choices);
          case "BOOL" -> choices.below(2) == 0;
          case "NULL" -> true;
          case "L" -> list(choices, depth);
          case "M" -> map(choices, depth);
          case "SS" -> set(choices, STRINGS);
          case "NS" -> set(choices, NUMBERS);
          default -> List.of(binary(choices));
        };
    return new LinkedHashMap<>(Map.of(type, value));
  }

  /// Of a key: short, and often the same.
  static Map<String, Object> key(String type, Choices choices) {
    Object value =
        switch (type) {
          case "S" -> "key-" + choices.below(6);
          case "N" -> Integer.toString(choices.below(6));
          default -> base64("key-" + choices.below(6));
        };
    return new LinkedHashMap<>(Map.of(type, value));
  }

  private static Object list(Choices choices, int depth) {
    List<Object> list = new ArrayList<>();
    for (int i = choices.below(4); i > 0; i--) {
      list.add(any(choices, depth + 1));
    }
    return list;
  }

  private static Object map(Choices choices, int depth) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = choices.below(4); i > 0; i--) {
      map.put(choices.among(ATTRIBUTES), any(choices, depth + 1));
    }
    return map;
  }

  private static Object set(Choices choices, List<String> values) {
    List<Object> set = new ArrayList<>();
    for (int i = 1 + choices.below(3); i > 0; i--) {
      String value = choices.among(values);
      if (!set.contains(value)) {
        set.add(value);
      }
    }
    return set;
  }

  static String string(Choices choices) {
    return choices.once(60) ? "x".repeat(1 << choices.below(18)) : choices.among(STRINGS);
  }

  static String number(Choices choices) {
    return choices.once(20) ? choices.among(WRONG_NUMBERS) : choices.among(NUMBERS);
  }

  static String binary(Choices choices) {
    return base64(string(choices));
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
