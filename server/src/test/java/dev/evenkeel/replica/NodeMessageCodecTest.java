package dev.evenkeel.replica;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenkeel.paxos.Ballot;
import dev.evenkeel.paxos.Configuration;
import dev.evenkeel.paxos.Disks;
import dev.evenkeel.paxos.Entry;
import dev.evenkeel.paxos.Member;
import dev.evenkeel.paxos.Message;
import dev.evenkeel.paxos.Support;
import dev.evenkeel.paxos.Value;
import dev.evenkeel.rpc.MessageInput;
import dev.evenkeel.rpc.MessageOutput;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// The wire form of messages between nodes. Repeat with `-Dseed=…`.
class NodeMessageCodecTest {
  private static final int FLIPS = 1_000;
  private static final long GROUP = 0x0102030405060708L;
  private static final Ballot BALLOT = new Ballot(300, 0x1122334455667788L);
  private static final Configuration THREE =
      new Configuration(
          7,
          List.of(
              new Member(-1, Member.Kind.STORAGE),
              new Member(2, Member.Kind.STORAGE),
              new Member(3, Member.Kind.LOG)));

  private final NodeMessageCodec codec = new NodeMessageCodec();
  private final long seed = Long.getLong("seed", RandomGenerator.getDefault().nextLong());

  private static List<NodeMessage> messages() {
    Value command = new Value.Command("abc".getBytes(UTF_8));
    List<NodeMessage> all = new ArrayList<>();
    all.add(new NodeMessage.Beat(new Support.Heartbeat(-2, 300), 1L << 50, Disks.State.FINE));
    all.add(
        new NodeMessage.Beat(
            new Support.Heartbeat(-2, 300), 1L << 50, new Disks.State(true, true)));
    all.add(new NodeMessage.Supports(new Support.Supported(-2, -1)));
    all.add(new NodeMessage.Farewell());
    all.add(
        new NodeMessage.Protocol(
            GROUP, new Message.Accept(BALLOT, 8, List.of(command), 7, 6, true)));
    all.add(
        new NodeMessage.Protocol(
            -1,
            new Message.Promise(BALLOT, 7, 6, 5, List.of(new Entry(7, BALLOT, command)), true, 3)));
    all.add(new NodeMessage.NoSuchReplica(GROUP));
    all.add(new NodeMessage.NotMember(GROUP, THREE));
    all.add(new NodeMessage.Leads(GROUP, -3, 1L << 40, THREE));
    Messages.requests().values().forEach(request -> all.add(new NodeMessage.Ask(request)));
    Messages.writeOutcomes()
        .values()
        .forEach(outcome -> all.add(new NodeMessage.Answer.OfWrite(outcome)));
    Messages.readOutcomes()
        .values()
        .forEach(outcome -> all.add(new NodeMessage.Answer.OfRead(outcome)));
    Messages.pageOutcomes()
        .values()
        .forEach(outcome -> all.add(new NodeMessage.Answer.OfPage(outcome)));
    Messages.changesOutcomes()
        .values()
        .forEach(outcome -> all.add(new NodeMessage.Answer.OfChanges(outcome)));
    Messages.togetherOutcomes()
        .values()
        .forEach(outcome -> all.add(new NodeMessage.Answer.OfTogether(outcome)));
    all.add(new NodeMessage.Empty(GROUP));
    all.add(new NodeMessage.Open(GROUP, 1L << 50, true, THREE));
    all.add(new NodeMessage.Open(GROUP, 0, false, THREE));
    all.add(new NodeMessage.Drop(GROUP));
    all.add(new NodeMessage.Has(GROUP));
    all.add(new NodeMessage.Done(""));
    all.add(new NodeMessage.Done("the disk is full"));
    all.add(new NodeMessage.Fetch(GROUP, new byte[0], Integer.MAX_VALUE));
    all.add(new NodeMessage.Fetch(GROUP, new byte[] {1, 2}, 1));
    all.add(
        new NodeMessage.Piece(
            "", 1L << 33, new byte[] {1}, new byte[] {2, 3}, new byte[] {4}, -77));
    all.add(Snapshots.problem("this replica is being rebuilt itself"));
    return all;
  }

  private byte[] encode(NodeMessage message) {
    MessageOutput out = new MessageOutput();
    codec.encode(message, out);
    return out.toBytes();
  }

  private NodeMessage decode(byte[] bytes) throws IOException {
    return codec.decode(MessageInput.of(bytes));
  }

