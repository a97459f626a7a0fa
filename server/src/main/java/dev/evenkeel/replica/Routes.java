package dev.evenkeel.replica;

import dev.evenkeel.paxos.Configuration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Who leads which group, as leaders have announced it. Any thread.
public final class Routes {
  private final Map<Long, Route> routes = new ConcurrentHashMap<>();

  /// @param generation the leader's round; a higher one wins
  public record Route(long leader, long generation, Configuration configuration) {}

  public @Nullable Route find(long group) {
    return routes.get(group);
  }

  void learn(NodeMessage.Leads news) {
    Route route = new Route(news.leader(), news.generation(), news.configuration());
    routes.merge(news.group(), route, Routes::newer);
  }

  void forget(long group) {
    routes.remove(group);
  }

  private static Route newer(Route known, Route heard) {
    boolean later =
        heard.generation > known.generation
            || (heard.generation == known.generation
                && heard.configuration.generation() >= known.configuration.generation());
    return later ? heard : known;
  }
}
