package dev.evenkeel.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenkeel.codec.StoredKeys;
import dev.evenkeel.paxos.Ballot;
import dev.evenkeel.paxos.Configuration;
import dev.evenkeel.paxos.Member;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What is left of a replica that is removed.
public class DroppedReplicaTest {
  private static final long GROUP = OnePartition.TABLE.id() + 1;

  private final OnePartition partition;
  private final StorageReplica replica;

  DroppedReplicaTest() throws IOException {
    partition = new OnePartition();
    replica = partition.open(GROUP);
  }

  @AfterEach
  void close() throws IOException {
    partition.close();
  }

  /// Called in a mutant's own classes: what is found; empty for nothing.
  public static String verdict(long ignored) throws IOException {
    DroppedReplicaTest test = new DroppedReplicaTest();
    try {
      test.dropAndLookAtItsPromise();
      return "";
    } catch (AssertionError e) {
      return String.valueOf(e.getMessage());
    } finally {
      test.close();
    }
  }

  private ReplicaState stored() throws IOException {
    byte[] state = partition.node().store().get(StoredKeys.replicaState(GROUP));
    return ReplicaState.decode(Objects.requireNonNull(state));
  }

  /// A replica that is opened later must use no ballot twice.
  @Test
  void itsPromiseStaysThoughNoCheckpointHasSavedIt() throws IOException {
    dropAndLookAtItsPromise();
  }

  private void dropAndLookAtItsPromise() throws IOException {
    Ballot promised = replica.participant().ballot();
    assertThat(stored().promised()).isNotEqualTo(promised);
    assertThat(partition.node().drop(GROUP)).isEmpty();
    assertThat(stored().phase()).isEqualTo(ReplicaState.Phase.REMOVED);
    assertThat(stored().promised()).isEqualTo(promised);
  }

  /// A snapshot that was on its way comes to its end, for instance.
  @Test
  void nothingThatWasUnderWayBringsItBack() throws IOException {
    ReplicaState before = replica.state();
    assertThat(partition.node().drop(GROUP)).isEmpty();
    assertThatThrownBy(() -> replica.applier().replace(before, null))
        .isInstanceOf(IOException.class);
    assertThat(stored().phase()).isEqualTo(ReplicaState.Phase.REMOVED);
  }

  /// The log lets go of the former replica at a checkpoint, which nothing else asks for.
  @Test
  void anotherIsTakenInThoughTheNodeWritesLittle() throws Exception {
    StorageNode node = partition.node();
    Configuration others =
        Configuration.first(List.of(new Member(node.self() + 1, Member.Kind.STORAGE)));
    NodeMessage.Open open = new NodeMessage.Open(GROUP, 3, true, others);
    assertThat(node.drop(GROUP)).isEmpty();
    assertThat(node.open(open)).contains("is being removed");
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!node.open(open).isEmpty() && System.nanoTime() - until < 0) {
      Thread.sleep(10);
    }
    assertThat(node.replica(GROUP)).isNotNull();
  }

  /// The checkpoint had asked before.
  @Test
  void aCheckpointDoesNotBringItBack() throws IOException {
    assertThat(partition.node().drop(GROUP)).isEmpty();
    StoreProgress.Saved saved = replica.progress().save().orTimeout(30, TimeUnit.SECONDS).join();
    assertThat(saved.slot()).isNegative();
    assertThat(stored().phase()).isEqualTo(ReplicaState.Phase.REMOVED);
  }
}
