package dev.evenkeel.api.wire;

import dev.evenkeel.codec.BinaryItem;
import dev.evenkeel.expression.ExpressionScope;
import dev.evenkeel.model.ApiException;
import dev.evenkeel.model.AttributeValue;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// Reads items from JSON into their stored form, in one pass, without a tree in between.
public final class ItemJson {
  private static final String NO_TYPE =
      "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes";
  private static final String MAP_OF_VALUES =
      "java.util.Map<java.lang.String, " + Json.modelClass("AttributeValue") + ">";
  private static final String TWO_TYPES =
      "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the"
          + " supported datatypes";

  /// Names the only attribute of an item that is there to hold one value.
  private static final String ONLY = "value";

  private ItemJson() {}

  /// Reads a map of attribute values; the parser stands at its first token.
  public static BinaryItem read(JsonParser parser) {
    JudgedItem item = new JudgedItem();
    map(parser, item);
    return item.finish();
  }

  /// Reads ExpressionAttributeValues: what is wrong with a value is said of its key.
  public static BinaryItem readSubstitutions(JsonParser parser) {
    JudgedItem item = new JudgedItem();
    expectMap(parser);
    for (@Nullable String key = parser.nextName(); key != null; key = parser.nextName()) {
      parser.nextToken();
      try {
        ExpressionScope.checkValueKey(key);
      } catch (ApiException malformed) {
        item.refuse(malformed);
      }
      item.name(key);
      boolean sound = item.isSound();
      value(parser, item);
      if (sound) {
        item.explain("ExpressionAttributeValues contains invalid value: ", " for key " + key);
      }
    }
    return item.finish();
  }

  /// Reads an ExclusiveStartKey.
  public static BinaryItem readStartKey(JsonParser parser) {
    JudgedItem item = new JudgedItem();
    map(parser, item);
    item.explain("The provided starting key is invalid: ", "");
    return item.finish();
  }

  /// Reads one attribute value; the parser stands at its first token.
  public static AttributeValue readValue(JsonParser parser) {
    JudgedItem item = new JudgedItem();
    item.name(ONLY);
    value(parser, item);
    AttributeValue value = item.finish().get(ONLY);
    if (value == null) {
      throw new IllegalStateException("the value just written is not there");
    }
    return value;
  }

  private static void map(JsonParser parser, JudgedItem item) {
    expectMap(parser);
    for (@Nullable String name = parser.nextName(); name != null; name = parser.nextName()) {
      parser.nextToken();
      item.name(name);
      value(parser, item);
    }
  }

  private static void value(JsonParser parser, JudgedItem item) {
    @Nullable String type = isNull(parser) ? null : nextType(parser);
    if (type == null) {
      item.refuse(NO_TYPE);
      return;
    }
    typed(type, parser, item);
    for (type = nextType(parser); type != null; type = nextType(parser)) {
      item.refuse(TWO_TYPES);
      typed(type, parser, item);
    }
  }

  private static void typed(String type, JsonParser parser, JudgedItem item) {
    switch (type) {
      case "S" -> item.string(text(parser, "java.lang.String"));
      case "N" -> item.number(text(parser, "java.lang.String"));
      case "B" -> item.binary(blob(parser));
      case "BOOL" -> item.bool(bool(parser));
      case "NULL" -> item.nul(bool(parser));
      case "SS" -> item.strings(elements(parser, each -> text(each, "java.lang.String")));
      case "NS" -> item.numbers(elements(parser, each -> text(each, "java.lang.String")));
      case "BS" -> item.binaries(elements(parser, ItemJson::blob));
      case "L" -> list(parser, item);
      default -> {
        item.startMap();
        map(parser, item);
        item.end();
      }
    }
  }

  /// The next known type descriptor of the object, or null at its end; the parser stands at the
  /// descriptor's value.
  private static @Nullable String nextType(JsonParser parser) {
    for (@Nullable String name = parser.nextName(); name != null; name = parser.nextName()) {
      JsonToken token = parser.nextToken();
      if (token == JsonToken.VALUE_NULL) {
        continue;
      }
      switch (name) {
        case "S", "N", "B", "SS", "NS", "BS", "M", "L", "NULL", "BOOL" -> {
          return name;
        }
        default -> parser.skipChildren();
      }
    }
    return null;
  }

  private static void list(JsonParser parser, JudgedItem item) {
    expectArray(parser);
    item.startList();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      value(parser, item);
    }
    item.end();
  }

  private static <T> List<T> elements(JsonParser parser, Function<JsonParser, T> element) {
    expectArray(parser);
    List<T> elements = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      elements.add(element.apply(parser));
    }
    return elements;
  }

  private static String text(JsonParser parser, String javaClass) {
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      throw Json.unexpected(parser, javaClass);
    }
    return parser.getString();
  }

  private static boolean bool(JsonParser parser) {
    return BooleanShape.INSTANCE.read(parser, false);
  }

  private static byte[] blob(JsonParser parser) {
    return Blobs.read(text(parser, "java.nio.ByteBuffer"));
  }

  /// Whether there is null in the place of a value.
  private static boolean isNull(JsonParser parser) {
    return switch (parser.currentToken()) {
      case START_OBJECT -> false;
      case VALUE_NULL -> true;
      case START_ARRAY -> throw Json.unexpectedList("class " + Json.modelClass("AttributeValue"));
      case null, default -> throw Json.unexpectedScalar(true);
    };
  }

  private static void expectMap(JsonParser parser) {
    switch (parser.currentToken()) {
      case START_OBJECT -> {}
      case START_ARRAY -> throw Json.unexpectedList(MAP_OF_VALUES);
      case null, default -> throw Json.unexpectedScalar(false);
    }
  }

  private static void expectArray(JsonParser parser) {
    switch (parser.currentToken()) {
      case START_ARRAY -> {}
      case START_OBJECT -> throw Json.unexpectedStructure();
      case null, default -> throw Json.unexpectedScalar(false);
    }
  }
}
