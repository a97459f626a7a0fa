package dev.evenkeel.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenkeel.codec.BinaryItem;
import dev.evenkeel.expression.ExpressionCodecTest.Wire;
import dev.evenkeel.model.ApiException;
import dev.evenkeel.model.AttributeValue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Random conditions and updates there and back, and bytes that are nearly theirs. Repeat with
/// `-Dseed=…`.
class RandomExpressionCodecTest {
  private static final int ROUNDS = 2_000;
  private static final int FLIPS = 20;

  private final long seed = Long.getLong("seed", RandomGenerator.getDefault().nextLong());

  @Test
  void conditionsMeanTheSameThereAndBack() throws IOException {
    int travelled = 0;
    for (int round = 0; round < ROUNDS; round++) {
      Random random = new Random(seed + round);
      RandomConditions source = new RandomConditions(random);
      Condition condition = condition(source);
      if (condition != null) {
        Condition decoded = Wire.decoded(condition);
        assertThat(decoded).as("-Dseed=%d", seed + round).isEqualTo(condition);
        for (int i = 0; i < 3; i++) {
          BinaryItem item = BinaryItem.of(source.item());
          assertThat(decoded.test(item))
              .as("-Dseed=%d: %s on %s", seed + round, condition, item)
              .isEqualTo(condition.test(item));
        }
        travelled++;
      }
    }
    assertThat(travelled).as("-Dseed=%d", seed).isGreaterThan(ROUNDS / 5);
  }

  @Test
  void updatesDoTheSameThereAndBack() throws IOException {
    int applied = 0;
    for (int round = 0; round < ROUNDS; round++) {
      Random random = new Random(seed + round);
      RandomConditions source = new RandomConditions(random);
      Update update = update(random, source);
      if (update != null) {
        Update decoded = Wire.decoded(update);
        assertThat(decoded.actions()).as("-Dseed=%d", seed + round).isEqualTo(update.actions());
        BinaryItem item = BinaryItem.of(source.item());
        Object after = Wire.applied(update, item);
        assertThat(Wire.applied(decoded, item)).as("-Dseed=%d", seed + round).isEqualTo(after);
        applied += after instanceof BinaryItem ? 1 : 0;
      }
    }
    assertThat(applied).as("-Dseed=%d", seed).isGreaterThan(ROUNDS / 20);
  }

  @Test
  void damagedConditionsAreRefusedOrCanBeEvaluated() {
    int read = 0;
    for (int round = 0; round < ROUNDS / 10; round++) {
      Random random = new Random(seed + round);
      RandomConditions source = new RandomConditions(random);
      Condition condition = condition(source);
      if (condition != null) {
        BinaryItem item = BinaryItem.of(source.item());
        byte[] bytes = Wire.encoded(condition);
        for (byte[] cut : truncations(bytes)) {
          assertThatThrownBy(() -> Wire.condition(cut)).isInstanceOf(IOException.class);
        }
        for (int i = 0; i < FLIPS; i++) {
          read += evaluates(flipped(bytes, random), item) ? 1 : 0;
        }
      }
    }
    assertThat(read).as("still conditions").isPositive();
  }

  @Test
  void damagedUpdatesAreRefusedOrCanBeApplied() {
    int read = 0;
    for (int round = 0; round < ROUNDS / 10; round++) {
      Random random = new Random(seed + round);
      RandomConditions source = new RandomConditions(random);
      Update update = update(random, source);
      if (update != null) {
        BinaryItem item = BinaryItem.of(source.item());
        byte[] bytes = Wire.encoded(update);
        for (byte[] cut : truncations(bytes)) {
          assertThatThrownBy(() -> Wire.update(cut)).isInstanceOf(IOException.class);
        }
        for (int i = 0; i < FLIPS; i++) {
          read += applies(flipped(bytes, random), item) ? 1 : 0;
        }
      }
    }
    assertThat(read).as("still updates").isPositive();
  }

  private static boolean evaluates(byte[] bytes, BinaryItem item) {
    try {
      Condition condition = Wire.condition(bytes);
      assertThat(Wire.decoded(condition).test(item)).isEqualTo(condition.test(item));
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  private static boolean applies(byte[] bytes, BinaryItem item) {
    try {
      Update update = Wire.update(bytes);
      assertThat(Wire.applied(Wire.decoded(update), item)).isEqualTo(Wire.applied(update, item));
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  private static List<byte[]> truncations(byte[] bytes) {
    List<byte[]> cuts = new ArrayList<>();
    for (int length = 0; length < bytes.length; length++) {
      cuts.add(Arrays.copyOf(bytes, length));
    }
    return cuts;
  }

  private static byte[] flipped(byte[] bytes, Random random) {
    byte[] flipped = bytes.clone();
    flipped[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    return flipped;
  }

  /// A bound condition; null where the operands did not suit.
  private static @Nullable Condition condition(RandomConditions source) {
    Condition unbound = source.condition(4);
    try {
      return new ConditionBinder(ExpressionKind.CONDITION, scope(source)).bind(unbound);
    } catch (ApiException _) {
      return null;
    }
  }

  /// A bound update; null where paths or operands did not suit.
  private static @Nullable Update update(Random random, RandomConditions source) {
    List<UpdateAction> unbound = new ArrayList<>();
    for (int left = 1 + random.nextInt(3); left > 0; left--) {
      Path path = source.path();
      unbound.add(
          switch (random.nextInt(5)) {
            case 0 -> new UpdateAction.Remove(path);
            case 1 -> new UpdateAction.Add(path, source.placeholder());
            case 2 -> new UpdateAction.Delete(path, source.placeholder());
            default -> new UpdateAction.Set(path, value(random, source, 3));
          });
    }
    try {
      return new UpdateBinder(ExpressionKind.UPDATE, scope(source)).bind(unbound);
    } catch (ApiException _) {
      return null;
    }
  }

  private static Operand value(Random random, RandomConditions source, int depth) {
    if (depth == 0) {
      return random.nextBoolean() ? source.path() : source.placeholder();
    }
    return switch (random.nextInt(7)) {
      case 0 -> call(Function.PLUS, random, source, depth);
      case 1 -> call(Function.MINUS, random, source, depth);
      case 2 -> call(Function.LIST_APPEND, random, source, depth);
      case 3 ->
          new Operand.Call(
              Function.IF_NOT_EXISTS, List.of(source.path(), value(random, source, depth - 1)));
      default -> value(random, source, 0);
    };
  }

  private static Operand call(
      Function function, Random random, RandomConditions source, int depth) {
    return new Operand.Call(
        function, List.of(value(random, source, depth - 1), value(random, source, depth - 1)));
  }

  private static ExpressionScope scope(RandomConditions source) {
    Map<String, AttributeValue> values = source.values();
    return ExpressionScope.of(RandomConditions.NAMES, values.isEmpty() ? null : values);
  }
}
