package dev.evenkeel.api.wire;

import dev.evenkeel.model.ApiException;
import dev.evenkeel.model.Limits;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/// Parsers and generators with this server's bounds, and the texts of what can be wrong with JSON.
///
/// Texts are AWS's, as recorded from the service; they show the types of its own implementation.
public final class Json {
  /// Levels of arrays and objects in a body. An attribute value of 32 levels needs about 70; deeper
  /// ones must still be read so far that they can be refused as AWS does.
  public static final int NESTING_MAX = 500;

  private static final String MODEL = "com.amazonaws.dynamodb.v20120810.";
  private static final int NUMBER_CHARS_MAX = 1_000;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(NESTING_MAX)
                  .maxNumberLength(NUMBER_CHARS_MAX)
                  .maxNameLength(Limits.BODY_BYTES_MAX)
                  .maxStringLength(Limits.BODY_BYTES_MAX)
                  .build())
          .build();

  private Json() {}

  /// A parser that stands before the first token.
  ///
  /// @throws ApiException a SerializationException when the text is not UTF-8
  static JsonParser parser(byte[] body) {
    if (looksLikeUtf16(body) || !UnicodeText.isWellFormed(body)) {
      throw malformed();
    }
    return FACTORY.createParser(ObjectReadContext.empty(), body, 0, body.length);
  }

  static JsonGenerator generator(OutputStream out) {
    return FACTORY.createGenerator(ObjectWriteContext.empty(), out, JsonEncoding.UTF8);
  }

  /// JSON that is no JSON: AWS says no more than the name of the error.
  static ApiException malformed() {
    return ApiException.of(ApiException.Kind.SERIALIZATION, null);
  }

  static ApiException duplicate(String name) {
    return ApiException.serialization("Duplicate member: " + name);
  }

  static ApiException unexpectedStructure() {
    return ApiException.serialization("Start of structure or map found where not expected");
  }

  /// A list where a value of that Java type belongs.
  static ApiException unexpectedList(String javaType) {
    return ApiException.serialization("Unrecognized collection type " + javaType);
  }

  /// A scalar where a list, a map or a structure belongs.
  static ApiException unexpectedScalar(boolean element) {
    return ApiException.serialization(
        element ? "Unexpected value type in payload" : "Unexpected field type");
  }

  /// A token that does not convert to a scalar of that Java type.
  static ApiException unexpected(JsonParser parser, String javaClass) {
    String simple = javaClass.substring(javaClass.lastIndexOf('.') + 1);
    return switch (parser.currentToken()) {
      case START_OBJECT -> unexpectedStructure();
      case START_ARRAY -> unexpectedList("class " + javaClass);
      case VALUE_STRING -> converted("STRING_VALUE", simple);
      case VALUE_NUMBER_INT -> converted("NUMBER_VALUE", simple);
      case VALUE_NUMBER_FLOAT -> converted("DECIMAL_VALUE", simple);
      case VALUE_TRUE -> converted("TRUE_VALUE", simple);
      case VALUE_FALSE -> converted("FALSE_VALUE", simple);
      case null, default -> malformed();
    };
  }

  static String modelClass(String shape) {
    return MODEL + shape;
  }

  /// `TableName` as error texts name it: `tableName`.
  static String lowerCamel(@Nullable String name) {
    if (name == null || name.isEmpty()) {
      return "";
    }
    return Character.toLowerCase(name.charAt(0)) + name.substring(1);
  }

  private static ApiException converted(String token, String simple) {
    return ApiException.serialization(token + " cannot be converted to " + simple);
  }

  /// The parser would recognise UTF-16 and UTF-32 by their zero bytes or marks; the protocol knows
  /// UTF-8 only.
  private static boolean looksLikeUtf16(byte[] body) {
    if (body.length < 2) {
      return false;
    }
    int first = body[0] & 0xff;
    int second = body[1] & 0xff;
    boolean mark = (first == 0xfe && second == 0xff) || (first == 0xff && second == 0xfe);
    return mark || first == 0 || second == 0;
  }
}
