package dev.evenkeel.simulation.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.simulation.model.AbstractAction.Accept;
import dev.evenkeel.simulation.model.AbstractAction.Choose;
import dev.evenkeel.simulation.model.AbstractAction.ConsistentRead;
import dev.evenkeel.simulation.model.AbstractAction.Crash;
import dev.evenkeel.simulation.model.AbstractAction.GrantSupport;
import dev.evenkeel.simulation.model.AbstractAction.HoldLease;
import dev.evenkeel.simulation.model.AbstractAction.Learn;
import dev.evenkeel.simulation.model.AbstractAction.Prepare;
import dev.evenkeel.simulation.model.AbstractAction.Promise;
import dev.evenkeel.simulation.model.AbstractAction.Propose;
import dev.evenkeel.simulation.model.AbstractAction.Reconfigure;
import dev.evenkeel.simulation.model.AbstractAction.ReleaseLease;
import dev.evenkeel.simulation.model.AbstractAction.Restart;
import dev.evenkeel.simulation.model.AbstractAction.StandDown;
import dev.evenkeel.simulation.model.AbstractAction.SupportLapses;
import dev.evenkeel.simulation.model.AbstractAction.Transfer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Whatever is allowed, in whatever order, keeps the invariants: random actions are tried, those
/// that are refused are dropped, and none may be refused because an invariant is broken already.
class RandomTracesTest {
  private static final int TRACES = 300;
  private static final int STEPS = 1500;
  private static final int NODES = 5;
  private static final int SLOTS = 4;
  private static final int BALLOTS = 6;
  private static final List<AbstractConfiguration> CONFIGURATIONS =
      List.of(
          new AbstractConfiguration(Set.of(1L, 2L, 3L), Set.of()),
          new AbstractConfiguration(Set.of(1L, 2L), Set.of(4L)),
          new AbstractConfiguration(Set.of(1L, 2L), Set.of(5L)),
          new AbstractConfiguration(Set.of(1L, 2L), Set.of()));

  private final Map<Class<?>, Integer> happened = new HashMap<>();

  @Test
  void noTraceOfAllowedActionsBreaksAnInvariant() {
    for (int seed = 0; seed < TRACES; seed++) {
      new Walk(seed).run();
    }
    assertThat(happened.keySet())
        .contains(Choose.class, Learn.class, HoldLease.class, ConsistentRead.class)
        .contains(Reconfigure.class, Transfer.class, Restart.class, SupportLapses.class);
  }

  private final class Walk {
    private final int seed;
    private final Random random;
    private final AbstractState state = new AbstractState(CONFIGURATIONS.getFirst());
    private final List<Propose> proposed = new ArrayList<>();
    private long newest = 1;

    private Walk(int seed) {
      this.seed = seed;
      this.random = new Random(seed);
    }

    private void run() {
      for (int step = 0; step < STEPS; step++) {
        AbstractAction action = any();
        try {
          state.step(action);
          happened.merge(action.getClass(), 1, Integer::sum);
          note(action);
        } catch (AssertionError refused) {
          assertThat(refused.getMessage())
              .as("seed %d, step %d", seed, step)
              .doesNotContain(Rules.BROKEN)
              .doesNotContain("stale");
        }
      }
    }

    private void note(AbstractAction action) {
      switch (action) {
        case Prepare prepare -> newest = Math.max(newest, prepare.ballot().round());
        case Propose propose -> proposed.add(propose);
        case Reconfigure change ->
            proposed.add(new Propose(change.ballot(), change.slot(), change.digest()));
        default -> {}
      }
    }

    private AbstractAction any() {
      AbstractBallot ballot = ballot();
      long node = 1L + random.nextInt(NODES);
      long epoch = random.nextInt(3);
      return switch (random.nextInt(64)) {
        case 0 -> new Prepare(ballot(1L + random.nextInt(BALLOTS)), 1);
        case 1, 2, 3, 4, 5, 6, 7, 8 -> new Promise(node, ballot, 0, epoch);
        case 9, 10, 11, 12, 13, 14 -> propose(ballot);
        case 15, 16 -> reconfigure(ballot);
        case 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29 -> accept(node, epoch);
        case 30, 31, 32, 33 -> new Choose(ballot, 1L + random.nextInt(SLOTS));
        case 34, 35, 36, 37 -> learn(node);
        case 38, 39, 40, 41 -> new GrantSupport(node, ballot.node(), 1 + epoch);
        case 42 -> new SupportLapses(node, ballot.node());
        case 43, 44, 45, 46, 47, 48, 49, 50, 51, 52 ->
            new HoldLease(ballot, Set.copyOf(List.of(ballot.node(), node)));
        case 53, 54, 55, 56 ->
            new ConsistentRead(ballot, state.acknowledged(), state.acknowledged());
        case 57 -> random.nextBoolean() ? new ReleaseLease(node) : new StandDown(node);
        case 58 -> random.nextInt(8) == 0 ? new Transfer(ballot) : new SupportLapses(node, 1);
        case 59 -> random.nextInt(4) == 0 ? new Crash(node) : new SupportLapses(node, 2);
        default -> new Restart(node, 0);
      };
    }

    /// Its own entry, or one that some ballot has proposed before.
    private AbstractAction propose(AbstractBallot ballot) {
      long slot = 1L + random.nextInt(SLOTS);
      Propose before = before();
      return before != null && random.nextBoolean()
          ? new Propose(ballot, before.slot(), before.digest())
          : new Propose(ballot, slot, 10 * ballot.round() + slot);
    }

    private AbstractAction reconfigure(AbstractBallot ballot) {
      int next = random.nextInt(CONFIGURATIONS.size());
      long slot = 1L + random.nextInt(SLOTS);
      long digest = 1000L * (next + 1) + 10 * ballot.round() + slot;
      return new Reconfigure(ballot, slot, digest, CONFIGURATIONS.get(next));
    }

    private AbstractAction accept(long node, long epoch) {
      Propose before = before();
      return before == null
          ? new Prepare(ballot(1), 1)
          : new Accept(node, before.ballot(), before.slot(), before.digest(), epoch);
    }

    private AbstractAction learn(long node) {
      Propose before = before();
      return before == null
          ? new GrantSupport(node, 1, 1)
          : new Learn(node, before.slot(), before.digest());
    }

    private @Nullable Propose before() {
      return proposed.isEmpty() ? null : proposed.get(random.nextInt(proposed.size()));
    }

    /// Mostly the newest, so that something comes of it.
    private AbstractBallot ballot() {
      return ballot(random.nextInt(4) == 0 ? 1L + random.nextInt(BALLOTS) : newest);
    }

    /// Ballots of odd rounds are node 1's, the others node 2's.
    private static AbstractBallot ballot(long round) {
      return new AbstractBallot(round, 2 - round % 2);
    }
  }
}
