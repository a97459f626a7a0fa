package dev.evenkeel.simulation.workload;

import dev.evenkeel.simulation.invariant.History;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// A few keys that clients contend for; one whose history is full makes way for a fresh one.
final class Keys {
  private final Session session;
  private final String prefix;
  private final String initial;
  private final List<History> present = new ArrayList<>();
  private int created;

  Keys(Session session, String prefix, int count, String initial) {
    this.session = session;
    this.prefix = prefix;
    this.initial = initial;
    for (int i = 0; i < count; i++) {
      present.add(fresh());
    }
  }

  History any(RandomGenerator random) {
    int number = random.nextInt(present.size());
    if (present.get(number).isFull()) {
      present.set(number, fresh());
    }
    return present.get(number);
  }

  /// Several different ones.
  List<History> some(RandomGenerator random, int count) {
    List<History> chosen = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      History history = any(random);
      if (!chosen.contains(history)) {
        chosen.add(history);
      }
    }
    return chosen;
  }

  private History fresh() {
    return session.histories().open(prefix + created++, initial);
  }

  /// The primary key of an item, as members of a JSON object; several keys share a collection.
  static String json(String key) {
    return "\"pk\":{\"S\":\"" + key.substring(0, 2) + "\"},\"sk\":{\"S\":\"" + key + "\"}";
  }
}
