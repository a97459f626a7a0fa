package dev.evenkeel.fuzz;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Expressions and statements, and the placeholders that they have used.
final class Texts {
  private static final List<String> COMPARATORS = List.of("=", "<>", "<", "<=", ">", ">=");
  private static final List<String> TYPES =
      List.of("S", "N", "B", "SS", "NS", "BS", "M", "L", "NULL", "BOOL");
  private static final int DEPTH_MAX = 4;

  private final Choices choices;
  private final Map<String, Object> names = new LinkedHashMap<>();
  private final Map<String, Object> values = new LinkedHashMap<>();

  Texts(Choices choices) {
    this.choices = choices;
  }

  /// What `ExpressionAttributeNames` must be.
  Map<String, Object> names() {
    return names;
  }

  /// What `ExpressionAttributeValues` must be.
  Map<String, Object> values() {
    return values;
  }

  private String name(String attribute) {
    String placeholder = "#n" + names.size();
    names.put(placeholder, attribute);
    return placeholder;
  }

  private String value(Map<String, Object> value) {
    String placeholder = ":v" + values.size();
    values.put(placeholder, value);
    return placeholder;
  }

  private String value() {
    return value(Values.any(choices));
  }

  private String path() {
    StringBuilder path = new StringBuilder(name(choices.among(Values.ATTRIBUTES)));
    for (int i = choices.below(8) - 5; i > 0; i--) {
      path.append(
          choices.below(2) == 0
              ? "[" + choices.below(3) + "]"
              : "." + name(choices.among(Values.ATTRIBUTES)));
    }
    return path.toString();
  }

  String condition() {
    return condition(0);
  }

  private String condition(int depth) {
    int kinds = depth < DEPTH_MAX ? 10 : 7;
    return switch (choices.below(kinds)) {
      case 0 -> "attribute_exists(" + path() + ")";
      case 1 -> "attribute_not_exists(" + path() + ")";
      case 2 -> operand() + " " + choices.among(COMPARATORS) + " " + operand();
      case 3 -> operand() + " BETWEEN " + operand() + " AND " + operand();
      case 4 -> operand() + " IN (" + operand() + ", " + operand() + ")";
      case 5 -> choices.among(List.of("begins_with(", "contains(")) + path() + ", " + value() + ")";
      case 6 ->
          "attribute_type("
              + path()
              + ", "
              + value(new LinkedHashMap<>(Map.of("S", choices.among(TYPES))))
              + ")";
      case 7 -> "NOT " + condition(depth + 1);
      case 8 -> "(" + condition(depth + 1) + ")";
      default ->
          condition(depth + 1) + choices.among(List.of(" AND ", " OR ")) + condition(depth + 1);
    };
  }

  private String operand() {
    return switch (choices.below(4)) {
      case 0 -> path();
      case 1 -> "size(" + path() + ")";
      default -> value();
    };
  }

  String update() {
    List<String> clauses = new ArrayList<>();
    if (choices.below(3) > 0) {
      clauses.add("SET " + set() + (choices.once(3) ? ", " + set() : ""));
    }
    if (choices.once(4)) {
      clauses.add("REMOVE " + path());
    }
    if (choices.once(4)) {
      clauses.add("ADD " + path() + " " + value());
    }
    if (choices.once(6) || clauses.isEmpty()) {
      clauses.add("DELETE " + path() + " " + value());
    }
    return String.join(" ", clauses);
  }

  private String set() {
    String sum = choices.among(List.of("", "", " + ", " - "));
    return path() + " = " + setOperand() + sum + (sum.isEmpty() ? "" : setOperand());
  }

  private String setOperand() {
    return switch (choices.below(5)) {
      case 0 -> path();
      case 1 -> "if_not_exists(" + path() + ", " + value() + ")";
      case 2 -> "list_append(" + value() + ", " + value() + ")";
      default -> value();
    };
  }

