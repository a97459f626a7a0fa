package dev.evenkeel.http;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.internal.logging.InternalLoggerFactory;
import io.netty.util.internal.logging.JdkLoggerFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// The HTTP endpoint of a node.
// A close has no outcome that anybody could act on; a failed write closes the channel by itself.
@SuppressWarnings("FutureReturnValueIgnored")
public final class HttpEndpoint implements AutoCloseable {
  private static final int BACKLOG = 4096;
  private static final int UNSENT_BYTES_LOW = 64 * 1024;
  private static final int UNSENT_BYTES_HIGH = 256 * 1024;
  private static final long SHUTDOWN_MILLIS = 500;
  private static final byte[] TOO_MANY =
      """
      HTTP/1.1 503 Service Unavailable\r
      Server: Server\r
      Connection: close\r
      Content-Length: 0\r
      \r
      """
          .getBytes(StandardCharsets.US_ASCII);

  private final Service service;
  private final EventLoopGroup group;
  private final Map<EventExecutor, Loop> loops;
  private final Channel listener;

  /// Counted down when the last connection is gone after closing has begun.
  private final CountDownLatch drained = new CountDownLatch(1);

  private volatile boolean closing;

  private HttpEndpoint(HttpOptions options, Backend backend) throws IOException {
    InternalLoggerFactory.setDefaultFactory(JdkLoggerFactory.INSTANCE);
    service =
        Service.of(options, backend, task -> Thread.ofVirtual().name("http-aside").start(task));
    boolean epoll = options.nativeTransport() && Epoll.isAvailable();
    IoHandlerFactory io = epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
    group =
        new MultiThreadIoEventLoopGroup(
            options.eventLoops(), new DefaultThreadFactory("http", true), io);
    loops = loops();
    listener = listen(epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class);
  }

  /// Starts to listen; returns when connections are accepted.
  ///
  /// @throws IOException when the address cannot be bound, with a text for the operator
  public static HttpEndpoint open(HttpOptions options, Backend backend) throws IOException {
    return new HttpEndpoint(options, backend);
  }

  /// Where it listens; with the port that was taken when it was asked for any.
  public InetSocketAddress address() {
    return (InetSocketAddress) listener.localAddress();
  }

  private Map<EventExecutor, Loop> loops() {
    SplittableRandom random = new SplittableRandom(new SecureRandom().nextLong());
    Map<EventExecutor, Loop> all = new HashMap<>();
    for (EventExecutor executor : group) {
      Loop loop = new Loop(executor, service, random.split());
      all.put(executor, loop);
      executor.execute(loop::start);
    }
    return all;
  }

  private Channel listen(Class<? extends ServerChannel> type) throws IOException {
    ChannelFuture bound =
        new ServerBootstrap()
            .group(group)
            .channel(type)
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.SO_KEEPALIVE, true)
            .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
            .childOption(
                ChannelOption.WRITE_BUFFER_WATER_MARK,
                new WriteBufferWaterMark(UNSENT_BYTES_LOW, UNSENT_BYTES_HIGH))
            .childHandler(new Welcome())
            .bind(service.options().bind())
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      stopLoops();
      Throwable cause = bound.cause();
      throw new IOException(
          "cannot listen on " + text(service.options().bind()) + ": " + reason(cause), cause);
    }
    return bound.channel();
  }

  private static String reason(Throwable cause) {
    String message = String.valueOf(cause.getMessage());
    return message.contains("in use") ? "the port is in use" : message;
  }

  private static String text(InetSocketAddress address) {
    return address.getHostString() + ":" + address.getPort();
  }

  /// Sets up an accepted connection, or turns it away.
  private final class Welcome extends ChannelInitializer<Channel> {
    @Override
    protected void initChannel(Channel channel) {
      Traffic traffic = service.traffic();
      int open = traffic.open.incrementAndGet();
      channel.closeFuture().addListener(closed -> gone());
      if (open > service.options().limits().connectionsMax()) {
        traffic.refused.increment();
        ByteBuf answer = Unpooled.wrappedBuffer(TOO_MANY);
        channel.writeAndFlush(answer).addListener(ChannelFutureListener.CLOSE);
        return;
      }
      traffic.accepted.increment();
      Loop loop = loops.get(channel.eventLoop());
      if (loop == null) {
        throw new IllegalStateException("a connection on a loop that is not ours");
      }
      Connection connection = attach(channel, loop, service.options().limits().lineBytesMax());
      if (closing) {
        // Accepted just before: whoever told the others did not see it.
        connection.drain();
      }
    }
  }

  /// Gives the channel its handlers.
  static Connection attach(Channel channel, Loop loop, int lineBytesMax) {
    Connection connection = new Connection(loop);
    channel.pipeline().addLast(new RequestDecoder(connection, lineBytesMax), connection);
    return connection;
  }

  private void gone() {
    if (service.traffic().open.decrementAndGet() == 0 && closing) {
      drained.countDown();
    }
  }

  /// Stops listening, answers what is in flight or on its way, with `Connection: close`, as long as
  /// [HttpTimeouts#drain] says, then closes every connection. Does nothing the second time.
  @Override
  public void close() {
    if (closing) {
      return;
    }
    closing = true;
    listener.close().awaitUninterruptibly();
    onEveryConnection(Connection::drain);
    if (service.traffic().open.get() > 0) {
      awaitDrained();
      onEveryConnection(Connection::close);
    }
    stopLoops();
  }

  private void onEveryConnection(Consumer<Connection> action) {
    loops.forEach((executor, loop) -> executor.execute(() -> loop.connections().forEach(action)));
  }

  private void awaitDrained() {
    try {
      long nanos = service.options().timeouts().drain().toNanos();
      if (!drained.await(nanos, TimeUnit.NANOSECONDS)) {
        System.getLogger(HttpEndpoint.class.getName())
            .log(
                System.Logger.Level.WARNING,
                "closing with {0} connections not done",
                service.traffic().open.get());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void stopLoops() {
    group
        .shutdownGracefully(0, SHUTDOWN_MILLIS, TimeUnit.MILLISECONDS)
        .awaitUninterruptibly(2 * SHUTDOWN_MILLIS);
  }
}
