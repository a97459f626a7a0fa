package dev.evenkeel.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What is done to a request: nothing, one thing, or a lot.
final class Damage {
  private static final List<String> STRINGS =
      List.of(
          "",
          " ",
          "null",
          "\u0000",
          "\uFFFF",
          "\uD83D\uDE00",
          "a".repeat(256),
          "a".repeat(70_000),
          "(".repeat(2_000),
          "NOT ".repeat(500) + "a = :v0",
          "a.b.c[0][99999999999]",
          "#n0 = :v0 AND",
          "SET a = a + a, a = a",
          "SELECT * FROM \"plain\" WHERE " + "(".repeat(1_000),
          "arn:aws:dynamodb:local:000000000000:table/plain",
          "arn:aws:dynamodb:local:000000000000:table/plain/stream/2026-01-01T00:00:00.000",
          "-1",
          "1e999999999",
          "9".repeat(5_000),
          "TRIM_HORIZON",
          "ALL_NEW",
          "=",
          "AAAA");

  /// Written as they are.
  private static final List<Json.Raw> RAW =
      List.of(
          new Json.Raw("null"),
          new Json.Raw("true"),
          new Json.Raw("-1"),
          new Json.Raw("0"),
          new Json.Raw("1.5"),
          new Json.Raw("1e400"),
          new Json.Raw("2147483648"),
          new Json.Raw("9223372036854775808"),
          new Json.Raw("[]"),
          new Json.Raw("{}"),
          new Json.Raw("[[]]"),
          new Json.Raw("\"\\ud83d\""),
          new Json.Raw("[".repeat(600) + "]".repeat(600)),
          new Json.Raw("{\"M\":{\"a\":".repeat(40) + "{\"S\":\"x\"}" + "}}".repeat(40)),
          new Json.Raw("{\"S\":\"a\",\"N\":\"1\"}"),
          new Json.Raw("{\"SS\":[]}"),
          new Json.Raw("{\"NS\":[\"1\",\"1.0\"]}"),
          new Json.Raw("{\"B\":\"not base 64\"}"),
          new Json.Raw("{\"NULL\":false}"));

  private Damage() {}

  /// The body of a request.
  static byte[] body(Map<String, Object> request, Choices choices) {
    int times =
        switch (choices.below(10)) {
          case 0, 1, 2, 3, 4, 5 -> 0;
          case 6, 7, 8 -> 1;
          default -> 1 + choices.below(6);
        };
    for (int i = 0; i < times; i++) {
      change(request, choices);
    }
    byte[] body = Json.text(request).getBytes(StandardCharsets.UTF_8);
    return choices.once(25) ? bytes(body, choices) : body;
  }

  /// A place in a request that can be changed.
  private interface Place {
    Object get();

    void set(Object value);

    void remove();
  }

  private static void change(Map<String, Object> request, Choices choices) {
    List<Place> places = new ArrayList<>();
    collect(request, places);
    if (places.isEmpty()) {
      request.put(choices.among(Values.ATTRIBUTES), choices.among(RAW));
      return;
    }
    Place place = choices.among(places);
    switch (choices.below(6)) {
      case 0 -> place.remove();
      case 1 -> place.set(choices.among(RAW));
      case 2 -> place.set(choices.among(STRINGS));
      case 3 -> place.set(new Json.Raw(Json.text(choices.among(places).get())));
      case 4 -> place.set(cut(place.get(), choices));
      default -> place.set(more(place.get(), choices));
    }
  }

  private static Object cut(Object value, Choices choices) {
    return switch (value) {
      case String text when !text.isEmpty() -> {
        int at = choices.below(text.length());
        yield choices.below(2) == 0 ? text.substring(0, at) : text.substring(at);
      }
      case Long number -> choices.below(2) == 0 ? -number : number + 1;
      case Map<?, ?> _ -> new LinkedHashMap<>();
      case List<?> _ -> new ArrayList<>();
      default -> value;
    };
  }

  private static Object more(Object value, Choices choices) {
    return switch (value) {
      case String text when text.length() < 1_000 ->
          text + choices.among(List.of(text, "x", " AND a = :v0", "\u0000", "]", "'"));
      case Long number -> number * 1_000_003;
      case List<?> list when !list.isEmpty() && isSmall(list) -> {
        List<Object> longer = new ArrayList<>(list);
        for (int i = choices.below(3) == 0 ? 101 : 1; i > 0; i--) {
          longer.add(list.getFirst());
        }
        yield longer;
      }
      case Map<?, ?> map when isSmall(map) -> {
        Map<Object, Object> larger = new LinkedHashMap<>(map);
        for (int i = choices.below(3) == 0 ? 101 : 1; i > 0; i--) {
          larger.put("more-" + i, map.isEmpty() ? "" : map.values().iterator().next());
        }
        yield larger;
      }
      default -> value;
    };
  }

  private static boolean isSmall(Object value) {
    return Json.text(value).length() < 20_000;
  }

  @SuppressWarnings("unchecked")
  private static void collect(Object part, List<Place> places) {
    switch (part) {
      case Map<?, ?> members -> {
        Map<Object, Object> map = (Map<Object, Object>) members;
        map.forEach((name, value) -> {
          places.add(place(map, name, value));
          collect(value, places);
        });
      }
      case List<?> elements when elements instanceof ArrayList -> {
        List<Object> list = (List<Object>) elements;
        for (int i = 0; i < list.size(); i++) {
          places.add(place(list, i));
          collect(list.get(i), places);
        }
      }
      default -> {}
    }
  }

  private static Place place(Map<Object, Object> map, Object name, Object value) {
    return new Place() {
      @Override
      public Object get() {
        return value;
      }

      @Override
      public void set(Object changed) {
        map.put(name, changed);
      }

      @Override
      public void remove() {
        map.remove(name);
      }
    };
  }

  private static Place place(List<Object> list, int index) {
    return new Place() {
      @Override
      public Object get() {
        return list.get(index);
      }

      @Override
      public void set(Object changed) {
        list.set(index, changed);
      }

      @Override
      public void remove() {
        list.remove(index);
      }
    };
  }

  private static byte[] bytes(byte[] body, Choices choices) {
    byte[] damaged = body.clone();
    int at = choices.below(damaged.length);
    return switch (choices.below(3)) {
      case 0 -> Arrays.copyOf(damaged, at);
      case 1 -> {
        damaged[at] = (byte) choices.below(256);
        yield damaged;
      }
      default -> {
        damaged[at] = (byte) "{}[]\":,0\\".charAt(choices.below(9));
        yield damaged;
      }
    };
  }
}
