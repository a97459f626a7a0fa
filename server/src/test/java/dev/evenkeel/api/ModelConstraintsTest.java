package dev.evenkeel.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.api.wire.ModelCases;
import dev.evenkeel.api.wire.ServiceModel;
import dev.evenkeel.model.ApiException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Breaks every rule of the service model, one at a time, in a request to every operation: each
/// constraint of each member, however deep, and each wrong JSON type.
final class ModelConstraintsTest {
  private static final ServiceModel MODEL = ServiceModel.load();
  private static final ServiceModel STREAMS = ServiceModel.streams();

  /// What the model had when this was written; fewer cases would be a generator that lost some.
  private static final int CONSTRAINTS_MIN = 500;

  private static final int TYPES_MIN = 1_500;
  private static final int VALUES_MIN = 35;
  private static final int PAIRS_MIN = 400;

  private static final int SHOWN_MAX = 300;

  @RegisterExtension final TestDatabase database = new TestDatabase();

  @Test
  void everyConstraintOfEveryMemberIsHeld() {
    List<String> wrong = new ArrayList<>();
    int cases = 0;
    for (Operation operation : InputsTest.operations()) {
      for (ModelCases.Case each : cases(operation, ModelCases::constraints)) {
        cases++;
        ApiException refused = refusal(operation, each);
        if (refused == null
            || refused.kind() != ApiException.Kind.VALIDATION
            || !isViolation(String.valueOf(refused.getMessage()), each.problem())) {
          wrong.add(each + "\n  wants " + each.problem() + "\n  meets " + shown(refused));
        }
      }
    }
    assertThat(wrong).as("of %s cases", cases).isEmpty();
    assertThat(cases).isGreaterThan(CONSTRAINTS_MIN);
  }

  /// Every two members of an input, each with its first mistake.
  @Test
  void ofTwoViolationsTheFirstInTheModelIsNamed() {
    List<String> wrong = new ArrayList<>();
    int pairs = 0;
    for (Operation operation : InputsTest.operations()) {
      List<ModelCases.Case> firsts = new ArrayList<>();
      for (ModelCases.Case each : cases(operation, ModelCases::constraints)) {
        if (firsts.isEmpty() || !firsts.getLast().member().equals(each.member())) {
          firsts.add(each);
        }
      }
      for (int i = 0; i < firsts.size(); i++) {
        for (int j = i + 1; j < firsts.size(); j++) {
          pairs++;
          ModelCases.Case first = firsts.get(i);
          ModelCases.Case both = first.and(firsts.get(j));
          ApiException refused = refusal(operation, both);
          String problem =
              isSwapped(first, firsts.get(j)) ? firsts.get(j).problem() : first.problem();
          if (refused == null || !isViolation(String.valueOf(refused.getMessage()), problem)) {
            wrong.add(both + "\n  wants " + problem + "\n  meets " + shown(refused));
          }
        }
      }
    }
    assertThat(wrong).as("of %s pairs", pairs).isEmpty();
    assertThat(pairs).isGreaterThan(PAIRS_MIN);
  }

  @Test
  void everyMemberHasTheJsonTypeOfTheModel() {
    List<String> wrong = new ArrayList<>();
    int cases = 0;
    for (Operation operation : InputsTest.operations()) {
      for (ModelCases.Case each : cases(operation, ModelCases::types)) {
        cases++;
        ApiException refused = refusal(operation, each);
        if (refused == null
            || refused.kind() != ApiException.Kind.SERIALIZATION
            || !each.problem().equals(refused.getMessage())) {
          wrong.add(each + "\n  wants " + each.problem() + "\n  meets " + shown(refused));
        }
      }
    }
    assertThat(wrong).as("of %s cases", cases).isEmpty();
    assertThat(cases).isGreaterThan(TYPES_MIN);
  }

  /// Values are refused when an operation asks for them: none may be forgotten.
  @Test
  void everyAttributeValueIsJudged() {
    List<String> wrong = new ArrayList<>();
    int cases = 0;
    for (Operation operation : InputsTest.operations()) {
      for (ModelCases.Case each : cases(operation, ModelCases::values)) {
        cases++;
        String answer = database.answer(operation.name(), withExpressions(each.body()));
        if (!answer.contains("Supplied AttributeValue is empty, must contain exactly one of")) {
          wrong.add(each + "\n  meets " + answer);
        }
      }
    }
    assertThat(wrong).as("of %s cases", cases).isEmpty();
    assertThat(cases).isGreaterThan(VALUES_MIN);
  }

  /// Global indexes come before local ones, though the model has these first.
  private static boolean isSwapped(ModelCases.Case first, ModelCases.Case second) {
    return first.member().equals("LocalSecondaryIndexes")
        && second.member().equals("GlobalSecondaryIndexes");
  }

  private static List<ModelCases.Case> cases(
      Operation operation, Function<ModelCases, List<ModelCases.Case>> part) {
    ServiceModel model = operation.service().equals(Operation.DYNAMODB) ? MODEL : STREAMS;
    return part.apply(ModelCases.of(model, operation.name()));
  }

  private static @Nullable ApiException refusal(Operation operation, ModelCases.Case of) {
    try {
      operation.input().read(of.body().getBytes(StandardCharsets.UTF_8));
      return null;
    } catch (ApiException refused) {
      return refused;
    }
  }

  private static boolean isViolation(String text, String problem) {
    String start = "1 validation error detected: ";
    return problem.startsWith("Value ")
        ? text.startsWith(start + problem)
        : text.startsWith(start + "Value '") && text.contains(problem);
  }

  /// The end of a text says which constraint it is about.
  private static String shown(@Nullable ApiException refused) {
    if (refused == null) {
      return "no refusal";
    }
    String text = String.valueOf(refused.getMessage());
    return refused.kind() + " …" + text.substring(Math.max(0, text.length() - SHOWN_MAX));
  }

  /// Values of expressions need one to be looked at; of these, an operation skips what it has not.
  private static String withExpressions(String body) {
    String values = "\"ExpressionAttributeValues\":{\":a\":{}}";
    return body.replace(
        values,
        values
            + ",\"FilterExpression\":\"a\",\"KeyConditionExpression\":\"a\""
            + (body.contains("\"ConditionExpression\"") ? "" : ",\"ConditionExpression\":\"a\""));
  }
}
