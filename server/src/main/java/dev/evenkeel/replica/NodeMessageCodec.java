package dev.evenkeel.replica;

import dev.evenkeel.paxos.AcceptorRecord;
import dev.evenkeel.paxos.Configuration;
import dev.evenkeel.paxos.Disks;
import dev.evenkeel.paxos.MessageFormat;
import dev.evenkeel.paxos.RecordFormat;
import dev.evenkeel.paxos.SupportFormat;
import dev.evenkeel.rpc.MessageCodec;
import dev.evenkeel.rpc.MessageInput;
import dev.evenkeel.rpc.MessageOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// The wire form of what storage nodes say to each other. Format: see the package.
public final class NodeMessageCodec implements MessageCodec<NodeMessage> {
  static final int BEAT = 1;
  static final int SUPPORTS = 2;
  static final int FAREWELL = 3;
  static final int PROTOCOL = 4;
  static final int NO_SUCH_REPLICA = 5;
  static final int NOT_MEMBER = 6;
  static final int LEADS = 7;
  static final int ASK = 8;
  static final int OF_WRITE = 9;
  static final int OF_READ = 10;
  static final int OF_PAGE = 11;
  static final int EMPTY = 12;
  static final int OPEN = 13;
  static final int DROP = 14;
  static final int HAS = 15;
  static final int DONE = 16;
  static final int FETCH = 17;
  static final int PIECE = 18;
  static final int OF_CHANGES = 19;
  static final int OF_TOGETHER = 20;

  // Numbers of fields.
  private static final int KIND = 1;
  private static final int GROUP = 2;
  private static final int BODY = 3;
  private static final int CONFIGURATION = 4;
  private static final int NODE = 5;
  private static final int NUMBER = 6;
  private static final int FLAG = 7;
  private static final int TEXT = 8;
  private static final int NEXT = 9;
  private static final int TOTALS = 10;
  private static final int CHECKSUM = 11;
  private static final int STALLED = 12;

  @Override
  public void encode(NodeMessage message, MessageOutput out) {
    switch (message) {
      case NodeMessage.Beat(var heartbeat, long wallMicros, var disks) -> {
        kind(BEAT, SupportFormat.encode(heartbeat), out);
        out.varint(NUMBER, wallMicros);
        out.flag(FLAG, disks.full());
        out.flag(STALLED, disks.stalled());
      }
      case NodeMessage.Supports(var given) -> kind(SUPPORTS, SupportFormat.encode(given), out);
      case NodeMessage.Farewell() -> out.varint(KIND, FAREWELL);
      case NodeMessage.Protocol(long group, var inner) -> {
        kind(PROTOCOL, group, out);
        out.bytes(BODY, MessageFormat.encode(inner));
      }
      case NodeMessage.NoSuchReplica(long group) -> kind(NO_SUCH_REPLICA, group, out);
      case NodeMessage.NotMember(long group, var configuration) -> {
        kind(NOT_MEMBER, group, out);
        configuration(configuration, out);
      }
      case NodeMessage.Leads leads -> encode(leads, out);
      case NodeMessage.Ask(var request) -> kind(ASK, RequestCodec.encode(request), out);
      case NodeMessage.Answer.OfWrite(var outcome) ->
          kind(OF_WRITE, OutcomeCodec.encode(outcome), out);
      case NodeMessage.Answer.OfRead(var outcome) ->
          kind(OF_READ, OutcomeCodec.encode(outcome), out);
      case NodeMessage.Answer.OfPage(var outcome) ->
          kind(OF_PAGE, OutcomeCodec.encode(outcome), out);
      case NodeMessage.Answer.OfChanges(var outcome) ->
          kind(OF_CHANGES, OutcomeCodec.encode(outcome), out);
      case NodeMessage.Answer.OfTogether(var outcome) ->
          kind(OF_TOGETHER, OutcomeCodec.encode(outcome), out);
      case NodeMessage.Empty(long group) -> kind(EMPTY, group, out);
      case NodeMessage.Open open -> encode(open, out);
      case NodeMessage.Drop(long group) -> kind(DROP, group, out);
      case NodeMessage.Has(long group) -> kind(HAS, group, out);
      case NodeMessage.Done(var problem) -> {
        out.varint(KIND, DONE);
        out.text(TEXT, problem);
      }
      case NodeMessage.Fetch fetch -> encode(fetch, out);
      case NodeMessage.Piece piece -> encode(piece, out);
    }
  }

  private static void kind(int kind, byte[] body, MessageOutput out) {
    out.varint(KIND, kind);
    out.bytes(BODY, body);
  }

  private static void kind(int kind, long group, MessageOutput out) {
    out.varint(KIND, kind);
    out.fixed64(GROUP, group);
  }

  /// As the log has it: with the slot behind which it is in force.
  private static void configuration(Configuration configuration, MessageOutput out) {
    out.bytes(CONFIGURATION, RecordFormat.encode(new AcceptorRecord.Based(0, configuration)));
  }

