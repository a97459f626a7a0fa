package dev.evenkeel.api.wire;

import dev.evenkeel.model.Limits;
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
  void check(String value, Violations violations) {
    int length = value.length();
    if (length == 0) {
      violations.add(value, Violations.lengthAtLeast(1));
      return;
    }
    if (value.startsWith(ARN_PREFIX)) {
      if (length > Limits.TABLE_ARN_CHARS_MAX) {
        violations.add(value, Violations.lengthAtMost(Limits.TABLE_ARN_CHARS_MAX));
      }
      return;
    }
    if (!StringShape.isName(value)) {
      violations.add(value, StringShape.patternConstraint());
    }
    if (length < Limits.TABLE_NAME_CHARS_MIN) {
      violations.add(value, Violations.lengthAtLeast(Limits.TABLE_NAME_CHARS_MIN));
    } else if (length > Limits.TABLE_NAME_CHARS_MAX) {
      violations.add(value, Violations.lengthAtMost(Limits.TABLE_NAME_CHARS_MAX));
    }
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
