package dev.evenkeel.simulation.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.replica.StorageNode;
import dev.evenkeel.replica.StorageReplica;
import dev.evenkeel.router.ReservedGroups;
import dev.evenkeel.simulation.Answer;
import dev.evenkeel.simulation.Simulator;
import dev.evenkeel.simulation.ZonedNode;
import dev.evenkeel.simulation.ZonedRegion;
import dev.evenkeel.simulation.invariant.TransactionsEnd;
import dev.evenkeel.simulation.workload.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A node that carries a part of a transaction dies between every two of the messages that it sends
/// and is sent: after the first, after the second, and so on, until the transaction is through
/// before that. Each time it happens in both groups or in neither, no lock outlives its limit, and
/// a caller who repeats its token until he has an answer gets one effect.
@ExtendWith(Silence.class)
class TransactionCrashTest {
  private static final long MILLI = 1_000_000;
  private static final long SECOND = 1_000 * MILLI;
  private static final long PATIENCE_NANOS = 40 * SECOND;

  /// Two seconds, by a clock that may be slow, the time of a look, and another leader.
  private static final long LOCK_NANOS_MAX = 4 * SECOND;

  /// What comes after the answer: the ledger hears that the transaction is done.
  private static final long AFTERWARDS_NANOS = 40 * MILLI;

  /// Two entries of the ledger and two of each group, each with a request and its answer, a vote
  /// and its answer.
  private static final int MESSAGES_MIN = 12;

  private static final long GROUP_A = 2;
  private static final long GROUP_B = 3;
  private static final long LEDGER = ReservedGroups.LEDGER;
  private static final List<String> TABLES = List.of("First", "Second");
  private static final String ITEM = "\"pk\":{\"S\":\"a\"},\"sk\":{\"S\":\"x\"}";
  private static final Pattern COUNT = Pattern.compile("\"n\":\\{\"N\":\"([0-9]+)\"\\}");

  private final Simulator simulator = new Simulator(1);
  private final ZonedRegion region = new ZonedRegion(simulator, 3);
  private final TransactionsEnd end = new TransactionsEnd(region);

  /// Messages until the victim dies; 0 for never.
  private int messagesLeft;

  private int effects;

  /// Who dies. The transaction's caller asks node 1.
  enum Victim {
    COORDINATOR(1, 2, 3, 3),
    LEADER_OF_A_GROUP(2, 2, 3, 3),
    LEADER_OF_THE_LEDGER(2, 3, 3, 2);

    private final int node;
    private final int leaderOfA;
    private final int leaderOfB;
    private final int leaderOfLedger;

    /// @param node which dies
    /// @param leaderOfA the node that leads that group when the transaction begins
    Victim(int node, int leaderOfA, int leaderOfB, int leaderOfLedger) {
      this.node = node;
      this.leaderOfA = leaderOfA;
      this.leaderOfB = leaderOfB;
      this.leaderOfLedger = leaderOfLedger;
    }
  }

  @ParameterizedTest
  @EnumSource
  void aTransactionOutlivesADeathAfterAnyOfItsMessages(Victim victim) {
    dieAfterEach(victim, false);
  }

  @ParameterizedTest
  @EnumSource
  @Tag("slow")
  @Tag("simulation")
  void aTransactionOutlivesALossOfPowerAfterAnyOfItsMessages(Victim victim) {
    dieAfterEach(victim, true);
  }

  private void dieAfterEach(Victim victim, boolean power) {
    region.start();
    await("all nodes serve", region::serves);
    TABLES.forEach(this::create);
    region
        .network()
        .observe((from, to, _, _) -> {
          if ((from == victim.node || to == victim.node) && --messagesLeft == 0) {
            simulator.after(0, "dies", () -> die(victim.node, power));
          }
        });
    int message = 1;
    while (!isThrough(victim, message)) {
      message++;
    }
    assertThat(message).as("messages of a transaction").isGreaterThan(MESSAGES_MIN);
  }

  private void die(int number, boolean power) {
    if (power) {
      node(number).machine().crash();
    } else {
      node(number).machine().kill();
    }
  }

  private ZonedNode node(int number) {
    return region.nodes().stream()
        .filter(node -> node.number() == number)
        .findFirst()
        .orElseThrow();
  }

