package dev.evenkeel.expression;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.evenkeel.codec.BinaryItem;
import dev.evenkeel.model.ApiException;
import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.Limits;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The ExpressionAttributeNames and ExpressionAttributeValues of one request, and which of them its
/// expressions have used so far. One thread at a time.
public final class ExpressionScope {
  private static final String NAMES = "ExpressionAttributeNames";
  private static final String VALUES = "ExpressionAttributeValues";

  private final Map<String, String> names;
  private final Map<String, AttributeValue> values;
  private final Set<String> used = new HashSet<>();

  private ExpressionScope(Map<String, String> names, Map<String, AttributeValue> values) {
    this.names = names;
    this.values = values;
  }

  /// A scope without names and values.
  public static ExpressionScope empty() {
    return new ExpressionScope(Map.of(), Map.of());
  }

  /// @param names ExpressionAttributeNames, or null where the request has none
  /// @param values ExpressionAttributeValues, or null where the request has none
  /// @throws ApiException a ValidationException, when a given map is empty or a key is malformed
  public static ExpressionScope of(
      @Nullable Map<String, String> names, @Nullable Map<String, AttributeValue> values) {
    checkNames(names);
    if (values != null) {
      checkKeys(VALUES, ':', values.keySet());
    }
    return new ExpressionScope(
        names == null ? Map.of() : names, values == null ? Map.of() : values);
  }

  /// The scope of a request's two parameters, each null where the request has none.
  ///
  /// @throws ApiException a ValidationException, as above, and when together they are too long
  public static ExpressionScope ofRequest(
      @Nullable Map<String, String> names, @Nullable BinaryItem values) {
    long bytes = values == null ? 0 : values.size();
    if (names != null) {
      for (Map.Entry<String, String> name : names.entrySet()) {
        bytes += name.getKey().length() + name.getValue().getBytes(UTF_8).length;
      }
    }
    if (bytes > Limits.SUBSTITUTION_BYTES_MAX) {
      throw ApiException.validation(
          "ExpressionAttributeNames and ExpressionAttributeValues exceed the maximum length of all"
              + " substitution variables of "
              + Limits.SUBSTITUTION_BYTES_MAX
              + " bytes");
    }
    return of(names, values == null ? null : values.toMap());
  }

  /// @param names ExpressionAttributeNames, or null where the request has none
  /// @throws ApiException a ValidationException, when it is empty or a key is malformed
  public static void checkNames(@Nullable Map<String, String> names) {
    if (names != null) {
      checkKeys(NAMES, '#', names.keySet());
    }
  }

  /// @param key of ExpressionAttributeValues; judged before its value
  /// @throws ApiException a ValidationException, when it is malformed
  public static void checkValueKey(String key) {
    checkKey(VALUES, ':', key);
  }

  /// Call when all expressions of the request have been read.
  ///
  /// @throws ApiException a ValidationException, when a name or a value was used by none of them
  public void checkAllUsed() {
    if (used.size() == names.size() + values.size()) {
      return;
    }
    checkUsed(NAMES, names.keySet());
    checkUsed(VALUES, values.keySet());
  }

  String name(ExpressionKind kind, String alias) {
    @Nullable String name = names.get(alias);
    if (name == null) {
      throw kind.invalid(
          "An expression attribute name used in the document path is not defined; attribute name: "
              + alias);
    }
    used.add(alias);
    return name;
  }

  AttributeValue value(ExpressionKind kind, String placeholder) {
    @Nullable AttributeValue value = values.get(placeholder);
    if (value == null) {
      throw kind.invalid(
          "An expression attribute value used in expression is not defined; attribute value: "
              + placeholder);
    }
    used.add(placeholder);
    return value;
  }

  private void checkUsed(String parameter, Set<String> keys) {
    List<String> unused = new ArrayList<>();
    for (String key : keys) {
      if (!used.contains(key)) {
        unused.add(key);
      }
    }
    if (!unused.isEmpty()) {
      throw ApiException.validation(
          "Value provided in "
              + parameter
              + " unused in expressions: keys: {"
              + String.join(", ", unused)
              + "}");
    }
  }

  private static void checkKeys(String parameter, char mark, Set<String> keys) {
    if (keys.isEmpty()) {
      throw ApiException.validation(parameter + " must not be empty");
    }
    keys.forEach(key -> checkKey(parameter, mark, key));
  }

  private static void checkKey(String parameter, char mark, String key) {
    // What is no ASCII is no key: characters are bytes.
    if (key.length() > Limits.PLACEHOLDER_BYTES_MAX) {
      throw ApiException.validation(
          parameter
              + " contains invalid key: The key exceeds the maximum length of "
              + Limits.PLACEHOLDER_BYTES_MAX
              + " bytes; key: \""
              + key.substring(0, Limits.PLACEHOLDER_BYTES_MAX)
              + "…\"");
    }
    if (!isKey(mark, key)) {
      throw ApiException.validation(
          parameter + " contains invalid key: Syntax error; key: \"" + key + "\"");
    }
  }

  private static boolean isKey(char mark, String key) {
    if (key.length() < 2 || key.charAt(0) != mark) {
      return false;
    }
    for (int i = 1; i < key.length(); i++) {
      if (!Lexer.isWordPart(key.charAt(i))) {
        return false;
      }
    }
    return true;
  }
}
