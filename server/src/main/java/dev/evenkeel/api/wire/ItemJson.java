package dev.evenkeel.api.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.evenkeel.codec.BinaryItem;
import dev.evenkeel.codec.ItemReader;
import dev.evenkeel.codec.ItemWriter;
import dev.evenkeel.model.ApiException;
import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.Numbers;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.io.SerializedString;

/// Items between JSON and their stored form, in one pass, without a tree in between.
public final class ItemJson {
  private static final String INVALID = "One or more parameter values were invalid: ";
  private static final String NO_TYPE =
      "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes";
  private static final String MAP_OF_VALUES =
      "java.util.Map<java.lang.String, " + Json.modelClass("AttributeValue") + ">";
  private static final String TWO_TYPES =
      "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the"
          + " supported datatypes";

  /// Names the only attribute of an item that is there to hold one value.
  private static final String ONLY = "value";

  private static final Map<AttributeValue.Type, SerializedString> TYPES =
      new EnumMap<>(AttributeValue.Type.class);

  static {
    for (AttributeValue.Type type : AttributeValue.Type.values()) {
      TYPES.put(type, new SerializedString(type.name()));
    }
  }

  private ItemJson() {}

  /// Reads a map of attribute values; the parser stands at its first token.
  public static BinaryItem read(JsonParser parser) {
    ItemWriter writer = new ItemWriter();
    expectMap(parser);
    members(parser, writer);
    return writer.finish();
  }

  /// Reads ExpressionAttributeValues: what is wrong with a value is said of its key.
  public static BinaryItem readSubstitutions(JsonParser parser) {
    ItemWriter writer = new ItemWriter();
    expectMap(parser);
    for (@Nullable String key = parser.nextName(); key != null; key = parser.nextName()) {
      parser.nextToken();
      if (key.isEmpty()) {
        throw ApiException.validation(
            "ExpressionAttributeValues contains invalid key: Syntax error; key: \"\"");
      }
      writer.name(key);
      try {
        value(parser, writer);
      } catch (ApiException problem) {
        throw explained(
            problem, "ExpressionAttributeValues contains invalid value: ", " for key " + key);
      }
    }
    return writer.finish();
  }

  /// Reads an ExclusiveStartKey.
  public static BinaryItem readStartKey(JsonParser parser) {
    try {
      return read(parser);
    } catch (ApiException problem) {
      throw explained(problem, "The provided starting key is invalid: ", "");
    }
  }

  private static ApiException explained(ApiException problem, String before, String behind) {
    return problem.kind() == ApiException.Kind.VALIDATION
        ? ApiException.validation(before + problem.getMessage() + behind)
        : problem;
  }

  /// Reads one attribute value; the parser stands at its first token.
  public static AttributeValue readValue(JsonParser parser) {
    ItemWriter writer = new ItemWriter();
    writer.name(ONLY);
    value(parser, writer);
    AttributeValue value = writer.finish().get(ONLY);
    if (value == null) {
      throw new IllegalStateException("the value just written is not there");
    }
    return value;
  }

  /// Writes a map of attribute values.
  public static void write(BinaryItem item, JsonGenerator out) {
    map(item.reader(), out);
  }

  /// Writes one attribute value.
  public static void write(AttributeValue value, JsonGenerator out) {
    ItemWriter writer = new ItemWriter();
    writer.name(ONLY).value(value);
    ItemReader reader = writer.finish().reader();
    reader.varint();
    reader.text();
    value(reader, out);
  }

  private static void members(JsonParser parser, ItemWriter writer) {
    for (@Nullable String name = parser.nextName(); name != null; name = parser.nextName()) {
      parser.nextToken();
      writer.name(name);
      value(parser, writer);
    }
  }

