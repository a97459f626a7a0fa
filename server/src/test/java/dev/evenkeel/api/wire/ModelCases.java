package dev.evenkeel.api.wire;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Requests that each break one rule of the published service model and no other, made from the
/// model itself: for every member, however deep, each of its constraints and each wrong JSON type.
///
/// A value of the model is a `Map`, a `List`, a `String`, a `Number` or a `Boolean`.
public final class ModelCases {
  /// A request with one mistake.
  ///
  /// @param path of the member that has it
  /// @param request the members of the input
  /// @param problem the whole text of the refusal, or its end, from where the value has been shown
  public record Case(String operation, String path, Map<?, ?> request, String problem) {
    public String body() {
      return json(request);
    }

    /// The member of the input that the mistake is in.
    public String member() {
      return path.split("[. ]", 2)[0];
    }

    /// The same request with the mistake of another one too, which is in another member.
    public Case and(Case other) {
      Map<Object, @Nullable Object> both = new LinkedHashMap<>(request);
      both.put(other.member(), other.request.get(other.member()));
      return new Case(operation, path + " and " + other.path, both, problem);
    }

    @Override
    public String toString() {
      String body = body();
      String shown = body.length() > SHOWN_MAX ? body.substring(0, SHOWN_MAX) + "…" : body;
      return operation + " " + path + ": " + shown;
    }
  }

  private static final int SHOWN_MAX = 300;
  private static final String ATTRIBUTE_VALUE = "AttributeValue";
  private static final String TABLE = "TableArn";

  /// What values of expressions are named by begins with a colon, which the model does not say.
  private static final String VALUE_KEY = "ExpressionAttributeValueVariable";

  private static final String CLASS = "com.amazonaws.dynamodb.v20120810.";

  private final ServiceModel model;
  private final String operation;
  private final List<Case> constraints = new ArrayList<>();
  private final List<Case> types = new ArrayList<>();
  private final List<Case> values = new ArrayList<>();

  private ModelCases(ServiceModel model, String operation) {
    this.model = model;
    this.operation = operation;
    String input = model.input(operation);
    members(input, "", request -> request);
  }

  public static ModelCases of(ServiceModel model, String operation) {
    return new ModelCases(model, operation);
  }

  /// Constraints, each violated once.
  public List<Case> constraints() {
    return constraints;
  }

  /// Members of a wrong JSON type.
  public List<Case> types() {
    return types;
  }

  /// Attribute values that hold nothing.
  public List<Case> values() {
    return values;
  }

  /// How a value sits in what holds it: where its own violations are reported, and in which words.
  private record Place(String at, String own, String words, boolean element) {
    static Place member(String at) {
      return new Place(at, at, "", false);
    }

    static Place listElement(String list) {
      return new Place(list + ".1.member", list, "Member must satisfy constraint", true);
    }

    static Place mapValue(String map, String key) {
      return new Place(map + "." + key + ".member", map, "Map value must satisfy constraint", true);
    }
  }

  private void members(String structure, String at, UnaryOperator<Object> embed) {
    for (Map.Entry<String, String> member : model.members(structure).entrySet()) {
      String name = member.getKey();
      String path = at.isEmpty() ? name : at + "." + name;
      if (model.required(structure).contains(name)) {
        absent(path, embed.apply(with(structure, name, null)));
      }
      visit(
          member.getValue(),
          Place.member(path),
          value -> embed.apply(with(structure, name, value)));
    }
  }

  private void visit(String shape, Place place, UnaryOperator<Object> embed) {
    wrongTypes(shape, place, embed);
    if (shape.equals(ATTRIBUTE_VALUE)) {
      values.add(new Case(operation, place.at, (Map<?, ?>) embed.apply(Map.of()), ""));
      return;
    }
    ownConstraints(shape, place, embed);
    switch (model.type(shape)) {
      case "structure" -> members(shape, place.at, embed);
      case "list" -> {
        absent(place.at + ".1.member", embed.apply(one(null)));
        visit(
            model.part(shape, "member"),
            Place.listElement(place.at),
            value -> embed.apply(one(value)));
      }
      case "map" -> {
        String value = model.part(shape, "value");
        String keyShape = model.part(shape, "key");
        String key = (keyShape.equals(VALUE_KEY) ? ":" : "") + minimal(keyShape);
        if (!value.equals(ATTRIBUTE_VALUE)) {
          absent(place.at + "." + key + ".member", embed.apply(entry(key, null)));
          key(keyShape, value, place, embed);
        }
        visit(value, Place.mapValue(place.at, key), each -> embed.apply(entry(key, each)));
      }
      default -> {}
    }
  }

