package dev.evenkeel.simulation;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.Executor;

/// Virtual threads that an executor of ours carries: each stretch from one parking to the next is a
/// task of that executor.
///
/// The constructor is not public: the tests' JVM opens `java.lang` to us. A thread that waits for a
/// monitor would be resumed by the JVM itself; that is one reason why monitors are banned.
final class VirtualThreads {
  private static final Constructor<?> BUILDER = builder();

  private VirtualThreads() {}

  static Thread unstarted(Executor carrier, String name, Runnable body) {
    try {
      return ((Thread.Builder.OfVirtual) BUILDER.newInstance(carrier)).name(name).unstarted(body);
    } catch (InstantiationException | IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("no virtual threads with a scheduler of our own", e);
    }
  }

  private static Constructor<?> builder() {
    try {
      Constructor<?> constructor =
          Class.forName("java.lang.ThreadBuilders$VirtualThreadBuilder")
              .getDeclaredConstructor(Executor.class);
      constructor.setAccessible(true);
      return constructor;
    } catch (ClassNotFoundException | NoSuchMethodException e) {
      throw new IllegalStateException("this JDK builds virtual threads in another way", e);
    }
  }
}
