package dev.evenkeel.replica;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenkeel.environment.Disk;
import dev.evenkeel.rpc.NodeIdentity;
import dev.evenkeel.runtime.RealEnvironment;
import dev.evenkeel.wal.Expected;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Who may start in a directory, and under which identity.
class NodeFileTest {
  private final RealEnvironment environment =
      RealEnvironment.inMemory(
          1 << 20,
          bug -> {
            throw new AssertionError(bug);
          });
  private final Disk disk = environment.disk();

  @AfterEach
  void close() {
    environment.close();
  }

  private NodeFile open(int number) throws IOException {
    return NodeFile.open(environment, "local", number, false);
  }

  private String text() throws IOException {
    try (Disk.File file = disk.open(NodeFile.NAME)) {
      byte[] bytes = new byte[(int) file.size()];
      file.read(0, ByteBuffer.wrap(bytes));
      return new String(bytes, UTF_8);
    }
  }

  private void write(String text) throws IOException {
    if (disk.exists(NodeFile.NAME)) {
      disk.delete(NodeFile.NAME);
    }
    try (Disk.File file = disk.open(NodeFile.NAME)) {
      file.write(0, ByteBuffer.wrap(text.getBytes(UTF_8)));
    }
  }

  @Test
  void aDirectoryKeepsItsIdentityAndCountsItsStarts() throws IOException {
    NodeFile first = open(2);
    assertThat(NodeIdentity.node(first.identity())).isEqualTo(2);
    assertThat(first.life()).isEqualTo(1);
    assertThat(first.waits()).as("nobody was supported before").isFalse();
    NodeFile second = open(2);
    assertThat(second.identity()).isEqualTo(first.identity());
    assertThat(second.life()).isEqualTo(2);
    assertThat(second.waits()).isTrue();
  }

  @Test
  void anotherNodesDirectoryIsRefused() throws IOException {
    open(2);
    String before = text();
    assertThatThrownBy(() -> open(3)).hasMessageContaining("belongs to node 2 and not to node 3");
    assertThat(text()).isEqualTo(before);
  }

  @Test
  void anotherRegionsDirectoryIsRefused() throws IOException {
    open(2);
    String before = text();
    assertThatThrownBy(() -> NodeFile.open(environment, "moon", 2, false))
        .hasMessageContaining("belongs to region local and not to moon");
    assertThat(text()).isEqualTo(before);
  }

  @Test
  void anEmptiedDirectoryHasANewIdentity() throws IOException {
    NodeFile first = open(2);
    first.begun(environment);
    disk.delete(NodeFile.NAME);
    NodeFile second = open(2);
    assertThat(NodeIdentity.node(second.identity())).isEqualTo(2);
    assertThat(second.identity()).isNotEqualTo(first.identity());
    assertThat(second.life()).isEqualTo(1);
    assertThat(second.expected()).isEqualTo(Expected.NOTHING);
  }

  @Test
  void noIdentityIsDrawnForALogThatIsThere() throws IOException {
    disk.open("log/range-0000000000000001-0000000000000000.log").close();
    assertThatThrownBy(() -> open(2)).hasMessageContaining("the file node is missing");
  }

  @Test
  void noIdentityIsDrawnForAFileThatSaysNothing() throws IOException {
    open(2);
    write("");
    assertThatThrownBy(() -> open(2)).hasMessageContaining("no number identity");
  }

  @Test
  void nothingIsExpectedOfFirstStartsThatDied() throws IOException {
    assertThat(open(2).expected()).isEqualTo(Expected.NOTHING);
    assertThat(open(2).expected()).isEqualTo(Expected.NOTHING);
  }

  @Test
  void whatWasBegunIsExpectedEverAfter() throws IOException {
    NodeFile first = open(2);
    first.begun(environment);
    assertThat(open(2).expected()).isEqualTo(Expected.RANGE);
    NodeFile third = open(2);
    third.begun(environment);
    assertThat(third.expected()).isEqualTo(Expected.RANGE);
    assertThat(third.identity()).isEqualTo(first.identity());
    assertThat(third.life()).isEqualTo(3);
  }

  @Test
  void aVersionThatLeftNoMarkHadBegunBoth() throws IOException {
    long identity = NodeIdentity.of(2, 77);
    write("region=local\nidentity=" + identity + "\nlife=4\nalone=false\n");
    assertThat(open(2).expected()).isEqualTo(Expected.SEGMENT);
    NodeFile again = open(2);
    assertThat(again.expected()).as("as long as it was not begun here").isEqualTo(Expected.SEGMENT);
    again.begun(environment);
    NodeFile next = open(2);
    assertThat(next.expected()).isEqualTo(Expected.RANGE);
    assertThat(next.identity()).isEqualTo(identity);
    assertThat(next.life()).isEqualTo(7);
  }
}
