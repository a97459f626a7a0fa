package dev.evenkeel.rpc;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/// Takes the answer to one request, once.
///
/// @param <M> the messages
abstract class Reply<M> implements Consumer<M> {
  private final AtomicBoolean given = new AtomicBoolean();

  @Override
  public final void accept(M answer) {
    if (!given.compareAndSet(false, true)) {
      throw new IllegalStateException("a request is answered twice");
    }
    give(answer);
  }

  abstract void give(M answer);
}
