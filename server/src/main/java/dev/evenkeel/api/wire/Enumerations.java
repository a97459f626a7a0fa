package dev.evenkeel.api.wire;

/// The enumerations that several operations share, each in the order in which AWS's error texts
/// list it.
public final class Enumerations {
  public static final Shape<String> RETURN_CONSUMED_CAPACITY =
      Shape.enumeration("INDEXES", "TOTAL", "NONE");
  public static final Shape<String> RETURN_ITEM_COLLECTION_METRICS =
      Shape.enumeration("SIZE", "NONE");
  public static final Shape<String> RETURN_VALUES =
      Shape.enumeration("ALL_NEW", "UPDATED_OLD", "ALL_OLD", "NONE", "UPDATED_NEW");
  public static final Shape<String> RETURN_VALUES_ON_CONDITION_CHECK_FAILURE =
      Shape.enumeration("ALL_OLD", "NONE");
  public static final Shape<String> CONDITIONAL_OPERATOR = Shape.enumeration("OR", "AND");
  public static final Shape<String> COMPARISON_OPERATOR =
      Shape.enumeration(
          "IN",
          "NULL",
          "BETWEEN",
          "LT",
          "NOT_CONTAINS",
          "EQ",
          "GT",
          "NOT_NULL",
          "NE",
          "LE",
          "BEGINS_WITH",
          "GE",
          "CONTAINS");
  public static final Shape<String> ATTRIBUTE_ACTION = Shape.enumeration("ADD", "DELETE", "PUT");
  public static final Shape<String> SELECT =
      Shape.enumeration(
          "SPECIFIC_ATTRIBUTES", "COUNT", "ALL_ATTRIBUTES", "ALL_PROJECTED_ATTRIBUTES");

  private Enumerations() {}
}
