package dev.evenkeel.expression;

import dev.evenkeel.model.ApiException;
import java.util.List;
import java.util.stream.Collectors;

/// Which of an operation's parameters for expressions one request has, and whether they go
/// together.
///
/// @param possible the kinds of expression that the operation takes, in the order in which AWS
///   lists them
/// @param present those that the request has
/// @param legacy the names of the legacy parameters that the request has, in the order in which AWS
///   lists them
/// @param names whether it has ExpressionAttributeNames
/// @param values whether it has ExpressionAttributeValues
public record ExpressionParameters(
    List<ExpressionKind> possible,
    List<ExpressionKind> present,
    List<String> legacy,
    boolean names,
    boolean values) {
  public ExpressionParameters {
    possible = List.copyOf(possible);
    present = List.copyOf(present);
    legacy = List.copyOf(legacy);
  }

  /// To be called before anything is parsed.
  ///
  /// @throws ApiException a ValidationException, when expressions are mixed with legacy parameters,
  ///   or names or values come without an expression that could use them
  public void check() {
    refuseMixture();
    if (names && present.isEmpty()) {
      throw ApiException.validation(
          "ExpressionAttributeNames can only be specified when using expressions");
    }
    if (values) {
      refuseIdleValues();
    }
  }

  private void refuseMixture() {
    // KeyConditions go with any other expression.
    List<String> mixed =
        present.contains(ExpressionKind.KEY_CONDITION)
            ? legacy
            : legacy.stream().filter(name -> !name.equals("KeyConditions")).toList();
    if (!mixed.isEmpty() && !present.isEmpty()) {
      throw ApiException.validation(
          "Can not use both expression and non-expression parameters in the same request:"
              + " Non-expression parameters: {"
              + String.join(", ", mixed)
              + "} Expression parameters: {"
              + possible.stream()
                  .filter(present::contains)
                  .map(ExpressionKind::parameter)
                  .collect(Collectors.joining(", "))
              + "}");
    }
  }

  private void refuseIdleValues() {
    List<ExpressionKind> users =
        possible.stream().filter(kind -> kind != ExpressionKind.PROJECTION).toList();
    if (users.stream().noneMatch(present::contains)) {
      throw ApiException.validation(
          "ExpressionAttributeValues can only be specified when using expressions: "
              + users.stream().map(ExpressionKind::parameter).collect(Collectors.joining(" and "))
              + (users.size() == 1 ? " is null" : " are null"));
    }
  }
}
