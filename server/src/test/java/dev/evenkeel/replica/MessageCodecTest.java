package dev.evenkeel.replica;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenkeel.model.ApiException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// The wire form of requests and outcomes. Repeat with `-Dseed=…`.
class MessageCodecTest {
  private static final int FLIPS = 2_000;

  private final long seed = Long.getLong("seed", RandomGenerator.getDefault().nextLong());

  /// Decodes a message and encodes it again.
  private interface Again {
    byte[] of(byte[] bytes) throws IOException;
  }

  @SuppressWarnings("ArrayRecordComponent")
  private record Message(String name, byte[] bytes, Again again) {}

  private static List<Message> messages() {
    List<Message> all = new ArrayList<>();
    Messages.requests()
        .forEach((name, request) ->
            all.add(
                new Message(
                    name,
                    RequestCodec.encode(request),
                    bytes -> RequestCodec.encode(RequestCodec.decode(bytes)))));
    Messages.writeOutcomes()
        .forEach((name, outcome) ->
            all.add(
                new Message(
                    name,
                    OutcomeCodec.encode(outcome),
                    bytes -> OutcomeCodec.encode(OutcomeCodec.decodeWrite(bytes)))));
    Messages.readOutcomes()
        .forEach((name, outcome) ->
            all.add(
                new Message(
                    name,
                    OutcomeCodec.encode(outcome),
                    bytes -> OutcomeCodec.encode(OutcomeCodec.decodeRead(bytes)))));
    Messages.togetherOutcomes()
        .forEach((name, outcome) ->
            all.add(
                new Message(
                    name,
                    OutcomeCodec.encode(outcome),
                    bytes -> OutcomeCodec.encode(OutcomeCodec.decodeTogether(bytes)))));
    Messages.pageOutcomes()
        .forEach((name, outcome) ->
            all.add(
                new Message(
                    name,
                    OutcomeCodec.encode(outcome),
                    bytes -> OutcomeCodec.encode(OutcomeCodec.decodePage(bytes)))));
    Messages.changesOutcomes()
        .forEach((name, outcome) ->
            all.add(
                new Message(
                    name,
                    OutcomeCodec.encode(outcome),
                    bytes -> OutcomeCodec.encode(OutcomeCodec.decodeChanges(bytes)))));
    return all;
  }

  @Test
  void requestsComeBackAsTheyWere() throws IOException {
    for (Map.Entry<String, Request> request : Messages.requests().entrySet()) {
      assertThat(RequestCodec.decode(RequestCodec.encode(request.getValue())))
          .as(request.getKey())
          .usingRecursiveComparison()
          .isEqualTo(request.getValue());
    }
  }

  @Test
  void writesDoTheSameThereAndBack() throws IOException {
    for (Request request : Messages.requests().values()) {
      if (request instanceof Request.Write(long _, ItemWrite write)
          && RequestCodec.decode(RequestCodec.encode(request))
              instanceof Request.Write(long _, ItemWrite decoded)) {
        assertThat(decoded.storedKey()).isEqualTo(write.storedKey());
        assertThat(decoded.mayChange(null)).isEqualTo(write.mayChange(null));
        assertThat(decoded.mayChange(Messages.ITEM)).isEqualTo(write.mayChange(Messages.ITEM));
        assertThat(decoded.changed(null)).isEqualTo(write.changed(null));
        assertThat(decoded.changed(Messages.ITEM)).isEqualTo(write.changed(Messages.ITEM));
      }
    }
  }

  @Test
  void outcomesComeBackAsTheyWere() throws IOException {
    for (WriteOutcome outcome : Messages.writeOutcomes().values()) {
      WriteOutcome decoded = OutcomeCodec.decodeWrite(OutcomeCodec.encode(outcome));
      if (outcome instanceof WriteOutcome.Rejected(ApiException error)
          && decoded instanceof WriteOutcome.Rejected(ApiException read)) {
        assertThat(read.kind()).isEqualTo(error.kind());
        assertThat(read.getMessage()).isEqualTo(error.getMessage());
        assertThat(read.members()).isEqualTo(error.members());
      } else {
        assertThat(decoded).isEqualTo(outcome);
      }
    }
    for (ReadOutcome outcome : Messages.readOutcomes().values()) {
      assertThat(OutcomeCodec.decodeRead(OutcomeCodec.encode(outcome))).isEqualTo(outcome);
    }
    for (TogetherOutcome outcome : Messages.togetherOutcomes().values()) {
      assertThat(OutcomeCodec.decodeTogether(OutcomeCodec.encode(outcome))).isEqualTo(outcome);
    }
    for (PageOutcome outcome : Messages.pageOutcomes().values()) {
      assertThat(OutcomeCodec.decodePage(OutcomeCodec.encode(outcome))).isEqualTo(outcome);
    }
    for (ChangesOutcome outcome : Messages.changesOutcomes().values()) {
      assertThat(OutcomeCodec.decodeChanges(OutcomeCodec.encode(outcome))).isEqualTo(outcome);
    }
  }