  @Test
  void messagesComeBackAsTheyWere() throws IOException {
    for (NodeMessage message : messages()) {
      assertThat(decode(encode(message)))
          .isInstanceOf(message.getClass())
          .usingRecursiveComparison()
          .ignoringFieldsOfTypes(StackTraceElement[].class, Throwable.class)
          .isEqualTo(message);
      assertThat(encode(decode(encode(message)))).isEqualTo(encode(message));
    }
  }

  @Test
  void everyKindIsAmongTheSamples() {
    Set<Class<?>> sampled = new HashSet<>();
    messages().forEach(message -> sampled.add(message.getClass()));
    assertThat(sampled).isEqualTo(leaves(NodeMessage.class));
  }

  private static Set<Class<?>> leaves(Class<?> type) {
    Set<Class<?>> leaves = new HashSet<>();
    for (Class<?> permitted : type.getPermittedSubclasses()) {
      if (permitted.isSealed()) {
        leaves.addAll(leaves(permitted));
      } else {
        leaves.add(permitted);
      }
    }
    return leaves;
  }

  @Test
  void fieldsOfLaterVersionsAreSkipped() throws IOException {
    MessageOutput out = new MessageOutput();
    codec.encode(new NodeMessage.Drop(GROUP), out);
    out.text(99, "something new");
    assertThat(decode(out.toBytes())).isEqualTo(new NodeMessage.Drop(GROUP));
  }

  @Test
  void unknownKindsAreRefused() {
    for (int kind : new int[] {0, NodeMessageCodec.OF_TOGETHER + 1}) {
      MessageOutput out = new MessageOutput();
      out.varint(1, kind);
      assertThatThrownBy(() -> decode(out.toBytes()))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("kind " + kind);
    }
    assertThatThrownBy(() -> decode(new byte[0])).isInstanceOf(IOException.class);
  }

  @Test
  void messagesWithoutTheirBodyOrConfigurationAreRefused() {
    int refused = 0;
    for (int kind = 1; kind <= NodeMessageCodec.PIECE; kind++) {
      MessageOutput out = new MessageOutput();
      out.varint(1, kind);
      out.fixed64(2, GROUP);
      try {
        decode(out.toBytes());
      } catch (IOException e) {
        refused++;
      }
    }
    // Beat, support, protocol, request, three outcomes; three with a configuration.
    assertThat(refused).isEqualTo(10);
  }

  @Test
  void aConfigurationThatIsAnotherRecordIsRefused() {
    MessageOutput out = new MessageOutput();
    out.varint(1, NodeMessageCodec.LEADS);
    out.bytes(4, HexFormat.of().parseHex("0101000000000000000000"));
    assertThatThrownBy(() -> decode(out.toBytes())).isInstanceOf(IOException.class);
  }

  /// Fields are cut off cleanly only between two of them; then a message may be left that has
  /// defaults.
  @Test
  void messagesThatAreCutOffAreRefusedOrWhole() throws IOException {
    int refused = 0;
    for (NodeMessage message : messages()) {
      byte[] bytes = encode(message);
      for (int length = 0; length < bytes.length; length++) {
        refused += isRead(Arrays.copyOf(bytes, length)) ? 0 : 1;
      }
    }
    assertThat(refused).isPositive();
  }

  @Test
  void damagedMessagesAreRefusedOrMessages() throws IOException {
    Random random = new Random(seed);
    int read = 0;
    for (NodeMessage message : messages()) {
      byte[] bytes = encode(message);
      for (int i = 0; i < FLIPS; i++) {
        byte[] damaged = bytes.clone();
        for (int left = 1 + random.nextInt(3); left > 0; left--) {
          damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
        }
        read += isRead(damaged) ? 1 : 0;
      }
    }
    assertThat(read).as("still messages").isPositive();
  }

  /// Nothing but an [IOException] may come of it; what is read travels once more.
  private boolean isRead(byte[] bytes) throws IOException {
    NodeMessage message;
    try {
      message = decode(bytes);
    } catch (IOException _) {
      return false;
    }
    byte[] again = encode(message);
    assertThat(encode(decode(again))).as("-Dseed=%d", seed).isEqualTo(again);
    return true;
  }

  /// Who changes the format changes `package-info`, the golden file and the version together.
  @Test
  void bytesAreThoseOfTheGoldenFile() throws IOException {
    StringBuilder text = new StringBuilder();
    for (NodeMessage message : messages()) {
      text.append(message.getClass().getSimpleName()).append(' ');
      text.append(HexFormat.of().formatHex(encode(message))).append('\n');
    }
    try (InputStream in = getClass().getResourceAsStream("node-message-format-1.txt")) {
      assertThat(in).isNotNull();
      assertThat(text.toString()).isEqualTo(new String(in.readAllBytes(), UTF_8));
    }
  }
}
