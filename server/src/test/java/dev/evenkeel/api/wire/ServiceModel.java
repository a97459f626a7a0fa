package dev.evenkeel.api.wire;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
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
      }
    }
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
