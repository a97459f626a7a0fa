package dev.evenkeel.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenkeel.rpc.CallOutcome.Answered;
import dev.evenkeel.rpc.Refusal.Reason;
import dev.evenkeel.runtime.NetworkOptions;
import dev.evenkeel.runtime.NetworkOptions.TlsFiles;
import dev.evenkeel.runtime.RealEnvironment;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Nodes that prove who they are.
class MutualTlsTest {
  private static final long ONE = NodeIdentity.of(1, 1);
  private static final long TWO = NodeIdentity.of(2, 2);

  @TempDir private static Path folder;
  private static TlsFiles nodeOne;
  private static TlsFiles nodeTwo;
  private static TlsFiles foreignTwo;

  @BeforeAll
  static void makeCertificates() throws Exception {
    Certificates authority = Certificates.in(folder.resolve("ours"));
    nodeOne = authority.issue("node-1");
    nodeTwo = authority.issue("node-2.example.internal");
    foreignTwo = Certificates.in(folder.resolve("theirs")).issue("node-2");
  }

  @Test
  void nodesWithCertificatesOfTheAuthorityTalk() throws Exception {
    try (RealWorld world = new RealWorld(node -> node == 1 ? nodeOne : nodeTwo)) {
      TestNode one = TestNode.start(world, ONE);
      TestNode two = TestNode.start(world, TWO);
      one.awaitPeers(two);
      two.awaitPeers(one);
      assertThat(one.call(two, new Note(1, 1 << 20)).await())
          .isEqualTo(new Answered<>(new Note(2, 1 << 20)));
      assertThat(two.call(one, Note.of(5)).await()).isEqualTo(new Answered<>(Note.of(6)));
    }
  }

  @Test
  void aCertificateThatNamesAnotherNodeIsRefused() throws Exception {
    try (RealWorld world = new RealWorld(node -> nodeOne)) {
      TestNode one = TestNode.start(world, ONE);
      TestNode two = TestNode.start(world, TWO);
      world.await(() -> !one.refusals.isEmpty() && !two.refusals.isEmpty());
      Refusal refusal = one.refusals.getFirst();
      assertThat(refusal.reason()).isEqualTo(Reason.OTHER_NODE);
      assertThat(refusal.sentence())
          .isEqualTo("the certificate of node 2-000000000002 does not name it");
      assertThat(one.messenger.connected()).isEmpty();
    }
  }

  @Test
  void aCertificateOfAnotherAuthorityFindsNoEar() throws Exception {
    findsNoEar(foreignTwo);
  }

  @Test
  void plainTextFindsNoEar() throws Exception {
    findsNoEar(null);
  }

  private static void findsNoEar(@Nullable TlsFiles stranger) throws Exception {
    try (RealWorld world = new RealWorld(node -> node == 2 ? stranger : nodeOne)) {
      TestNode one = TestNode.start(world, ONE);
      TestNode two = TestNode.start(world, TWO);
      world.await(() -> world.attempts.get() > 4);
      assertThat(one.news).isEmpty();
      assertThat(two.news).isEmpty();
    }
  }

  @Test
  void filesThatCannotBeReadAreNamed() {
    TlsFiles missing =
        new TlsFiles(folder.resolve("no.crt"), folder.resolve("no.key"), folder.resolve("ca"));
    NetworkOptions options =
        new NetworkOptions(new InetSocketAddress(0), node -> null, missing, 1 << 20);
    assertThatThrownBy(() -> RealEnvironment.inMemory(0, options, bug -> {}))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no.crt");
  }
}
