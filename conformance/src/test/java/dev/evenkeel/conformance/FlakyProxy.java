package dev.evenkeel.conformance;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;

/// Hands bytes on to an endpoint, except those of the first connection, which it drops after the
/// request's first byte.
final class FlakyProxy implements AutoCloseable {
  private final ServerSocket listener;
  private final URI target;
  private final AtomicInteger accepted = new AtomicInteger();

  private FlakyProxy(ServerSocket listener, URI target) {
    this.listener = listener;
    this.target = target;
  }

  static FlakyProxy open(URI target) throws IOException {
    FlakyProxy proxy =
        new FlakyProxy(new ServerSocket(0, 10, InetAddress.getLoopbackAddress()), target);
    Thread.ofVirtual().start(proxy::accept);
    return proxy;
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort());
  }

  int dropped() {
    return Math.min(accepted.get(), 1);
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        boolean drops = accepted.getAndIncrement() == 0;
        Thread.ofVirtual().start(() -> serve(client, drops));
      } catch (IOException e) {
        // Closed: the test is over.
        return;
      }
    }
  }

  private void serve(Socket client, boolean drops) {
    try (client) {
      if (drops) {
        client.getInputStream().read();
        return;
      }
      try (Socket server = new Socket(target.getHost(), target.getPort())) {
        Thread answers = Thread.ofVirtual().start(() -> copy(server, client));
        copy(client, server);
        answers.join();
      }
    } catch (IOException e) {
      // The client sees a lost connection, which is what this proxy is for.
      accepted.incrementAndGet();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void copy(Socket from, Socket to) {
    try (InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      byte[] buffer = new byte[8192];
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        out.write(buffer, 0, count);
        out.flush();
      }
    } catch (IOException e) {
      // One side closed; the other learns it from its socket being closed.
      return;
    }
  }
}
