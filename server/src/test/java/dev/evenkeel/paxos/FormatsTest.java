package dev.evenkeel.paxos;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Messages, support and records as bytes.
class FormatsTest {
  private static final int ROUNDS = 3_000;
  private static final Ballot BALLOT = new Ballot(300, 0x0102030405060708L);
  private static final Ballot OLDER = new Ballot(299, 0x2002030405060708L);
  private static final Configuration THREE =
      new Configuration(
          7,
          List.of(
              new Member(0x11, Member.Kind.STORAGE),
              new Member(0x22, Member.Kind.STORAGE),
              new Member(0x33, Member.Kind.LOG)));

  /// Something that reads bytes, and writes what it has read again.
  @FunctionalInterface
  private interface Reader {
    byte[] again(byte[] bytes) throws IOException;
  }

  private static byte[] message(byte[] bytes) throws IOException {
    return MessageFormat.encode(MessageFormat.decode(bytes));
  }

  private static byte[] record(byte[] bytes) throws IOException {
    return RecordFormat.encode(RecordFormat.decode(bytes));
  }

  private static byte[] heartbeat(byte[] bytes) throws IOException {
    return SupportFormat.encode(SupportFormat.decodeHeartbeat(ByteBuffer.wrap(bytes)));
  }

  private static byte[] supported(byte[] bytes) throws IOException {
    return SupportFormat.encode(SupportFormat.decodeSupported(ByteBuffer.wrap(bytes)));
  }

  @Test
  void whatIsWrittenIsRead() throws IOException {
    RandomMessages random = new RandomMessages(1);
    for (int i = 0; i < ROUNDS; i++) {
      Message message = random.message();
      assertThat(MessageFormat.decode(MessageFormat.encode(message))).isEqualTo(message);
      AcceptorRecord record = random.record();
      assertThat(RecordFormat.decode(RecordFormat.encode(record))).isEqualTo(record);
      Support.Heartbeat heartbeat = random.heartbeat();
      ByteBuffer sent = ByteBuffer.wrap(SupportFormat.encode(heartbeat));
      assertThat(SupportFormat.decodeHeartbeat(sent)).isEqualTo(heartbeat);
      Support.Supported supported = random.supported();
      ByteBuffer answer = ByteBuffer.wrap(SupportFormat.encode(supported));
      assertThat(SupportFormat.decodeSupported(answer)).isEqualTo(supported);
    }
  }

  @Test
  void aBufferIsReadWhereItStandsAndLeftThere() throws IOException {
    Message message = new Message.Resign(BALLOT, 5);
    byte[] bytes = MessageFormat.encode(message);
    ByteBuffer buffer = ByteBuffer.allocate(bytes.length + 9).position(4).put(bytes);
    buffer.limit(buffer.position()).position(4);
    assertThat(MessageFormat.decode(buffer.asReadOnlyBuffer())).isEqualTo(message);
    assertThat(buffer.position()).isEqualTo(4);
  }

  @Test
  void bytesAreThoseOfTheGoldenFile() throws IOException {
    String text =
        samples().entrySet().stream()
            .map(each -> each.getKey() + " " + HexFormat.of().formatHex(each.getValue()) + "\n")
            .collect(Collectors.joining());
    assertThat(text).isEqualTo(golden());
  }