  /// Has the victim die after that many messages.
  ///
  /// @return whether the transaction had ended before
  private boolean isThrough(Victim victim, int messages) {
    String at = victim + " after message " + messages + ": ";
    lead(at, GROUP_A, victim.leaderOfA);
    lead(at, GROUP_B, victim.leaderOfB);
    lead(at, LEDGER, victim.leaderOfLedger);
    String token = victim + "-" + messages;
    messagesLeft = messages;
    Answer first = call(at + "first answer", 1, "TransactWriteItems", transfer(token));
    long ended = simulator.nowNanos() + AFTERWARDS_NANOS;
    await(at + "end", () -> simulator.nowNanos() >= ended);
    // A message to a node that has lost power before may get lost though nobody dies now.
    boolean isThrough = messagesLeft > 0 && first.isOk();
    messagesLeft = 0;
    await(at + "no lock is left", () -> end.isSettled(GROUP_A, GROUP_B, LEDGER), LOCK_NANOS_MAX);
    await(at + "all nodes serve", region::serves);
    int happened = count(at) - effects;
    assertThat(happened).as(at + "effects of " + first).isBetween(first.isOk() ? 1 : 0, 1);
    boolean isAnswered = first.isOk();
    while (!isAnswered) {
      isAnswered = call(at + "answer", 2, "TransactWriteItems", transfer(token)).isOk();
    }
    effects++;
    assertThat(count(at)).as(at + "effects").isEqualTo(effects);
    return isThrough;
  }

  private void lead(String at, long group, int number) {
    long[] next = new long[1];
    await(
        at + "node " + number + " leads group " + group,
        () -> {
          ZonedNode leader = region.leader(group);
          if (leader == null || leader.number() == number) {
            return leader != null;
          }
          StorageNode to = node(number).storage();
          if (simulator.nowNanos() >= next[0] && to != null) {
            next[0] = simulator.nowNanos() + 50 * MILLI;
            replica(leader, group).transfer(to.self());
          }
          return false;
        });
  }

  private static StorageReplica replica(ZonedNode node, long group) {
    return Objects.requireNonNull(Objects.requireNonNull(node.storage()).replica(group));
  }

  private static String transfer(String token) {
    List<String> updates = new ArrayList<>();
    for (String table : TABLES) {
      updates.add(
          """
          {"Update":{"TableName":"%s","Key":{%s},"UpdateExpression":"ADD n :one",\
          "ExpressionAttributeValues":{":one":{"N":"1"}}}}\
          """
              .formatted(table, ITEM));
    }
    return "{\"ClientRequestToken\":\"%s\",\"TransactItems\":[%s]}"
        .formatted(token, String.join(",", updates));
  }

  /// Transactions that have happened, which both tables have to agree on.
  private int count(String at) {
    String body =
        TABLES.stream()
            .map(table -> "{\"Get\":{\"TableName\":\"" + table + "\",\"Key\":{" + ITEM + "}}}")
            .collect(Collectors.joining(",", "{\"TransactItems\":[", "]}"));
    Answer answer = call(at + "read", 3, "TransactGetItems", body);
    while (!answer.isOk()) {
      answer = call(at + "read", 3, "TransactGetItems", body);
    }
    List<Integer> counts = new ArrayList<>();
    Matcher matcher = COUNT.matcher(answer.body());
    while (matcher.find()) {
      counts.add(Integer.parseInt(matcher.group(1)));
    }
    int count = counts.isEmpty() ? 0 : counts.getFirst();
    assertThat(counts)
        .as(at + "both tables")
        .isEqualTo(count == 0 ? List.of() : List.of(count, count));
    return count;
  }

  private Answer call(String what, int number, String operation, String body) {
    Answer[] answer = new Answer[1];
    region.call(node(number), operation, body, given -> answer[0] = given);
    await(what, () -> answer[0] != null);
    return answer[0];
  }

  private void create(String table) {
    Answer created = call("table " + table, 1, "CreateTable", Session.creation(table));
    assertThat(created.isOk()).as(created.body()).isTrue();
    String body = "{\"TableName\":\"" + table + "\"}";
    for (ZonedNode node : region.nodes()) {
      Answer answer = call("table " + table, node.number(), "DescribeTable", body);
      while (!answer.body().contains("\"TableStatus\":\"ACTIVE\"")) {
        answer = call("table " + table, node.number(), "DescribeTable", body);
      }
    }
  }

  private void await(String what, BooleanSupplier condition) {
    await(what, condition, PATIENCE_NANOS);
  }

  private void await(String what, BooleanSupplier condition, long limitNanos) {
    try {
      simulator.runUntil(condition, limitNanos);
    } catch (AssertionError e) {
      throw new AssertionError(what + ": " + e.getMessage() + "\n" + simulator.tail(), e);
    }
  }
}
