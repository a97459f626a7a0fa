package dev.evenkeel.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.model.ApiException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Damages bodies at random: each is read, or refused with an error of the API, and nothing else.
final class RandomBodiesTest {
  private static final int ROUNDS = 4_000;
  private static final byte[] TOKENS =
      "{}[]\":,0-1.e+nulltruefalse\\u00".getBytes(StandardCharsets.UTF_8);
  private static final String BODY =
      """
      {"TableName":"abc","AttributeDefinitions":[{"AttributeName":"a","AttributeType":"S"},
      {"AttributeName":"b","AttributeType":"N"}],"KeySchema":[{"AttributeName":"a","KeyType":"HASH"},
      {"AttributeName":"b","KeyType":"RANGE"}],"LocalSecondaryIndexes":[{"IndexName":"abc","KeySchema":
      [{"AttributeName":"a","KeyType":"HASH"}],"Projection":{"ProjectionType":"INCLUDE",
      "NonKeyAttributes":["x","\\u00e9\\ud83d\\ude00é"]}}],"BillingMode":"PROVISIONED",
      "ProvisionedThroughput":{"ReadCapacityUnits":1e0,"WriteCapacityUnits":12345678901},
      "Unknown":{"deep":[[[{"a":null}]]],"b":-1.5e-7},"DeletionProtectionEnabled":false}\
      """;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void damagedBodiesAreReadOrRefused(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Operation> operations = new TestTables().all;
    for (int round = 0; round < ROUNDS; round++) {
      byte[] body = damaged(BODY.getBytes(StandardCharsets.UTF_8), random);
      Operation operation = operations.get(random.nextInt(operations.size()));
      try {
        operation.input().read(body);
      } catch (ApiException refused) {
        assertThat(refused.kind())
            .as("seed %s round %s", seed, round)
            .isIn(ApiException.Kind.SERIALIZATION, ApiException.Kind.VALIDATION);
      } catch (RuntimeException | Error broken) {
        throw new AssertionError(
            "seed " + seed + " round " + round + ": " + new String(body, StandardCharsets.UTF_8),
            broken);
      }
    }
  }

  private static byte[] damaged(byte[] body, SplittableRandom random) {
    byte[] damaged = body;
    for (int i = 0; i <= random.nextInt(4); i++) {
      if (damaged.length == 0) {
        return damaged;
      }
      int at = random.nextInt(damaged.length);
      damaged =
          switch (random.nextInt(4)) {
            case 0 -> Arrays.copyOf(damaged, at);
            case 1 -> with(damaged, at, (byte) random.nextInt());
            case 2 -> with(damaged, at, TOKENS[random.nextInt(TOKENS.length)]);
            default -> without(damaged, at, Math.min(damaged.length, at + 1 + random.nextInt(20)));
          };
    }
    return damaged;
  }

  private static byte[] with(byte[] body, int at, byte value) {
    byte[] changed = body.clone();
    changed[at] = value;
    return changed;
  }

  private static byte[] without(byte[] body, int from, int to) {
    byte[] shorter = Arrays.copyOf(body, body.length - (to - from));
    System.arraycopy(body, to, shorter, from, body.length - to);
    return shorter;
  }
}
