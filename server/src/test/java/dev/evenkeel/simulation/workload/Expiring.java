package dev.evenkeel.simulation.workload;

import dev.evenkeel.simulation.Answer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One client whose items have expired as soon as they are put, and are renewed now and then: what
/// was renewed stays, whenever the region looked at it before.
public final class Expiring implements Workload {
  /// The attribute by which items expire, seconds since 1970.
  public static final String ATTRIBUTE = "until";

  /// Weeks before the simulated clocks begin, however they are set.
  static final long PAST = 1_764_000_000L;

  private static final long FUTURE = PAST + 100_000_000L;
  private static final int KEYS = 3;

  private final Session session;
  private final List<Key> keys = new ArrayList<>();
  private int created;

  /// An item, and what is known of it: only this client writes it.
  private static final class Key {
    private final String name;

    /// Of the renewed item that must be there; null where nothing is certain.
    private @Nullable String kept;

    Key(String name) {
      this.name = name;
    }
  }

  public Expiring(Session session) {
    this.session = session;
    for (int i = 0; i < KEYS; i++) {
      keys.add(fresh());
    }
  }

  private Key fresh() {
    return new Key("x" + created++);
  }

  @Override
  public void start() {
    new Client(session, "expiring", this::act).start();
  }

  private void act(Client client) {
    int place = client.random().nextInt(keys.size());
    switch (client.random().nextInt(4)) {
      case 0, 1 -> put(client, place, PAST);
      case 2 -> put(client, place, FUTURE);
      default -> read(client, keys.get(place));
    }
  }

  private void put(Client client, int place, long until) {
    Key key = keys.get(place);
    String marker = client.region().markers().create();
    key.kept = null;
    String body =
        "{\"TableName\":\"%s\",\"Item\":{%s,\"v\":{\"S\":\"%s\"},\"%s\":{\"N\":\"%d\"}}}"
            .formatted(Session.TABLE, Keys.json(key.name), marker, ATTRIBUTE, until);
    client.call(
        "PutItem",
        body,
        answer -> {
          if (answer.isOk()) {
            session.acknowledged(marker);
            key.kept = until == FUTURE ? marker : null;
          } else if (answer.kind() != Answer.Kind.NEVER_SENT) {
            // It may still come to light.
            keys.set(place, fresh());
          }
        });
  }

  private void read(Client client, Key key) {
    String body =
        "{\"TableName\":\"%s\",\"ConsistentRead\":true,\"Key\":{%s}}"
            .formatted(Session.TABLE, Keys.json(key.name));
    client.call(
        "GetItem",
        body,
        answer -> {
          if (answer.isOk() && key.kept != null && !key.kept.equals(answer.string("v"))) {
            throw new AssertionError(
                "item %s was renewed with %s, and then read as %s"
                    .formatted(key.name, key.kept, answer.body()));
          }
        });
  }
}
