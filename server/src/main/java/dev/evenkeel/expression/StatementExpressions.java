package dev.evenkeel.expression;

import dev.evenkeel.model.ApiException;
import java.util.List;

/// Conditions and updates that a statement states, checked as those of expressions are. They name
/// no aliases and hold no placeholders.
///
/// Every method throws a ValidationException, with AWS's text, for operands that do not fit.
public final class StatementExpressions {
  private StatementExpressions() {}

  public static Condition condition(Condition stated) {
    return new ConditionBinder(ExpressionKind.STATEMENT, ExpressionScope.empty()).bind(stated);
  }

  public static Update update(List<UpdateAction> stated) {
    return new UpdateBinder(ExpressionKind.STATEMENT, ExpressionScope.empty()).bind(stated);
  }

  /// The error for a function whose result is compared as if it were a value, or is no condition.
  public static ApiException misused(Function function) {
    return ExpressionKind.STATEMENT.invalid(
        "The function is not allowed to be used this way in an expression; function: "
            + function.text());
  }
}
