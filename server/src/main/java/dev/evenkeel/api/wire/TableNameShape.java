package dev.evenkeel.api.wire;

import dev.evenkeel.model.Limits;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;

/// The name of a table, or its ARN. The model bounds both by one shape of 1–1024 characters; the
/// service then holds what is no ARN against the rules of names.
final class TableNameShape extends Shape<String> {
  static final TableNameShape INSTANCE = new TableNameShape();
  private static final String ARN_PREFIX = "arn:";

  private TableNameShape() {}

  @Override
  String read(JsonParser parser, boolean element) {
    return StringShape.text(parser);
  }

  @Override
  List<String> constraints() {
    return Violations.lengthBetween(1, Limits.TABLE_ARN_CHARS_MAX);
  }

  @Override
  @Nullable String violated(String value) {
    int length = value.length();
    if (length == 0 || value.startsWith(ARN_PREFIX)) {
      return Violations.ofLength(length, 1, Limits.TABLE_ARN_CHARS_MAX);
    }
    return StringShape.isName(value)
        ? Violations.ofLength(length, Limits.TABLE_NAME_CHARS_MIN, Limits.TABLE_NAME_CHARS_MAX)
        : StringShape.patternConstraint();
  }

  static boolean isName(String value) {
    return StringShape.isName(value)
        && value.length() >= Limits.TABLE_NAME_CHARS_MIN
        && value.length() <= Limits.TABLE_NAME_CHARS_MAX;
  }

  @Override
  String javaType() {
    return "java.lang.String";
  }
}
