package dev.evenkeel.simulation.workload;

import dev.evenkeel.replica.StorageNode;
import dev.evenkeel.replica.StorageReplica;
import dev.evenkeel.simulation.ZonedNode;
import dev.evenkeel.simulation.ZonedRegion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/// Items that are put and read by whatever replica is near: a read may be behind, but what it sees
/// was written once, under that key. And no replica goes back, in the life of its process: of items
/// whose number one client raises, a client that reads twice there sees no number below the one
/// that it has seen.
public final class EventualReads implements Workload {
  private static final int KEYS = 3;

  private final Session session;
  private final ZonedRegion region;
  private final int clients;
  private final List<Set<String>> written = new ArrayList<>();

  public EventualReads(Session session, ZonedRegion region, int clients) {
    this.session = session;
    this.region = region;
    this.clients = clients;
    for (int key = 0; key < KEYS; key++) {
      written.add(new HashSet<>());
    }
  }

  @Override
  public void start() {
    for (int i = 0; i < clients; i++) {
      Raised own = new Raised(i);
      new Client(session, "eventual/" + i, client -> act(client, own)).start();
    }
  }

  private void act(Client client, Raised own) {
    int key = client.random().nextInt(KEYS);
    switch (client.random().nextInt(5)) {
      case 0 -> put(client, key);
      case 1 -> own.raise(client);
      case 2, 3 -> own.lookAgain(client, client.random().nextInt(clients));
      default -> read(client, key);
    }
  }

  private void put(Client client, int key) {
    String marker = client.region().markers().create();
    written.get(key).add(marker);
    String body =
        "{\"TableName\":\"%s\",\"Item\":{%s,\"v\":{\"S\":\"%s\"}}}"
            .formatted(Session.TABLE, Keys.json("e" + key), marker);
    client.call(
        "PutItem",
        body,
        answer -> {
          if (answer.isOk()) {
            session.acknowledged(marker);
          }
        });
  }

  private void read(Client client, int key) {
    String body =
        "{\"TableName\":\"%s\",\"ConsistentRead\":false,\"Key\":{%s}}"
            .formatted(Session.TABLE, Keys.json("e" + key));
    client.call(
        "GetItem",
        body,
        answer -> {
          String value = answer.string("v");
          if (value != null && !written.get(key).contains(value)) {
            throw new AssertionError("a read of e" + key + " saw " + value + ", never put there");
          }
        });
  }

  /// One client's own number, and which numbers it has seen where.
  private final class Raised {
    private final int client;
    private long number;

    /// By replica, which is of one life of a node, and key. One that comes back begins anew.
    private final Map<StorageReplica, Map<Integer, Long>> seen = new WeakHashMap<>();

    Raised(int client) {
      this.client = client;
    }

    /// A write of unknown outcome may happen later: then it is refused.
    void raise(Client by) {
      String marker = by.region().markers().create();
      String body =
          """
          {"TableName":"%s","Key":{%s},"UpdateExpression":"SET n = :n, v = :m",\
          "ConditionExpression":"attribute_not_exists(n) OR n < :n",\
          "ExpressionAttributeValues":{":n":{"N":"%d"},":m":{"S":"%s"}}}\
          """
              .formatted(Session.TABLE, Keys.json("m" + client), ++number, marker);
      by.call(
          "UpdateItem",
          body,
          answer -> {
            if (answer.isOk()) {
              session.acknowledged(marker);
            }
          });
    }

    void lookAgain(Client by, int of) {
      String body =
          "{\"TableName\":\"%s\",\"ConsistentRead\":false,\"Key\":{%s}}"
              .formatted(Session.TABLE, Keys.json("m" + of));
      ZonedNode node = region.any(by.random());
      Answering before = Answering.at(node);
      region.call(
          node,
          "GetItem",
          body,
          by.reply(
              "GetItem",
              answer -> {
                if (answer.isOk() && before != null && before.equals(Answering.at(node))) {
                  String found = answer.number("n");
                  saw(before.replica, of, found == null ? 0 : Long.parseLong(found));
                }
              }));
    }

    private void saw(StorageReplica replica, int of, long found) {
      long before = seen.computeIfAbsent(replica, _ -> new HashMap<>()).merge(of, found, Math::max);
      if (found < before) {
        throw new AssertionError(
            "m%d was %d at a replica, and then %d: %s".formatted(of, before, found, replica));
      }
      region.hit("simulation.looked-again");
    }
  }

  /// The replica of a node that answers eventual reads there: the same before and after a read has
  /// answered it, unless another one is asked in its place.
  ///
  /// @param restoredBytes tells whether it was rebuilt in between
  private record Answering(StorageReplica replica, long restoredBytes) {
    static @Nullable Answering at(ZonedNode node) {
      StorageNode storage = node.storage();
      StorageReplica replica = storage == null ? null : storage.replica(Session.GROUP);
      if (storage == null || replica == null || !replica.state().isServing()) {
        return null;
      }
      boolean isMember = replica.configuration().contains(storage.self());
      return isMember ? new Answering(replica, replica.restoredBytes()) : null;
    }
  }
}
