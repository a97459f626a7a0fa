package dev.evenkeel.expression;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.codec.BinaryItem;
import dev.evenkeel.model.ApiException;
import dev.evenkeel.model.AttributeValue;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// Repeat with `-Dseed=…`.
class RandomConditionTest {
  private static final int ROUNDS = 5_000;

  private final long seed = Long.getLong("seed", RandomGenerator.getDefault().nextLong());

  @Test
  void whatIsPrintedReadsAsItWas() {
    for (int round = 0; round < ROUNDS; round++) {
      Random random = new Random(seed + round);
      Condition condition = new RandomConditions(random).condition(4);
      String text = new ConditionText(random).of(condition);
      if (text.length() <= 4000) {
        assertThat(ConditionParser.parse(ExpressionKind.CONDITION, text))
            .as("-Dseed=%d: %s", seed + round, text)
            .isEqualTo(condition);
      }
    }
  }

  @Test
  void conditionsMeanWhatTheirDefinitionSays() {
    int evaluated = 0;
    int held = 0;
    for (int round = 0; round < ROUNDS; round++) {
      Random random = new Random(seed + round);
      RandomConditions source = new RandomConditions(random);
      Condition condition = source.condition(2);
      Map<String, AttributeValue> values = source.values();
      ExpressionScope scope =
          ExpressionScope.of(RandomConditions.NAMES, values.isEmpty() ? null : values);
      Condition bound;
      try {
        bound = new ConditionBinder(ExpressionKind.CONDITION, scope).bind(condition);
      } catch (ApiException _) {
        // An operand of a type that the operator does not take.
        continue;
      }
      Map<String, AttributeValue> item = source.item();
      boolean expected = new NaiveConditions(RandomConditions.NAMES, values, item).test(condition);
      assertThat(bound.test(BinaryItem.of(item)))
          .as("-Dseed=%d: %s on %s", seed + round, bound, item)
          .isEqualTo(expected);
      evaluated++;
      held += expected ? 1 : 0;
    }
    assertThat(evaluated).as("evaluated").isGreaterThan(ROUNDS / 5);
    assertThat(held).as("held").isBetween(evaluated / 10, evaluated * 9 / 10);
  }
}