  private static void value(JsonParser parser, ItemWriter writer) {
    expectValue(parser);
    @Nullable String type = nextType(parser);
    if (type == null) {
      throw ApiException.validation(NO_TYPE);
    }
    switch (type) {
      case "S" -> writer.string(text(parser, "java.lang.String"));
      case "N" -> writer.number(Numbers.parse(text(parser, "java.lang.String")));
      case "B" -> writer.binary(blob(parser));
      case "BOOL" -> writer.bool(bool(parser));
      case "NULL" -> nul(parser, writer);
      case "SS" -> strings(parser, writer);
      case "NS" -> numbers(parser, writer);
      case "BS" -> binaries(parser, writer);
      case "L" -> list(parser, writer);
      default -> {
        expectMap(parser);
        writer.startMap();
        members(parser, writer);
        writer.end();
      }
    }
    if (nextType(parser) != null) {
      throw ApiException.validation(TWO_TYPES);
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

  private static void nul(JsonParser parser, ItemWriter writer) {
    if (!bool(parser)) {
      throw ApiException.validation(
          INVALID + "Null attribute value types must have the value of true");
    }
    writer.nul();
  }

  private static void list(JsonParser parser, ItemWriter writer) {
    expectArray(parser);
    writer.startList();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      value(parser, writer);
    }
    writer.end();
  }

  private static void strings(JsonParser parser, ItemWriter writer) {
    writer.startStringSet();
    List<String> elements = elements(parser, each -> text(each, "java.lang.String"));
    if (new HashSet<>(elements).size() < elements.size()) {
      throw ApiException.validation(
          INVALID + "Input collection [" + String.join(", ", elements) + "] contains duplicates.");
    }
    elements.forEach(each -> writer.element(each.getBytes(UTF_8)));
    writer.end();
  }

  private static void numbers(JsonParser parser, ItemWriter writer) {
    writer.startNumberSet();
    List<BigDecimal> elements =
        elements(parser, each -> Numbers.parse(text(each, "java.lang.String")));
    if (new HashSet<>(elements).size() < elements.size()) {
      throw ApiException.validation("Input collection contains duplicates");
    }
    elements.forEach(writer::element);
    writer.end();
  }

  private static void binaries(JsonParser parser, ItemWriter writer) {
    writer.startBinarySet();
    List<AttributeValue.Bytes> elements =
        elements(parser, each -> new AttributeValue.Bytes(blob(each)));
    if (new HashSet<>(elements).size() < elements.size()) {
      List<String> shown =
          elements.stream().map(each -> Base64.getEncoder().encodeToString(each.array())).toList();
      throw ApiException.validation(
          INVALID
              + "Input collection ["
              + String.join(", ", shown)
              + "]of type BS contains duplicates.");
    }
    elements.forEach(each -> writer.element(each.array()));
    writer.end();
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

  private static void expectValue(JsonParser parser) {
    switch (parser.currentToken()) {
      case START_OBJECT -> {}
      case VALUE_NULL -> throw ApiException.validation(NO_TYPE);
      case START_ARRAY -> throw Json.unexpectedList("class " + Json.modelClass("AttributeValue"));
      case null, default -> throw Json.unexpectedScalar(true);
    }
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

  private static void map(ItemReader in, JsonGenerator out) {
    out.writeStartObject();
    for (int left = in.varint(); left > 0; left--) {
      out.writeName(AttributeNames.next(in));
      value(in, out);
    }
    out.writeEndObject();
  }

  private static void value(ItemReader in, JsonGenerator out) {
    AttributeValue.Type type = in.type();
    out.writeStartObject();
    out.writeName(Objects.requireNonNull(TYPES.get(type)));
    if (type == AttributeValue.Type.BOOL) {
      out.writeBoolean(in.bool());
    } else {
      in.skipTag();
      switch (type) {
        case S, N -> utf8(in, out);
        case B -> base64(in, out);
        case NULL -> out.writeBoolean(true);
        case SS, NS -> elements(in, out, ItemJson::utf8);
        case BS -> elements(in, out, ItemJson::base64);
        case L -> elements(in, out, ItemJson::value);
        case M -> {
          in.enter();
          map(in, out);
        }
        case BOOL -> throw new IllegalStateException("handled above");
      }
    }
    out.writeEndObject();
  }

  /// Writes what the reader stands before, and moves it behind.
  @FunctionalInterface
  private interface ElementWriter {
    void write(ItemReader in, JsonGenerator out);
  }

  private static void elements(ItemReader in, JsonGenerator out, ElementWriter element) {
    in.enter();
    out.writeStartArray();
    for (int left = in.varint(); left > 0; left--) {
      element.write(in, out);
    }
    out.writeEndArray();
  }

  private static void utf8(ItemReader in, JsonGenerator out) {
    int length = in.varint();
    if (Escapes.areNeeded(in.array(), in.position(), length)) {
      out.writeUTF8String(in.array(), in.position(), length);
    } else {
      out.writeRawUTF8String(in.array(), in.position(), length);
    }
    in.skipBytes(length);
  }

  private static void base64(ItemReader in, JsonGenerator out) {
    int length = in.varint();
    out.writeBinary(in.array(), in.position(), length);
    in.skipBytes(length);
  }
}