  @Test
  void everyMessageThatIsCutOffOrTooLongIsRefused() {
    samples()
        .forEach((name, bytes) -> {
          Reader reader = reader(name);
          for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> reader.again(cut)).as(name).isInstanceOf(IOException.class);
          }
          byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
          assertThatThrownBy(() -> reader.again(longer)).as(name).isInstanceOf(IOException.class);
        });
  }

  @Test
  void anotherVersionOrKindIsRefused() {
    samples()
        .forEach((name, bytes) -> {
          for (int at = 0; at < 2; at++) {
            byte[] other = bytes.clone();
            other[at] = 77;
            Reader reader = reader(name);
            assertThatThrownBy(() -> reader.again(other)).as(name).isInstanceOf(IOException.class);
          }
        });
  }

  @Test
  void damagedBytesAreReadAsAMessageOrRefused() {
    SplittableRandom random = new SplittableRandom(2);
    samples()
        .forEach((name, bytes) -> {
          Reader reader = reader(name);
          for (int i = 0; i < ROUNDS; i++) {
            byte[] damaged = bytes.clone();
            for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
              damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            readsOrRefuses(reader, damaged);
          }
        });
  }

  @Test
  void noiseIsReadAsAMessageOrRefused() {
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < 10 * ROUNDS; i++) {
      byte[] noise = new byte[random.nextInt(60)];
      random.nextBytes(noise);
      if (noise.length > 1) {
        noise[0] = FormatWriter.VERSION;
        noise[1] = (byte) random.nextInt(11);
      }
      readsOrRefuses(FormatsTest::message, noise);
      readsOrRefuses(FormatsTest::record, noise);
      readsOrRefuses(FormatsTest::heartbeat, noise);
      readsOrRefuses(FormatsTest::supported, noise);
    }
  }

  @Test
  void aCountThatTheBytesCannotHoldTakesNoMemory() {
    byte[] accept =
        new FormatWriter((byte) 4, 64).ballot(BALLOT).number(1).number(1L << 40).toBytes();
    assertThatThrownBy(() -> MessageFormat.decode(accept)).isInstanceOf(IOException.class);
    byte[] command =
        new FormatWriter((byte) 2, 64)
            .number(1)
            .ballot(BALLOT)
            .one(FormatWriter.COMMAND)
            .number(Integer.MAX_VALUE)
            .toBytes();
    assertThatThrownBy(() -> RecordFormat.decode(command)).isInstanceOf(IOException.class);
  }

  @Test
  void aConfigurationThatNamesANodeTwiceIsRefused() {
    FormatWriter out = new FormatWriter((byte) 3, 64).number(1).number(1).number(2);
    out.identity(9).one(FormatWriter.LOG).identity(9).one(FormatWriter.STORAGE);
    assertThatThrownBy(() -> RecordFormat.decode(out.toBytes())).isInstanceOf(IOException.class);
  }

  private static Reader reader(String name) {
    return switch (name.substring(0, name.indexOf('-'))) {
      case "message" -> FormatsTest::message;
      case "record" -> FormatsTest::record;
      case "heartbeat" -> FormatsTest::heartbeat;
      default -> FormatsTest::supported;
    };
  }

  /// Nothing but an [IOException] may come of it; what is read can be written and read again.
  private static void readsOrRefuses(Reader reader, byte[] bytes) {
    byte[] again;
    try {
      again = reader.again(bytes);
    } catch (IOException refused) {
      assertThat(refused).hasMessageNotContaining("null");
      return;
    }
    try {
      assertThat(reader.again(again)).isEqualTo(again);
    } catch (IOException e) {
      throw new AssertionError("read once, refused when written again", e);
    }
  }

  private static Map<String, byte[]> samples() {
    Map<String, byte[]> samples = new LinkedHashMap<>();
    Value command = new Value.Command("abc".getBytes(UTF_8));
    List<Value> values = List.of(new Value.Noop(), command, new Value.Reconfigure(THREE));
    List<Entry> entries = List.of(new Entry(8, OLDER, command), new Entry(9, BALLOT, command));
    List<Message> messages =
        List.of(
            new Message.Prepare(BALLOT, 8, null),
            new Message.Prepare(BALLOT, 8, OLDER),
            new Message.Promise(BALLOT, 7, 8, 6, entries, true, 1L << 33),
            new Message.Promise(BALLOT, 7, 6, 0, List.of(), false, -1),
            new Message.Reject(OLDER, BALLOT, true),
            new Message.Accept(BALLOT, 1000, values, 999, 900, true),
            new Message.Accepted(BALLOT, 1000, 1003, true, 998, 0, 5L << 32),
            new Message.Base(BALLOT, 1000, THREE),
            new Message.Resign(BALLOT, 0x22),
            new Message.Hears(BALLOT),
            new Message.Heard(BALLOT, false));
    messages.forEach(message -> {
      String name = "message-" + samples.size() + "-" + message.getClass().getSimpleName();
      samples.put(name, MessageFormat.encode(message));
    });
    List<AcceptorRecord> records =
        List.of(
            new AcceptorRecord.Promised(BALLOT),
            new AcceptorRecord.Accepted(entries.getFirst(), 7),
            new AcceptorRecord.Based(1000, THREE));
    records.forEach(record -> {
      String name = "record-" + samples.size() + "-" + record.getClass().getSimpleName();
      samples.put(name, RecordFormat.encode(record));
    });
    samples.put("heartbeat-0", SupportFormat.encode(new Support.Heartbeat(-2, 300)));
    samples.put("supported-0", SupportFormat.encode(new Support.Supported(-2, 3L << 32)));
    samples.put("supported-1", SupportFormat.encode(new Support.Supported(1L << 62, -1)));
    return samples;
  }

  private static String golden() throws IOException {
    try (InputStream in = FormatsTest.class.getResourceAsStream("formats-v1.txt")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), UTF_8);
    }
  }
}
