package dev.evenkeel.expression;

import java.util.List;

/// The numbers of the wire form of bound conditions and updates; see the package.
final class ExpressionFormat {
  static final int VERSION = 0x01;

  static final int AND = 0x01;
  static final int OR = 0x02;
  static final int NOT = 0x03;
  static final int COMPARISON = 0x04;
  static final int BETWEEN = 0x05;
  static final int IN = 0x06;
  static final int PREDICATE = 0x07;

  static final int PATH = 0x01;
  static final int LITERAL = 0x02;
  static final int CALL = 0x03;

  static final int NAME = 0x01;
  static final int INDEX = 0x02;

  static final int SET = 0x01;
  static final int REMOVE = 0x02;
  static final int ADD = 0x03;
  static final int DELETE = 0x04;

  /// Written by place: new ones go to the end.
  static final List<Condition.Comparator> COMPARATORS =
      List.of(
          Condition.Comparator.EQ,
          Condition.Comparator.NE,
          Condition.Comparator.LT,
          Condition.Comparator.LE,
          Condition.Comparator.GT,
          Condition.Comparator.GE);

  /// Written by place: new ones go to the end.
  static final List<Function> FUNCTIONS =
      List.of(
          Function.ATTRIBUTE_EXISTS,
          Function.ATTRIBUTE_NOT_EXISTS,
          Function.ATTRIBUTE_TYPE,
          Function.BEGINS_WITH,
          Function.CONTAINS,
          Function.SIZE,
          Function.IF_NOT_EXISTS,
          Function.LIST_APPEND,
          Function.PLUS,
          Function.MINUS);

  /// Written by place: new ones go to the end.
  static final List<Update.Wording> WORDINGS =
      List.of(Update.Wording.EXPRESSION, Update.Wording.LEGACY);

  private ExpressionFormat() {}
}
