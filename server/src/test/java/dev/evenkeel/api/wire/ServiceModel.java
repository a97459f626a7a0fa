package dev.evenkeel.api.wire;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/// The published model of the service, and how declared structures differ from it.
public final class ServiceModel {
  private final Map<String, Object> operations;
  private final Map<String, Object> shapes;

  private ServiceModel(Map<String, Object> model) {
    operations = map(model, "operations");
    shapes = map(model, "shapes");
  }

  /// The model of the tables' and items' service.
  public static ServiceModel load() {
    return load("/model/dynamodb-service.json");
  }

  /// The model of the streams' service.
  public static ServiceModel streams() {
    return load("/model/dynamodb-streams-service.json");
  }

  private static ServiceModel load(String resource) {
    try (InputStream in = Objects.requireNonNull(ServiceModel.class.getResourceAsStream(resource));
        JsonParser parser = new JsonFactory().createParser(ObjectReadContext.empty(), in)) {
      parser.nextToken();
      return new ServiceModel(object(parser));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /// All operations of the service, by name.
  public Set<String> operations() {
    return operations.keySet();
  }

  /// The name of the shape of an operation's input.
  public String input(String operation) {
    return shapeOf(map(operations, operation), "input");
  }

  /// Errors that are declared for an operation, by name.
  public Set<String> errors(String operation) {
    return elements(map(operations, operation).get("errors")).stream()
        .map(error -> (String) Objects.requireNonNull(error.get("shape")))
        .collect(Collectors.toSet());
  }

  /// The members that an operation's answer may have.
  public Set<String> answers(String operation) {
    Map<String, Object> described = map(operations, operation);
    return described.containsKey("output")
        ? members(shapeOf(described, "output")).keySet()
        : Set.of();
  }

  /// The kind of a shape, as the model names it: `structure`, `list`, `map`, `string`, …
  public String type(String shape) {
    return (String) Objects.requireNonNull(map(shapes, shape).get("type"));
  }

  /// The members of a structure, each with the name of its shape.
  public Map<String, String> members(String structure) {
    Map<String, Object> declared = map(map(shapes, structure), "members");
    Map<String, String> members = new LinkedHashMap<>();
    declared.keySet().forEach(name -> members.put(name, shapeOf(declared, name)));
    return members;
  }

  /// The members that a structure must have.
  public List<String> required(String structure) {
    return strings(map(shapes, structure).get("required"));
  }

  /// The shape of the elements of a list (`member`), of the keys or the values of a map (`key`,
  /// `value`).
  public String part(String shape, String part) {
    return shapeOf(map(shapes, shape), part);
  }

  /// The values of an enumeration; empty for any other shape.
  public List<String> values(String shape) {
    return strings(map(shapes, shape).get("enum"));
  }

  /// The regular expression of a shape, or null.
  public @Nullable String pattern(String shape) {
    return (String) map(shapes, shape).get("pattern");
  }

  /// A bound (`min`, `max`) of a shape.
  public long bound(String shape, String bound, long otherwise) {
    return map(shapes, shape).get(bound) instanceof Long number ? number : otherwise;
  }

  /// What differs between the input of an operation and its declaration; empty when nothing does.
  public List<String> differences(String operation, Structure declared) {
    List<String> found = new ArrayList<>();
    String input = (String) map(map(operations, operation), "input").get("shape");
    if (!declared.name().equals(input)) {
      found.add(operation + ": input is " + input + ", not " + declared.name());
    }
    compare(operation, declared, Objects.requireNonNull(input), found);
    return found;
  }

  private void compare(String path, Shape<?> declared, String modelled, List<String> found) {
    Map<String, Object> model = map(shapes, modelled);
    String type = (String) model.get("type");
    switch (declared) {
      case Structure structure -> compareStructure(path, structure, modelled, model, found);
      case StringShape string -> {
        expect(path + " type", "string", type, found);
        expect(path + " min", (long) string.min, model.getOrDefault("min", 0L), found);
        expect(
            path + " max",
            (long) string.max,
            model.getOrDefault("max", (long) Shape.UNBOUNDED),
            found);
        expect(
            path + " pattern",
            string.name ? StringShape.NAME_PATTERN : null,
            model.get("pattern"),
            found);
        expect(
            path + " values",
            new TreeSet<>(string.values),
            new TreeSet<>(strings(model.get("enum"))),
            found);
      }
      case TableNameShape _ -> expect(path + " shape", "TableArn", modelled, found);
      case NumberShape<?> number -> {
        expect(path + " type", number.wide ? "long" : "integer", type, found);
        expect(
            path + " min",
            number.min,
            model.getOrDefault("min", number.wide ? Long.MIN_VALUE : (long) Integer.MIN_VALUE),
            found);
        expect(
            path + " max",
            number.max,
            model.getOrDefault("max", number.wide ? Long.MAX_VALUE : (long) Integer.MAX_VALUE),
            found);
      }
      case BooleanShape _ -> expect(path + " type", "boolean", type, found);
      case ListShape<?> list -> {
        expect(path + " type", "list", type, found);
        bounds(path, list.min, list.max, model, found);
        compare(path + "[]", list.element, shapeOf(model, "member"), found);
      }
      case MapShape<?> map -> {
        expect(path + " type", "map", type, found);
        bounds(path, map.min, map.max, model, found);
        compare(path + " key", map.key, shapeOf(model, "key"), found);
        compare(path + "{}", map.value, shapeOf(model, "value"), found);
      }
      case DelegatedShape<?> delegated -> expect(path + " shape", delegated.model, modelled, found);
      default -> found.add(path + ": unknown kind of shape");
    }
  }

  private void compareStructure(
      String path,
      Structure structure,
      String modelled,
      Map<String, Object> model,
      List<String> found) {
    expect(path + " name", structure.name(), modelled, found);
    Map<String, Object> members = map(model, "members");
    List<String> required = strings(model.get("required"));
    for (Member<?> member : structure.members()) {
      String at = path + "." + member.name();
      if (!members.containsKey(member.name())) {
        found.add(at + " is not in the model");
        continue;
      }
      expect(at + " required", member.required(), required.contains(member.name()), found);
      compare(at, member.shape(), shapeOf(members, member.name()), found);
    }
    for (String name : members.keySet()) {
      if (structure.members().stream().noneMatch(member -> member.name().equals(name))) {
        found.add(path + "." + name + " is missing");
        return;
      }
    }
    expect(
        path + " order",
        structure.members().stream().map(Member::name).toList(),
        List.copyOf(members.keySet()),
        found);
  }

  private static void bounds(
      String path, int min, int max, Map<String, Object> model, List<String> found) {
    expect(path + " min", (long) min, model.getOrDefault("min", 0L), found);
    expect(path + " max", (long) max, model.getOrDefault("max", (long) Shape.UNBOUNDED), found);
  }

  private static void expect(
      String what, @Nullable Object ours, @Nullable Object theirs, List<String> found) {
    if (!Objects.equals(ours, theirs)) {
      found.add(what + " is " + theirs + " in the model, not " + ours);
    }
  }

  private static String shapeOf(Map<String, Object> parent, String name) {
    return (String) Objects.requireNonNull(map(parent, name).get("shape"));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(Map<String, Object> parent, String name) {
    return (Map<String, Object>)
        Objects.requireNonNull(parent.get(name), () -> name + " is not in the model");
  }

  @SuppressWarnings("unchecked")
  private static List<String> strings(@Nullable Object list) {
    return list == null ? List.of() : (List<String>) list;
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> elements(@Nullable Object list) {
    return list == null ? List.of() : (List<Map<String, Object>>) list;
  }

  private static Map<String, Object> object(JsonParser parser) {
    Map<String, Object> read = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      read.put(name, value(parser));
    }
    return read;
  }

  private static Object value(JsonParser parser) {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> {
        List<Object> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          elements.add(value(parser));
        }
        yield elements;
      }
      case VALUE_NUMBER_INT -> parser.getLongValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> parser.getString();
    };
  }
}
