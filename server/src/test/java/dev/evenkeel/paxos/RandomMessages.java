package dev.evenkeel.paxos;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// Messages and records of every kind, drawn from a seed; edge values are frequent.
final class RandomMessages {
  private static final int KINDS = 9;

  private final SplittableRandom random;

  RandomMessages(long seed) {
    random = new SplittableRandom(seed);
  }

  Message message() {
    Ballot ballot = ballot();
    return switch (random.nextInt(KINDS)) {
      case 0 -> new Message.Prepare(ballot, slot(), random.nextBoolean() ? ballot() : null);
      case 1 -> {
        List<Entry> entries = new ArrayList<>();
        long first = slot() / 2;
        for (int i = random.nextInt(4); i > 0; i--) {
          entries.add(new Entry(first++, ballot(), value()));
        }
        yield new Message.Promise(ballot, slot(), slot(), slot(), entries, flag(), epoch());
      }
      case 2 -> new Message.Reject(ballot, ballot(), flag());
      case 3 -> {
        List<Value> values = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
          values.add(value());
        }
        yield new Message.Accept(ballot, slot() / 2, values, slot(), slot(), flag());
      }
      case 4 -> new Message.Accepted(ballot, slot(), slot(), flag(), slot(), slot(), epoch());
      case 5 -> new Message.Base(ballot, slot(), configuration());
      case 6 -> new Message.Resign(ballot, node());
      case 7 -> new Message.Hears(ballot);
      default -> new Message.Heard(ballot, flag());
    };
  }

  AcceptorRecord record() {
    return switch (random.nextInt(3)) {
      case 0 -> new AcceptorRecord.Promised(ballot());
      case 1 -> new AcceptorRecord.Accepted(new Entry(slot(), ballot(), value()), slot());
      default -> new AcceptorRecord.Based(slot(), configuration());
    };
  }

  Support.Heartbeat heartbeat() {
    return new Support.Heartbeat(random.nextLong(), slot());
  }

  Support.Supported supported() {
    return new Support.Supported(random.nextLong(), epoch());
  }

  private Value value() {
    return switch (random.nextInt(3)) {
      case 0 -> new Value.Noop();
      case 1 -> {
        byte[] bytes = new byte[random.nextInt(3) == 0 ? 0 : random.nextInt(300)];
        random.nextBytes(bytes);
        yield new Value.Command(bytes);
      }
      default -> new Value.Reconfigure(configuration());
    };
  }

  private Configuration configuration() {
    List<Member> members = new ArrayList<>();
    int size = random.nextInt(8) == 0 ? FormatReader.MEMBERS_MAX : 1 + random.nextInt(5);
    for (int i = 0; i < size; i++) {
      members.add(new Member(random.nextLong(), flag() ? Member.Kind.STORAGE : Member.Kind.LOG));
    }
    return new Configuration(slot(), members);
  }

  private Ballot ballot() {
    return random.nextInt(8) == 0 ? Ballot.NONE : new Ballot(slot(), node());
  }

  private long node() {
    return random.nextInt(8) == 0 ? 0 : random.nextLong();
  }

  private long slot() {
    return switch (random.nextInt(4)) {
      case 0 -> random.nextInt(3);
      case 1 -> Long.MAX_VALUE;
      default -> random.nextLong() >>> (1 + random.nextInt(63));
    };
  }

  private long epoch() {
    return random.nextInt(4) == 0 ? -1 : slot();
  }

  private boolean flag() {
    return random.nextBoolean();
  }
}
