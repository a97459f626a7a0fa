package dev.evenkeel.expression;

import dev.evenkeel.model.AttributeValue;
import java.util.ArrayList;
import java.util.List;

/// Binds an update and checks it: first all names, then all values, then overlapping paths, then
/// the types of operands.
final class UpdateBinder {
  private final ExpressionKind kind;
  private final Binder binder;
  private final OperandChecks checks;

  UpdateBinder(ExpressionKind kind, ExpressionScope scope) {
    this.kind = kind;
    this.binder = new Binder(kind, scope);
    this.checks = new OperandChecks(kind);
  }

  Update bind(List<UpdateAction> unbound) {
    unbound.forEach(this::resolveNames);
    List<UpdateAction> actions = new ArrayList<>(unbound.size());
    for (UpdateAction action : unbound) {
      actions.add(bind(action));
    }
    Update update = Update.of(kind, actions, Update.Wording.EXPRESSION);
    actions.forEach(this::checkChange);
    actions.forEach(this::checkFunctions);
    return update;
  }

  private void resolveNames(UpdateAction action) {
    binder.resolveNames(action.path());
    if (action instanceof UpdateAction.Set(Path _, Operand value)) {
      binder.resolveNames(value);
    }
  }

  private UpdateAction bind(UpdateAction action) {
    return switch (action) {
      case UpdateAction.Set(Path path, Operand value) ->
          new UpdateAction.Set(binder.bind(path), binder.bind(value));
      case UpdateAction.Remove(Path path) -> new UpdateAction.Remove(binder.bind(path));
      case UpdateAction.Add(Path path, Operand value) ->
          new UpdateAction.Add(binder.bind(path), binder.bind(value));
      case UpdateAction.Delete(Path path, Operand value) ->
          new UpdateAction.Delete(binder.bind(path), binder.bind(value));
    };
  }

  private void checkChange(UpdateAction action) {
    switch (action) {
      case UpdateAction.Add(Path _, Operand.Literal(AttributeValue value)) -> {
        if (!AttributeUpdate.isSet(value) && value.type() != AttributeValue.Type.N) {
          throw wrongType("ADD", value);
        }
      }
      case UpdateAction.Delete(Path _, Operand.Literal(AttributeValue value)) -> {
        if (!AttributeUpdate.isSet(value)) {
          throw wrongType("DELETE", value);
        }
      }
      case UpdateAction.Add _,
          UpdateAction.Delete _,
          UpdateAction.Set _,
          UpdateAction.Remove _ -> {}
    }
  }

  private void checkFunctions(UpdateAction action) {
    if (action instanceof UpdateAction.Set(Path _, Operand value)) {
      checks.counts(value);
      checks.types(value);
    }
  }

  private RuntimeException wrongType(String clause, AttributeValue value) {
    String type =
        switch (value.type()) {
          case S -> "STRING";
          case N -> "NUMBER";
          case B -> "BINARY";
          case SS -> "STRING_SET";
          case NS -> "NUMBER_SET";
          case BS -> "BINARY_SET";
          case M -> "MAP";
          case L -> "LIST";
          case NULL -> "NULL";
          case BOOL -> "BOOLEAN";
        };
    return kind.invalid(
        "Incorrect operand type for operator or function; operator: "
            + clause
            + ", operand type: "
            + type
            + ", typeSet: ALLOWED_FOR_"
            + clause
            + "_OPERAND");
  }
}