  String projection() {
    return path() + (choices.below(2) == 0 ? "" : ", " + path());
  }

  /// On a table, or on an index of it.
  String keyCondition(TableKind table, List<String> keys) {
    String partition = keys.getFirst();
    StringBuilder text = new StringBuilder(name(partition)).append(" = ");
    text.append(value(Values.key(type(table, partition), choices)));
    if (keys.size() > 1 && choices.below(2) == 0) {
      String sort = name(keys.getLast());
      String type = type(table, keys.getLast());
      text.append(" AND ");
      text.append(
          switch (choices.below(3)) {
            case 0 ->
                sort + " " + choices.among(COMPARATORS) + " " + value(Values.key(type, choices));
            case 1 ->
                sort
                    + " BETWEEN "
                    + value(Values.key(type, choices))
                    + " AND "
                    + value(Values.key(type, choices));
            default -> "begins_with(" + sort + ", " + value(Values.key(type, choices)) + ")";
          });
    }
    return text.toString();
  }

  private static String type(TableKind table, String attribute) {
    return table.types().getOrDefault(attribute, "S");
  }

  /// A statement of PartiQL.
  ///
  /// @param reading mostly whether it reads
  /// @param parameters those that it has, in their order
  String statement(TableKind table, boolean reading, List<Object> parameters) {
    String name = '"' + table.name() + '"';
    return switch (reading == choices.once(20) ? choices.below(3) : 3) {
      case 0 -> "INSERT INTO " + name + " VALUE " + tuple(table, parameters);
      case 1 ->
          "UPDATE "
              + name
              + " SET a = "
              + parameter(parameters)
              + where(table, parameters)
              + choices.among(List.of("", " RETURNING ALL OLD *", " RETURNING MODIFIED NEW *"));
      case 2 -> "DELETE FROM " + name + where(table, parameters);
      default ->
          "SELECT "
              + choices.among(List.of("*", "a", "a, map.b, list[0]", "p"))
              + " FROM "
              + name
              + indexOf(table)
              + (choices.below(4) == 0 ? "" : where(table, parameters))
              + choices.among(List.of("", "", "", " ORDER BY s DESC", " ORDER BY p"));
    };
  }

  private String indexOf(TableKind table) {
    return table.indexes().isEmpty() || choices.below(3) > 0
        ? ""
        : ".\"" + choices.among(List.copyOf(table.indexes().keySet())) + '"';
  }

  private String tuple(TableKind table, List<Object> parameters) {
    StringBuilder tuple = new StringBuilder("{");
    for (String key : table.keys()) {
      parameters.add(Values.key(type(table, key), choices));
      tuple.append('\'').append(key).append("': ?, ");
    }
    return tuple.append("'a': ").append(parameter(parameters)).append('}').toString();
  }

  private String where(TableKind table, List<Object> parameters) {
    List<String> terms = new ArrayList<>();
    for (String key : table.keys()) {
      parameters.add(Values.key(type(table, key), choices));
      terms.add(key + " = ?");
    }
    switch (choices.below(6)) {
      case 0 -> terms.add("a " + choices.among(COMPARATORS) + " " + parameter(parameters));
      case 1 -> terms.add("begins_with(a, " + parameter(parameters) + ")");
      case 2 -> terms.add("a IN [" + parameter(parameters) + ", " + parameter(parameters) + "]");
      case 3 -> terms.add("NOT (a IS MISSING OR contains(set, " + parameter(parameters) + "))");
      default -> {}
    }
    return " WHERE " + String.join(choices.once(8) ? " OR " : " AND ", terms);
  }

  private String parameter(List<Object> parameters) {
    if (choices.below(2) == 0) {
      return choices.among(List.of("1", "'a'", "-2.5e3", "TRUE", "NULL", "[1, 'b']", "<<1, 2>>"));
    }
    parameters.add(Values.any(choices));
    return "?";
  }
}