  private void absent(String path, Object request) {
    add(
        path,
        request,
        "Value null at '" + path + "' failed to satisfy constraint: Member must not be null");
  }

  /// Each constraint of a shape itself.
  private void ownConstraints(String shape, Place place, UnaryOperator<Object> embed) {
    broken(shape).forEach((constraint, value) -> own(shape, place, constraint, value, embed));
  }

  private void own(
      String shape, Place place, String constraint, Object value, UnaryOperator<Object> embed) {
    boolean shown =
        !place.element
            && !(value instanceof List<?> list && !list.isEmpty())
            && String.valueOf(value).length() <= Violations.SHOWN_MAX;
    String what = place.element ? place.words + ": " + texts(shape) : constraint;
    add(
        place.at,
        embed.apply(value),
        (shown ? "Value '" + value + "' at '" : "' at '")
            + place.own
            + "' failed to satisfy constraint: "
            + what);
  }

  private void key(String keyShape, String valueShape, Place place, UnaryOperator<Object> embed) {
    broken(keyShape)
        .values()
        .forEach(key ->
            add(
                place.at + " key",
                embed.apply(entry((String) key, minimal(valueShape))),
                "' at '"
                    + place.at
                    + "' failed to satisfy constraint: Map keys must satisfy constraint: "
                    + texts(keyShape)));
  }

  /// A value that violates it, by the text of the constraint.
  private Map<String, Object> broken(String shape) {
    Map<String, Object> broken = new LinkedHashMap<>();
    String type = model.type(shape);
    long min = model.bound(shape, "min", 0);
    long max = model.bound(shape, "max", Long.MAX_VALUE);
    switch (type) {
      case "string" -> {
        if (!model.values(shape).isEmpty()) {
          broken.put(texts(shape).substring(1, texts(shape).length() - 1), "X");
          return broken;
        }
        if (model.pattern(shape) != null) {
          broken.put(patternText(shape), "a;" + "b".repeat((int) min));
        }
        if (min > 0) {
          broken.put(lengthText("greater", min), "a".repeat((int) min - 1));
        }
        if (max < Long.MAX_VALUE) {
          String start = shape.equals(TABLE) ? "arn:" : "";
          broken.put(lengthText("less", max), start + "a".repeat((int) max + 1 - start.length()));
        }
      }
      case "list" -> {
        Object element = minimal(model.part(shape, "member"));
        if (min > 0) {
          broken.put(lengthText("greater", min), List.of());
        }
        if (max < Long.MAX_VALUE) {
          List<Object> many = new ArrayList<>();
          for (int i = 0; i <= max; i++) {
            many.add(element);
          }
          broken.put(lengthText("less", max), many);
        }
      }
      case "map" -> {
        if (min > 0) {
          broken.put(lengthText("greater", min), Map.of());
        }
      }
      case "integer", "long" -> {
        if (model.bound(shape, "min", Long.MIN_VALUE) != Long.MIN_VALUE) {
          broken.put("Member must have value greater than or equal to " + min, min - 1);
        }
        if (max < Long.MAX_VALUE) {
          broken.put("Member must have value less than or equal to " + max, max + 1);
        }
      }
      default -> {}
    }
    return broken;
  }

  /// All constraints of a shape, as texts list them.
  private String texts(String shape) {
    List<String> texts = new ArrayList<>();
    if (!model.values(shape).isEmpty()) {
      return "[Member must satisfy enum value set: [";
    }
    long max = model.bound(shape, "max", Long.MAX_VALUE);
    if (max < Long.MAX_VALUE) {
      texts.add(lengthText("less", max));
    }
    if (model.bound(shape, "min", 0) > 0) {
      texts.add(lengthText("greater", model.bound(shape, "min", 0)));
    }
    if (model.pattern(shape) != null) {
      texts.add(patternText(shape));
    }
    return texts.toString();
  }

  private static String lengthText(String comparison, long bound) {
    return "Member must have length " + comparison + " than or equal to " + bound;
  }

  private String patternText(String shape) {
    return "Member must satisfy regular expression pattern: " + model.pattern(shape);
  }

