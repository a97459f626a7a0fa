package dev.evenkeel.partiql;

import dev.evenkeel.expression.Path;
import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.partiql.Statement.Action;
import dev.evenkeel.partiql.Statement.Returning;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A statement's tree in brackets, so that a table of examples can show it.
final class StatementText {
  private StatementText() {}

  static String of(Statement statement) {
    return switch (statement) {
      case Statement.Select select -> select(select);
      case Statement.Insert(String table, Term value) -> "insert " + table + " " + of(value);
      case Statement.Update update ->
          "update "
              + update.table()
              + update.actions().stream().map(StatementText::action).collect(Collectors.joining())
              + clause(" where ", update.where())
              + returning(update.returning());
      case Statement.Delete delete ->
          "delete "
              + delete.table()
              + clause(" where ", delete.where())
              + returning(delete.returning());
      case Statement.Exists(var select) -> "exists [" + select(select) + "]";
    };
  }

  private static String select(Statement.Select select) {
    String columns =
        select.columns().stream().map(each -> path(each.path())).collect(Collectors.joining(" "));
    String orderings =
        select.orderBy().stream()
            .map(each -> " by " + path(each.path()) + (each.descending() ? " down" : " up"))
            .collect(Collectors.joining());
    return "select "
        + (columns.isEmpty() ? "*" : columns)
        + " from "
        + select.table()
        + (select.index() == null ? "" : "/" + select.index())
        + clause(" where ", select.where())
        + orderings;
  }

  private static String action(Action action) {
    return switch (action) {
      case Action.Set(Path path, Term value) -> " set " + path(path) + " " + of(value);
      case Action.Remove(Path path) -> " remove " + path(path);
    };
  }

  private static String clause(String name, @Nullable Term term) {
    return term == null ? "" : name + of(term);
  }

  private static String returning(@Nullable Returning returning) {
    return returning == null ? "" : " returning " + returning;
  }

  static String of(Term term) {
    return switch (term) {
      case Term.Constant(AttributeValue value, Token _) -> constant(value);
      case Term.Numeral(var value, Token _) -> value.toString();
      case Term.Missing _ -> "missing";
      case Term.Parameter(int index, Token _) -> "?" + index;
      case Term.Attribute(Path path, Token _) -> path(path);
      case Term.Call(String name, List<Term> arguments, Token _) -> group(name + "()", arguments);
      case Term.And(List<Term> terms, Token _) -> group("and", terms);
      case Term.Or(List<Term> terms, Token _) -> group("or", terms);
      case Term.Not(Term inner, Token _) -> group("not", List.of(inner));
      case Term.Comparison(var comparator, Term left, Term right, Token _) ->
          group(comparator.text(), List.of(left, right));
      case Term.Arithmetic(String operator, Term left, Term right, Token _) ->
          group(operator, List.of(left, right));
      case Term.Negative(Term inner, Token _) -> group("-", List.of(inner));
      case Term.Between(Term value, Term low, Term high, Token _) ->
          group("between", List.of(value, low, high));
      case Term.In(Term value, List<Term> candidates, Token _) ->
          "(in " + of(value) + candidates.stream().map(each -> " " + of(each)).toList() + ")";
      case Term.Like(Term value, Term pattern, Token _) -> group("like", List.of(value, pattern));
      case Term.Is(Term value, String type, Token _) -> "(is " + of(value) + " " + type + ")";
      case Term.ListOf(List<Term> elements, Token _) -> group("list", elements);
      case Term.SetOf(List<Term> elements, Token _) -> group("set", elements);
      case Term.MapOf(List<Term.Entry> entries, Token _) ->
          entries.stream()
              .map(entry -> " " + entry.name() + ":" + of(entry.value()))
              .collect(Collectors.joining("", "(map", ")"));
    };
  }

  private static String group(String name, List<Term> terms) {
    return terms.stream()
        .map(StatementText::of)
        .collect(Collectors.joining(" ", "(" + name + " ", ")"));
  }

  private static String constant(AttributeValue value) {
    return switch (value) {
      case AttributeValue.S(String text) -> "'" + text + "'";
      case AttributeValue.Bool(boolean bool) -> Boolean.toString(bool);
      default -> "null";
    };
  }

  private static String path(Path path) {
    StringBuilder text = new StringBuilder();
    for (Path.Element element : path.elements()) {
      boolean name = element instanceof Path.Element.Name;
      text.append(name && !text.isEmpty() ? "." : "").append(element);
    }
    return text.toString();
  }
}
