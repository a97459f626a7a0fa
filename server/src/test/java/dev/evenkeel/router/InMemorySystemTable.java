package dev.evenkeel.router;

import dev.evenkeel.codec.BinaryItem;
import dev.evenkeel.model.ApiException;
import dev.evenkeel.model.AttributeValue;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A system table in memory, with the conditions of the real one.
public final class InMemorySystemTable implements SystemTable {
  private final TreeMap<String, BinaryItem> items = new TreeMap<>();
  private final ReentrantLock lock = new ReentrantLock();

  /// Run once before the next conditional write is judged, as another node's write would.
  private @Nullable Runnable interference;

  /// Whether the next write is stored and then answered with an error.
  private boolean unknownOutcome;

  /// Lets another writer come in before the next conditional write.
  public void interfere(Runnable write) {
    interference = write;
  }

  /// Makes the outcome of the next write unknown to its writer.
  public void loseAnswer() {
    unknownOutcome = true;
  }

  @Override
  public @Nullable BinaryItem get(String key) {
    lock.lock();
    try {
      return items.get(key);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public List<BinaryItem> all() {
    lock.lock();
    try {
      return new ArrayList<>(items.values());
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean putIf(BinaryItem item, @Nullable BinaryItem expected) {
    comeBetween();
    lock.lock();
    try {
      if (!holds(key(item), expected)) {
        return false;
      }
      items.put(key(item), item);
      return answered();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean deleteIf(BinaryItem expected) {
    comeBetween();
    lock.lock();
    try {
      if (!holds(key(expected), expected)) {
        return false;
      }
      items.remove(key(expected));
      return answered();
    } finally {
      lock.unlock();
    }
  }

  private void comeBetween() {
    Runnable write = interference;
    interference = null;
    if (write != null) {
      write.run();
    }
  }

  private boolean answered() {
    if (unknownOutcome) {
      unknownOutcome = false;
      throw ApiException.internal("the answer is lost");
    }
    return true;
  }

  private boolean holds(String key, @Nullable BinaryItem expected) {
    BinaryItem stored = items.get(key);
    if (stored == null || expected == null) {
      return stored == null && expected == null;
    }
    AttributeValue version = stored.get(VERSION);
    return version != null && version.equals(expected.get(VERSION));
  }

  private static String key(BinaryItem item) {
    if (item.get(KEY) instanceof AttributeValue.S key) {
      return key.value();
    }
    throw new IllegalArgumentException("an item of the system table needs a key");
  }
}