  private void wrongTypes(String shape, Place place, UnaryOperator<Object> embed) {
    String scalar = place.element ? "Unexpected value type in payload" : "Unexpected field type";
    String structure = "Start of structure or map found where not expected";
    String list = "Unrecognized collection type ";
    switch (model.type(shape)) {
      case "string" -> {
        type(place, embed.apply(1L), "NUMBER_VALUE cannot be converted to String");
        type(place, embed.apply(true), "TRUE_VALUE cannot be converted to String");
        type(place, embed.apply(List.of()), list + "class java.lang.String");
        type(place, embed.apply(Map.of()), structure);
      }
      case "integer", "long" -> {
        String name = model.type(shape).equals("long") ? "Long" : "Integer";
        type(place, embed.apply("1"), "STRING_VALUE cannot be converted to " + name);
        type(place, embed.apply(List.of()), list + "class java.lang." + name);
        type(place, embed.apply(Map.of()), structure);
      }
      case "boolean" -> {
        type(place, embed.apply(1L), "NUMBER_VALUE cannot be converted to Boolean");
        type(place, embed.apply("true"), "Unexpected token received from parser");
        type(place, embed.apply(List.of()), list + "class java.lang.Boolean");
        type(place, embed.apply(Map.of()), structure);
      }
      case "list" -> {
        type(place, embed.apply("x"), scalar);
        type(place, embed.apply(Map.of()), structure);
      }
      case "structure", "map" -> {
        boolean map = model.type(shape).equals("map");
        type(place, embed.apply("x"), scalar);
        type(place, embed.apply(1L), scalar);
        type(place, embed.apply(List.of()), list + (map ? "" : "class ") + javaType(shape));
      }
      default -> throw new IllegalStateException(shape + " is " + model.type(shape));
    }
  }

  private String javaType(String shape) {
    return switch (model.type(shape)) {
      case "list" -> "java.util.List<" + javaType(model.part(shape, "member")) + ">";
      case "map" -> "java.util.Map<java.lang.String, " + javaType(model.part(shape, "value")) + ">";
      case "structure" -> CLASS + shape;
      default -> "java.lang.String";
    };
  }

  private void type(Place place, Object request, String problem) {
    types.add(new Case(operation, place.at, (Map<?, ?>) request, problem));
  }

  private void add(String path, Object request, String problem) {
    constraints.add(new Case(operation, path, (Map<?, ?>) request, problem));
  }

  /// The smallest structure that satisfies the model, but for one member.
  private Map<String, @Nullable Object> with(
      String structure, String name, @Nullable Object value) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    for (String required : model.required(structure)) {
      members.put(required, minimal(model.members(structure).get(required)));
    }
    members.put(name, value);
    return members;
  }

  private static List<@Nullable Object> one(@Nullable Object element) {
    List<@Nullable Object> list = new ArrayList<>();
    list.add(element);
    return list;
  }

  private static Map<String, @Nullable Object> entry(String key, @Nullable Object value) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put(key, value);
    return map;
  }

  /// The smallest value that satisfies a shape.
  private Object minimal(@Nullable String shape) {
    if (shape == null) {
      throw new IllegalStateException("a required member is not in the model");
    }
    if (shape.equals(ATTRIBUTE_VALUE)) {
      return Map.of("S", "a");
    }
    long min = model.bound(shape, "min", 0);
    return switch (model.type(shape)) {
      case "string" ->
          model.values(shape).isEmpty()
              ? "a".repeat((int) Math.max(min, shape.equals(TABLE) ? 3 : 1))
              : model.values(shape).getFirst();
      case "integer", "long" -> Math.max(min, 1);
      case "boolean" -> false;
      case "list" -> min == 0 ? List.of() : List.of(minimal(model.part(shape, "member")));
      case "map" ->
          min == 0
              ? Map.of()
              : Map.of(
                  (String) minimal(model.part(shape, "key")), minimal(model.part(shape, "value")));
      default -> {
        Map<String, Object> members = new LinkedHashMap<>();
        for (String required : model.required(shape)) {
          members.put(required, minimal(model.members(shape).get(required)));
        }
        yield members;
      }
    };
  }

  private static String json(@Nullable Object value) {
    return switch (value) {
      case Map<?, ?> map ->
          map.entrySet().stream()
              .map(entry -> "\"" + entry.getKey() + "\":" + json(entry.getValue()))
              .collect(Collectors.joining(",", "{", "}"));
      case List<?> list ->
          list.stream().map(ModelCases::json).collect(Collectors.joining(",", "[", "]"));
      case String text -> "\"" + text + "\"";
      case null, default -> String.valueOf(value);
    };
  }
}