  @Test
  void everyKindOfErrorTravels() throws IOException {
    for (ApiException.Kind kind : ApiException.Kind.values()) {
      WriteOutcome outcome = new WriteOutcome.Rejected(ApiException.of(kind, "m"));
      assertThat(OutcomeCodec.decodeWrite(OutcomeCodec.encode(outcome)))
          .isInstanceOfSatisfying(
              WriteOutcome.Rejected.class,
              rejected -> assertThat(rejected.error().kind()).isEqualTo(kind));
    }
  }

  @Test
  void everyTruncationAndEveryAdditionIsRefused() {
    for (Message message : messages()) {
      for (int length = 0; length < message.bytes.length; length++) {
        byte[] cut = Arrays.copyOf(message.bytes, length);
        assertThatThrownBy(() -> message.again.of(cut)).isInstanceOf(IOException.class);
      }
      byte[] longer = Arrays.copyOf(message.bytes, message.bytes.length + 1);
      assertThatThrownBy(() -> message.again.of(longer)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void damagedMessagesAreRefusedOrMessages() {
    int read = 0;
    Random random = new Random(seed);
    for (Message message : messages()) {
      for (int i = 0; i < FLIPS; i++) {
        byte[] damaged = message.bytes.clone();
        for (int left = 1 + random.nextInt(3); left > 0; left--) {
          damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
        }
        read += reads(message.again, damaged) ? 1 : 0;
      }
    }
    assertThat(read).as("still messages").isPositive();
  }

  private boolean reads(Again again, byte[] damaged) {
    byte[] encoded;
    try {
      encoded = again.of(damaged);
    } catch (IOException _) {
      return false;
    }
    // What was read is whole: it travels once more.
    try {
      assertThat(again.of(encoded)).as("-Dseed=%d", seed).isEqualTo(encoded);
    } catch (IOException e) {
      throw new AssertionError(
          "-Dseed=%d: %s".formatted(seed, HexFormat.of().formatHex(damaged)), e);
    }
    return true;
  }

  @Test
  void messagesOfAnotherVersionOrKindAreRefused() {
    byte[] request = RequestCodec.encode(Messages.requests().firstEntry().getValue());
    request[0] = 2;
    assertThatThrownBy(() -> RequestCodec.decode(request))
        .hasMessageContaining("unknown request format version 2");
    byte[] outcome = OutcomeCodec.encode(new ReadOutcome.Item(null));
    assertThatThrownBy(() -> OutcomeCodec.decodeWrite(outcome))
        .hasMessageContaining("no outcome of a write");
    outcome[0] = 2;
    assertThatThrownBy(() -> OutcomeCodec.decodeRead(outcome))
        .hasMessageContaining("unknown outcome format version 2");
  }

  @Test
  void keysOfAnotherTypeThanTheSchemaSaysAreRefused() {
    ItemWrite write =
        new ItemWrite(Messages.PLAIN, Messages.SORT, null, null, ItemWrite.Change.Delete.INSTANCE);
    byte[] bytes = RequestCodec.encode(new Request.Write(1, write));
    assertThatThrownBy(() -> RequestCodec.decode(bytes))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("a key of another type");
  }

  /// Who changes the format changes `package-info`, the golden file and the version together.
  @Test
  void bytesAreThoseOfTheGoldenFile() throws IOException {
    StringBuilder text = new StringBuilder();
    for (Message message : messages()) {
      String hex = HexFormat.of().formatHex(message.bytes);
      text.append(message.name).append('\n').append(hex).append('\n');
    }
    try (InputStream in = getClass().getResourceAsStream("message-format-1.txt")) {
      assertThat(in).isNotNull();
      assertThat(text.toString()).isEqualTo(new String(in.readAllBytes(), UTF_8));
    }
  }
}
