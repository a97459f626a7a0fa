package dev.evenkeel.partiql;

import dev.evenkeel.expression.Function;
import dev.evenkeel.expression.Operand;
import dev.evenkeel.expression.Path;
import dev.evenkeel.expression.StatementExpressions;
import dev.evenkeel.expression.Update;
import dev.evenkeel.expression.UpdateAction;
import dev.evenkeel.model.ApiException;
import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.partiql.Statement.Action;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Turns SET and REMOVE clauses into an update.
final class UpdateCompiler {
  private static final String SET_ADD = "set_add";
  private static final String SET_DELETE = "set_delete";

  private final Values values;

  UpdateCompiler(Values values) {
    this.values = values;
  }

  /// @return bound and checked
  /// @throws ApiException a ValidationException, when they are no update
  Update compile(List<Action> actions) {
    List<UpdateAction> compiled = new ArrayList<>(actions.size());
    for (Action action : actions) {
      compiled.add(
          switch (action) {
            case Action.Set(Path path, Term value) -> set(path, value);
            case Action.Remove(Path path) -> new UpdateAction.Remove(path);
          });
    }
    return StatementExpressions.update(compiled);
  }

  private UpdateAction set(Path path, Term value) {
    if (value instanceof Term.Call call) {
      switch (call.name()) {
        case SET_ADD -> {
          return new UpdateAction.Add(path, elements(path, call));
        }
        case SET_DELETE -> {
          return new UpdateAction.Delete(path, elements(path, call));
        }
        default -> {}
      }
    }
    return new UpdateAction.Set(path, operand(value));
  }

  /// The set by which `set_add` and `set_delete` change the path that they are assigned to.
  private Operand elements(Path path, Term.Call call) {
    String name = call.name().toUpperCase(Locale.ROOT);
    if (call.arguments().size() != 2) {
      throw Malformed.at(name + " must have exactly two arguments", call.at());
    }
    Term changed = call.arguments().getFirst();
    Term elements = call.arguments().getLast();
    if (!(changed instanceof Term.Attribute(Path first, Token _)) || !first.equals(path)) {
      throw Malformed.at(
          "The first argument to " + name + " must equal the assignment value", call.at());
    }
    if (Values.isValue(elements)) {
      AttributeValue value = values.of(elements);
      switch (value.type()) {
        case SS, NS, BS -> {
          return new Operand.Literal(value);
        }
        case S, N, B, M, L, NULL, BOOL -> {}
      }
    }
    throw Malformed.at(
        "The second argument to " + name + " must be a value with type SET", changed.at());
  }

  private Operand operand(Term term) {
    return switch (term) {
      case Term.Attribute(Path path, Token _) -> path;
      case Term.Arithmetic(String operator, Term left, Term right, Token _) ->
          new Operand.Call(arithmetic(operator), List.of(operand(left), operand(right)));
      case Term.Negative _ -> throw unsupportedOperator("-");
      case Term.Call call -> listAppend(call);
      default -> new Operand.Literal(values.of(term));
    };
  }

  private Operand listAppend(Term.Call call) {
    if (!call.name().equals("list_append")) {
      throw Malformed.at("There is no function " + call.name(), call.at());
    }
    List<Operand> arguments = new ArrayList<>();
    call.arguments().forEach(argument -> arguments.add(operand(argument)));
    return new Operand.Call(Function.LIST_APPEND, arguments);
  }

  private static Function arithmetic(String operator) {
    return switch (operator) {
      case "+" -> Function.PLUS;
      case "-" -> Function.MINUS;
      default -> throw unsupportedOperator(operator);
    };
  }

  private static ApiException unsupportedOperator(String operator) {
    return ApiException.validation("SET takes no operator " + operator);
  }
}