  private static void encode(NodeMessage.Leads leads, MessageOutput out) {
    kind(LEADS, leads.group(), out);
    configuration(leads.configuration(), out);
    out.fixed64(NODE, leads.leader());
    out.varint(NUMBER, leads.generation());
  }

  private static void encode(NodeMessage.Open open, MessageOutput out) {
    kind(OPEN, open.group(), out);
    configuration(open.configuration(), out);
    out.varint(NUMBER, open.slot());
    out.flag(FLAG, open.joins());
  }

  private static void encode(NodeMessage.Fetch fetch, MessageOutput out) {
    kind(FETCH, fetch.group(), out);
    out.varint(NUMBER, fetch.bytesMax());
    out.bytes(NEXT, fetch.from());
  }

  private static void encode(NodeMessage.Piece piece, MessageOutput out) {
    out.varint(KIND, PIECE);
    out.bytes(BODY, piece.pairs());
    out.varint(NUMBER, piece.applied());
    out.text(TEXT, piece.problem());
    out.bytes(NEXT, piece.next());
    out.bytes(TOTALS, piece.totals());
    out.fixed32(CHECKSUM, piece.checksum());
  }

  @Override
  public NodeMessage decode(MessageInput in) throws IOException {
    Fields fields = new Fields();
    while (in.next()) {
      fields.read(in);
    }
    return fields.message();
  }

  /// What was read of one message.
  private static final class Fields {
    private static final byte[] NO_BYTES = {};

    private int kind;
    private long group;
    private byte[] body = NO_BYTES;
    private @Nullable Configuration configuration;
    private long node;
    private long number;
    private boolean flag;
    private String text = "";
    private byte[] next = NO_BYTES;
    private byte[] totals = NO_BYTES;
    private int checksum;
    private boolean stalled;

    void read(MessageInput in) throws IOException {
      switch (in.field()) {
        case KIND -> kind = in.count();
        case GROUP -> group = in.fixed64();
        case BODY -> body = in.bytes();
        case CONFIGURATION -> configuration = configuration(in.view());
        case NODE -> node = in.fixed64();
        case NUMBER -> number = in.varint();
        case FLAG -> flag = in.flag();
        case TEXT -> text = in.text();
        case NEXT -> next = in.bytes();
        case TOTALS -> totals = in.bytes();
        case CHECKSUM -> checksum = in.fixed32();
        case STALLED -> stalled = in.flag();
        default -> {}
      }
    }

    private static Configuration configuration(ByteBuffer bytes) throws IOException {
      if (RecordFormat.decode(bytes) instanceof AcceptorRecord.Based(long _, var configuration)) {
        return configuration;
      }
      throw new IOException("a message without the configuration that it speaks of");
    }

    NodeMessage message() throws IOException {
      return switch (kind) {
        case BEAT ->
            new NodeMessage.Beat(
                SupportFormat.decodeHeartbeat(ByteBuffer.wrap(body)),
                number,
                new Disks.State(flag, stalled));
        case SUPPORTS ->
            new NodeMessage.Supports(SupportFormat.decodeSupported(ByteBuffer.wrap(body)));
        case FAREWELL -> new NodeMessage.Farewell();
        case PROTOCOL -> new NodeMessage.Protocol(group, MessageFormat.decode(body));
        case NO_SUCH_REPLICA -> new NodeMessage.NoSuchReplica(group);
        case NOT_MEMBER -> new NodeMessage.NotMember(group, configuration());
        case LEADS -> new NodeMessage.Leads(group, node, number, configuration());
        case ASK -> new NodeMessage.Ask(RequestCodec.decode(body));
        case OF_WRITE -> new NodeMessage.Answer.OfWrite(OutcomeCodec.decodeWrite(body));
        case OF_READ -> new NodeMessage.Answer.OfRead(OutcomeCodec.decodeRead(body));
        case OF_PAGE -> new NodeMessage.Answer.OfPage(OutcomeCodec.decodePage(body));
        case OF_CHANGES -> new NodeMessage.Answer.OfChanges(OutcomeCodec.decodeChanges(body));
        case OF_TOGETHER -> new NodeMessage.Answer.OfTogether(OutcomeCodec.decodeTogether(body));
        case EMPTY -> new NodeMessage.Empty(group);
        case OPEN -> new NodeMessage.Open(group, number, flag, configuration());
        case DROP -> new NodeMessage.Drop(group);
        case HAS -> new NodeMessage.Has(group);
        case DONE -> new NodeMessage.Done(text);
        case FETCH -> new NodeMessage.Fetch(group, next, bytesMax());
        case PIECE -> new NodeMessage.Piece(text, number, totals, body, next, checksum);
        default -> throw new IOException("no message between nodes is of kind " + kind);
      };
    }

    private Configuration configuration() throws IOException {
      if (configuration == null) {
        throw new IOException("a message without the configuration that it speaks of");
      }
      return configuration;
    }

    private int bytesMax() throws IOException {
      if (number < 0 || number > Integer.MAX_VALUE) {
        throw new IOException("a piece of " + number + " bytes");
      }
      return (int) number;
    }
  }
}
